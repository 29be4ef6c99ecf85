import { openSync, readSync } from 'node:fs';
import type { Database } from './database.ts';

/** From so many pages on a write-ahead log is folded in; as SQLite would by itself. */
const LONG = 1000;
/** Where its index (`-shm`) has how many frames it holds, in the machine's byte order. */
const FRAMES_AT = 16;

/**
 * Folds the log's write-ahead log in when it has become long, to be called after each commit. SQLite would do it by
 * itself, but keep to itself that a sync has failed, and try again: that must not be, for the second try succeeds
 * without anything being on the disk.
 *
 * @throws Error when the disk does not do it.
 */
export const folding = (database: Database, path: string): (() => void) => {
  database.exec('pragma wal_autocheckpoint=0');
  const frames = new Uint32Array(1);
  let index: number | undefined;
  const count = (): number => {
    index ??= openSync(`${path}-shm`, 'r');
    readSync(index, frames, 0, 4, FRAMES_AT);
    return frames[0] as number;
  };
  return () => {
    if (count() >= LONG) database.exec('pragma wal_checkpoint(passive)');
  };
};
