import { workerData } from 'node:worker_threads';
import { answerMessages } from './answer-messages.ts';
import { openDatabase } from './database.ts';
import { type Entry, entryReader } from './entry-reader.ts';
import { answerQuestion, type LogQuestion } from './log-reading.ts';

/** A thread that reads and unpacks many entries, so that long reads hold nobody up who stores. */
const database = await openDatabase(workerData as string, 'FULL', 8);
const read = entryReader(database);

answerMessages(
  (question: LogQuestion): readonly Entry[] => answerQuestion(read, question),
  () => database.close(),
);
