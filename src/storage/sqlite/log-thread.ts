import { join } from 'node:path';
import { type PlacedEntry, packEntries } from './entry-writer.ts';
import { thread } from './thread.ts';

/** Commits entries in a thread of its own, in the order in which they are given. */
export type LogThread = {
  /** Resolves once they are durable. */
  write(entries: readonly PlacedEntry[]): Promise<void>;
  close(): Promise<void>;
};

/** `scripts` is the folder of the built threads, `folder` that of the store. */
export const logThread = (scripts: string, folder: string): LogThread => {
  const { ask, close } = thread(join(scripts, 'log-writer.js'), join(folder, 'log.db'));
  return {
    write: async (entries) => {
      const { texts, numbers } = packEntries(entries);
      await ask({ texts, numbers }, [texts.buffer as ArrayBuffer, numbers.buffer as ArrayBuffer]);
    },
    close,
  };
};
