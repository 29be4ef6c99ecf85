import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from './database.ts';
import { entryWriter, type PackedEntries, unpackEntries } from './entry-writer.ts';

/**
 * A thread that commits large groups of entries, so that the next ones are read meanwhile: it hashes, compresses,
 * inserts, and answers each message in order once its entries are durable, or with what went wrong.
 */
const database = await openDatabase((workerData as { readonly path: string }).path, 'FULL', 8);
const write = entryWriter(database);
const begin = database.prepare('begin immediate');
const commit = database.prepare('commit');
let problem: string | undefined;

parentPort?.on('message', (packed: PackedEntries) => {
  try {
    // What comes behind a group that was lost would leave a gap, and may build on what was in it.
    if (problem !== undefined) throw new Error(problem);
    begin.run();
    write(unpackEntries(packed));
    commit.run();
    parentPort?.postMessage(undefined);
  } catch (error) {
    problem = String((error as Error).message);
    parentPort?.postMessage(problem);
  }
});
