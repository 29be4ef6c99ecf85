import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from '../../statements/statement-query.ts';
import type { Examination } from '../storage.ts';
import { attachmentPath } from './attachments.ts';
import { type Database, openReadOnly } from './database.ts';
import { INDEX_VERSION, readCheckpoint } from './index-tables.ts';
import { lockFolder } from './lock.ts';
import { identityReader } from './log.ts';
import { LOG_VERSION } from './log-schema.ts';
import { settingIn } from './setting-in.ts';

/** So many of the last positions, and of the attachments, are looked at one by one. */
const LAST = 100_000;

export const examineSqlite = async (folder: string, deep: boolean): Promise<Examination> => {
  const inUse = await isLocked(folder);
  const log = await openReadOnly(join(folder, 'log.db'));
  try {
    const head = Number(log.prepare('select coalesce(max(position),0) as head from entry').get()?.['head']);
    return {
      inUse,
      format: Number(settingIn(log, 'version')),
      knownFormat: LOG_VERSION,
      installation: settingIn(log, 'installation'),
      head,
      ...tailOf(log, head),
      mark: Number(settingIn(log, 'mark')),
      damage: deep ? damageOf(log) : undefined,
      lostFiles: lostFiles(log, folder),
      ...(await indexOf(folder, log, head)),
    };
  } finally {
    log.close();
  }
};

const isLocked = async (folder: string): Promise<boolean> => {
  try {
    const unlock = await lockFolder(folder);
    unlock();
    return false;
  } catch (error) {
    if ((error as Error).message.startsWith('Another Cairn')) return true;
    throw error;
  }
};

const tailOf = (
  log: Database,
  head: Position,
): Pick<Examination, 'missing' | 'disordered' | 'lastStored'> => {
  const rows = log.prepare('select position, stored from entry where position>? order by position');
  let count = 0;
  let lastStored = 0;
  let disordered = 0;
  for (const { stored } of rows.iterate(Math.max(0, head - LAST))) {
    count += 1;
    if (Number(stored) <= lastStored) disordered += 1;
    lastStored = Number(stored);
  }
  return { missing: Math.min(head, LAST) - count, disordered, lastStored };
};

/** At most ten problems are told. */
const damageOf = (log: Database): readonly string[] => {
  try {
    const rows = log.prepare('pragma quick_check(10)').all();
    return rows.map((row) => String(Object.values(row)[0])).filter((problem) => problem !== 'ok');
  } catch (error) {
    return [(error as Error).message];
  }
};

const lostFiles = (log: Database, folder: string): readonly string[] =>
  log
    .prepare('select sha2, length from attachment where body is null limit ?')
    .all(LAST)
    .filter(({ sha2, length }) => {
      const path = join(folder, attachmentPath(String(sha2)));
      return statSync(path, { throwIfNoEntry: false })?.size !== length;
    })
    .map(({ sha2 }) => String(sha2));

type IndexState = Pick<Examination, 'index' | 'indexBehind'>;

const indexOf = async (folder: string, log: Database, head: Position): Promise<IndexState> => {
  const path = join(folder, 'index.db');
  if (!existsSync(path)) return { index: 'absent', indexBehind: head };
  let index: Database | undefined;
  try {
    index = await openReadOnly(path);
    const { version, upto, identity } = readCheckpoint(index);
    const isFit = version === 0 || (version === INDEX_VERSION && upto <= head);
    const isOfLog = version === 0 || identity === identityReader(log)(upto);
    if (isFit && isOfLog) return { index: 'fit', indexBehind: head - upto };
  } catch {
    // It cannot be read.
  } finally {
    index?.close();
  }
  return { index: 'anew', indexBehind: head };
};
