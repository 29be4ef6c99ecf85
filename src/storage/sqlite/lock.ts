import { join } from 'node:path';
import { closeDatabase, type Database, openDatabase } from './database.ts';

/**
 * Keeps every other process out of a data folder until the answer is called or this process ends, however it ends.
 *
 * @throws Error when another process is in it.
 */
export const lockFolder = async (folder: string): Promise<() => void> => {
  let lock: Database | undefined;
  try {
    lock = await openDatabase(join(folder, 'lock.db'), 'NORMAL', 1, 0);
    lock.exec('begin immediate');
  } catch (error) {
    lock?.close();
    if (!(error as Error).message.includes('locked')) throw error;
    throw new Error(`Another Cairn is using ${folder}. Stop it first, or use another folder.`);
  }
  const held = lock;
  return () => closeDatabase(held);
};
