import { workerData } from 'node:worker_threads';
import { answerMessages } from './answer-messages.ts';
import { attempt, openDatabase } from './database.ts';
import { entryWriter, type PackedEntries } from './entry-writer.ts';
import { folding } from './folding.ts';

/**
 * A thread that commits groups of entries, so that the next ones are read meanwhile: it hashes, compresses, inserts,
 * and answers each group in order once its entries are durable, or with what went wrong.
 */
const database = await openDatabase(workerData as string, 'FULL', 4);
const write = entryWriter(database);
const { fold } = folding(database, workerData as string);
const begin = database.prepare('begin immediate');
const commit = database.prepare('commit');
let problem: Error | undefined;

answerMessages(
  ({ texts, numbers }: PackedEntries): void => {
    // What comes behind a group that was lost would leave a gap, and may build on what was in it.
    if (problem !== undefined) throw problem;
    try {
      begin.run();
      write({ texts: Buffer.from(texts.buffer), numbers });
      commit.run();
      fold();
    } catch (error) {
      problem = error as Error;
      throw error;
    }
  },
  // It holds the connection: one that nothing refers to is closed by the collector.
  () => {
    attempt(database, 'rollback');
    database.close();
  },
);
