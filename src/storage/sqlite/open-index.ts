import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StorageOptions } from '../storage.ts';
import { closeDatabase, openDatabase } from './database.ts';
import { catchUp } from './follow.ts';
import { INDEX_SCHEMA, INDEX_VERSION, readCheckpoint } from './index-tables.ts';
import { indexWriting } from './index-writing.ts';
import type { Log } from './log.ts';
import { postingIndex } from './posting-index.ts';

/** The index at the log's head. What is damaged is made anew, as far as it shows while it is opened and brought up. */
export const openIndex = async (folder: string, log: Log, options: StorageOptions) => {
  try {
    return await broughtUp(folder, log, options);
  } catch (error) {
    if (!isDamage(error)) throw error;
    options.onDamage?.(error as Error);
    await removeIndex(folder);
    return broughtUp(folder, log, options);
  }
};

const isDamage = (error: unknown): boolean =>
  /not a database|malformed/.test((error as Error).message) && !/^log\.db/.test((error as Error).message);

const broughtUp = async (folder: string, log: Log, { threads, tuning, onReplay }: StorageOptions) => {
  const path = await indexFile(folder, log);
  const reader = await openDatabase(path, 'NORMAL', 24);
  const writing = await indexWriting(path, threads);
  try {
    const index = postingIndex(reader, writing, log.identityOf, tuning);
    const head = log.durable();
    await catchUp(index, log, (done) => onReplay?.(done, head));
    return { reader, index };
  } catch (error) {
    reader.close();
    await writing.close();
    throw error;
  }
};

/** The file of the index, made if need be: one of another version, of another log, or that is ahead of its log, is made anew. */
const indexFile = async (folder: string, log: Log): Promise<string> => {
  const path = join(folder, 'index.db');
  if (!(await isFit(path, log))) {
    await removeIndex(folder);
    await isFit(path, log);
  }
  return path;
};

const isFit = async (path: string, log: Log): Promise<boolean> => {
  const database = await openDatabase(path, 'NORMAL', 1);
  try {
    database.exec(INDEX_SCHEMA);
    const { version, upto, identity } = readCheckpoint(database);
    if (version === 0) return true;
    return version === INDEX_VERSION && upto <= log.durable() && identity === log.identityOf(upto);
  } finally {
    closeDatabase(database);
  }
};

export const removeIndex = async (folder: string): Promise<void> => {
  for (const suffix of ['', '-wal', '-shm']) await rm(join(folder, `index.db${suffix}`), { force: true });
};
