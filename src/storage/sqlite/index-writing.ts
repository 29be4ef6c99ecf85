import { join } from 'node:path';
import { closeDatabase, openDatabase } from './database.ts';
import { flusher } from './flush.ts';
import { largeArraysOf, type PackedGeneration } from './packed-generation.ts';
import { thread } from './thread.ts';

/** Writes generations into the index, one after the other. */
export type IndexWriting = {
  /** Resolves once readers see it. */
  write(generation: PackedGeneration): Promise<void>;
  close(): Promise<void>;
};

/** In a thread of its own when there are scripts for one, else here. */
export const indexWriting = async (path: string, scripts: string | undefined): Promise<IndexWriting> => {
  if (scripts !== undefined) {
    const { ask, close } = thread(join(scripts, 'index-writer.js'), path);
    return {
      write: async (generation) => {
        await ask(generation, largeArraysOf(generation));
      },
      close,
    };
  }
  const database = await openDatabase(path, 'NORMAL', 16);
  const flush = flusher(database);
  return { write: async (generation) => flush(generation), close: async () => closeDatabase(database) };
};
