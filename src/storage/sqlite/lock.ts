import { join } from 'node:path';
import { closeDatabase, type Database, openDatabase } from './database.ts';

/** In milliseconds: who only looks whether somebody is in holds it for a moment. */
const PATIENCE = 500;

/**
 * Keeps every other process out of a data folder until the answer is called or this process ends, however it ends.
 *
 * @throws Error when another process is in it.
 */
export const lockFolder = async (folder: string): Promise<() => void> => {
  let lock: Database | undefined;
  try {
    lock = await openDatabase(join(folder, 'lock.db'), 'NORMAL', 1, PATIENCE);
    lock.exec('begin immediate');
  } catch (error) {
    lock?.close();
    if (!(error as Error).message.includes('locked')) throw error;
    throw new Error(`Another Cairn is using ${folder}. Stop it first, or use another folder.`);
  }
  const held = lock;
  return () => closeDatabase(held);
};
