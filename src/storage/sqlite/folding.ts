import { closeSync, openSync, readSync } from 'node:fs';
import type { Database } from './database.ts';

/** From so many pages on a write-ahead log is folded in; as SQLite would by itself. */
const LONG = 1000;
/** In bytes: what a write-ahead log that was longer, for a reader that took long, keeps of its file. */
const KEPT = 64 * 1024 * 1024;
/** Where its index (`-shm`) has how many frames it holds, in the machine's byte order. */
const FRAMES_AT = 16;

export type Folding = {
  /**
   * Folds the write-ahead log in when it has become long; to be called after each commit.
   *
   * @throws Error when the disk does not do it.
   */
  fold(): void;
  /** To be called after the database was closed: whoever closes one of its files takes the locks of the process along. */
  close(): void;
};

/**
 * Folds the log's write-ahead log in. SQLite would do it by itself, but keep to itself that a sync has failed, and try
 * again: that must not be, for the second try succeeds without anything being on the disk.
 */
export const folding = (database: Database, path: string): Folding => {
  database.exec('pragma wal_autocheckpoint=0');
  database.exec(`pragma journal_size_limit=${KEPT}`);
  const index = openSync(`${path}-shm`, 'r');
  const frames = new Uint32Array(1);
  return {
    fold: () => {
      readSync(index, frames, 0, 4, FRAMES_AT);
      if ((frames[0] as number) >= LONG) database.exec('pragma wal_checkpoint(passive)');
    },
    close: () => closeSync(index),
  };
};
