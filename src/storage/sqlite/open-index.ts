import { existsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Position } from '../../statements/statement-query.ts';
import type { StorageOptions } from '../storage.ts';
import { closeDatabase, type Database, openDatabase } from './database.ts';
import { catchUp } from './follow.ts';
import { INDEX_SCHEMA, INDEX_VERSION, readCheckpoint } from './index-tables.ts';
import { indexWriting } from './index-writing.ts';
import type { Log } from './log.ts';
import { postingIndex } from './posting-index.ts';
import { damage } from './row-sum.ts';
import { walDamage } from './wal-damage.ts';

/** Stands in the folder when the index was found damaged while it was read: the next start makes it anew. */
const MARKER = 'index.damaged';

/** The index at the log's head. What is damaged is made anew, as far as it shows while it is opened and brought up. */
export const openIndex = async (folder: string, log: Log, options: StorageOptions) => {
  try {
    if (existsSync(join(folder, MARKER))) throw damage('index.db', 'what was read of it');
    return await broughtUp(folder, log, options);
  } catch (error) {
    if (!isDamage(error)) throw error;
    options.onDamage?.(error as Error);
    await removeIndex(folder);
    return broughtUp(folder, log, options);
  }
};

const isDamage = (error: unknown): boolean =>
  /not a database|malformed|is damaged/.test((error as Error).message) &&
  !/^log\.db/.test((error as Error).message);

const broughtUp = async (folder: string, log: Log, { threads, tuning, onReplay }: StorageOptions) => {
  const path = await indexFile(folder, log);
  const reader = await openDatabase(path, 'NORMAL', 24);
  const writing = await indexWriting(path, threads);
  try {
    const markDamaged = (): void => {
      try {
        writeFileSync(join(folder, MARKER), '');
      } catch {}
    };
    const index = postingIndex(reader, writing, log.identityOf, tuning, markDamaged);
    const head = log.durable();
    await catchUp(index, log, (done) => onReplay?.(done, head));
    return { reader, index, markDamaged };
  } catch (error) {
    reader.close();
    await writing.close();
    throw error;
  }
};

/** The file of the index, made if need be: one of another version or of another log is made anew. */
const indexFile = async (folder: string, log: Log): Promise<string> => {
  const path = join(folder, 'index.db');
  if ((await walDamage(path, false))?.isCertain === true)
    throw damage('index.db-wal', 'what was flushed of it');
  if (!(await isFit(path, log))) {
    await removeIndex(folder);
    await isFit(path, log);
  }
  return path;
};

const isFit = async (path: string, log: Log): Promise<boolean> => {
  const database = await openDatabase(path, 'NORMAL', 1);
  try {
    // Without a checkpoint nothing says of which version the tables are, and nothing is lost with them.
    const isNew = isEmpty(database);
    database.exec(INDEX_SCHEMA);
    const { version, upto, identity } = readCheckpoint(database);
    if (version === 0) return isNew;
    if (version !== INDEX_VERSION) return false;
    checkEnd(log, upto);
    return identity === log.identityOf(upto);
  } finally {
    closeDatabase(database);
  }
};

const isEmpty = (database: Database): boolean =>
  database.prepare('select 1 from sqlite_schema limit 1').get() === undefined;

/** The index takes in what is durable, so a log that ends before it has lost something. */
const checkEnd = (log: Log, upto: Position): void => {
  if (upto <= log.durable()) return;
  throw new Error(
    `log.db ends at position ${log.durable()}, but index.db has seen ${upto}: what was acknowledged is missing. ` +
      'Restore the folder from a backup; if an older log.db is meant, remove index.db.',
  );
};

export const removeIndex = async (folder: string): Promise<void> => {
  const files = ['', '-wal', '-shm'].map((suffix) => `index.db${suffix}`);
  // The marker last: as long as it stands, what is left of the index is not used.
  for (const name of [...files, MARKER]) await rm(join(folder, name), { force: true });
};
