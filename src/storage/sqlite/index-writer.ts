import { workerData } from 'node:worker_threads';
import { answerMessages } from './answer-messages.ts';
import { closeDatabase, openDatabase } from './database.ts';
import { flusher } from './flush.ts';
import type { PackedGeneration } from './packed-generation.ts';

/** A thread that writes generations into the index and folds its write-ahead log in, so that neither holds up anyone. */
const database = await openDatabase(workerData as string, 'NORMAL', 16);
database.exec('pragma wal_autocheckpoint=0');
const flush = flusher(database);

answerMessages(
  (generation: PackedGeneration): void => {
    flush(generation);
    database.exec('pragma wal_checkpoint(passive)');
  },
  () => closeDatabase(database),
);
