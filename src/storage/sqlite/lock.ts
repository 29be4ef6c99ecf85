import { join } from 'node:path';
import { type Database, openDatabase } from './database.ts';

/**
 * Keeps every other process out of a data folder until the answer is called or this process ends, however it ends.
 *
 * @throws Error when another process is in it.
 */
export const lockFolder = async (folder: string): Promise<() => void> => {
  const lock: Database = await openDatabase(join(folder, 'lock.db'), 'NORMAL', 1);
  lock.exec('pragma busy_timeout=0');
  try {
    lock.exec('begin immediate');
  } catch {
    lock.close();
    throw new Error(`Another Cairn is using ${folder}. Stop it first, or use another folder.`);
  }
  return () => {
    lock.exec('rollback');
    lock.close();
  };
};
