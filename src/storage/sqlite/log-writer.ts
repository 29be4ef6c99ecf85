import { parentPort, workerData } from 'node:worker_threads';
import { attempt, openDatabase } from './database.ts';
import { entryWriter, type PackedEntries } from './entry-writer.ts';
import type { ThreadData } from './writer-thread.ts';

/**
 * A thread that commits large groups of entries, so that the next ones are read meanwhile: it hashes, compresses,
 * inserts, and answers each message in order once its entries are durable, or with what went wrong. It also folds the
 * index's write-ahead log in, which would hold readers up in the main thread.
 */
const { path, indexPath } = workerData as ThreadData;
const database = await openDatabase(path, 'FULL', 4);
const index = await openDatabase(indexPath, 'NORMAL', 1);
const write = entryWriter(database);
const begin = database.prepare('begin immediate');
const commit = database.prepare('commit');
let problem: string | undefined;

parentPort?.on('message', (packed: PackedEntries | 'checkpoint' | 'close') => {
  if (packed === 'close') {
    // The handler holds both connections: one that nothing refers to is closed by the collector.
    database.close();
    index.close();
    process.exit(0);
  }
  if (packed === 'checkpoint') {
    attempt(index, 'pragma wal_checkpoint(passive)');
    return;
  }
  try {
    // What comes behind a group that was lost would leave a gap, and may build on what was in it.
    if (problem !== undefined) throw new Error(problem);
    begin.run();
    write({ texts: Buffer.from(packed.texts.buffer), numbers: packed.numbers });
    commit.run();
    parentPort?.postMessage(undefined);
  } catch (error) {
    problem = String((error as Error).message);
    parentPort?.postMessage(problem);
  }
});
