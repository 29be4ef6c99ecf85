import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { answerMessages } from './answer-messages.ts';
import { answerCopying } from './backup-copying.ts';
import { openDatabase } from './database.ts';

/** A thread that copies a store, so that nobody who stores or reads waits for it. */
const folder = workerData as string;
const database = await openDatabase(join(folder, 'log.db'), 'FULL', 8);

answerMessages(answerCopying(database, folder), () => database.close());
