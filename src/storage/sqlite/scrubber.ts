import { setPriority } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from './database.ts';
import { scrubIndex, scrubLog } from './scrub.ts';

/** A thread that looks at the whole store behind everybody else's back, and tells what is damaged. */
const folder = workerData as string;

let goesOn = true;
parentPort?.once('message', () => {
  goesOn = false;
});
parentPort?.unref();

/** On Linux this is the thread's own priority. */
const standBack = (): void => {
  try {
    if (process.platform === 'linux') setPriority(10);
  } catch {}
};

const scrub = async (file: string, look: typeof scrubLog): Promise<void> => {
  try {
    const database = await openDatabase(join(folder, file), file === 'log.db' ? 'FULL' : 'NORMAL', 4);
    try {
      await look(database, () => goesOn);
    } finally {
      database.close();
    }
  } catch (error) {
    const { message } = error as Error;
    // That it is locked, or no file is left to open it with, says nothing of what it holds.
    if (!/not a database|malformed|damaged/.test(message)) return;
    const told = message.startsWith(file) ? message : `${file} is damaged: ${message}`;
    parentPort?.postMessage({ file, message: told });
  }
};

standBack();
await scrub('log.db', scrubLog);
await scrub('index.db', scrubIndex);
