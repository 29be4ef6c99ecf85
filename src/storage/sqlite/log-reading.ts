import { join } from 'node:path';
import type { Position } from '../../statements/statement-query.ts';
import type { Tuning } from '../storage.ts';
import type { Database } from './database.ts';
import { type Entry, type EntryReader, entryReader } from './entry-reader.ts';
import { thread } from './thread.ts';

/** Reads entries that may be many; lists end early as those of an {@link EntryReader}. */
export type LogReading = {
  /** Entries of a kind after a position, oldest first. */
  after(position: Position, limit: number, op: number): Promise<readonly Entry[]>;
  /** Those at some positions, in that order. */
  among(positions: readonly Position[]): Promise<readonly Entry[]>;
  close(): Promise<void>;
};

/** What the thread that reads is asked. */
export type LogQuestion =
  | { readonly after: Position; readonly limit: number; readonly op: number }
  | { readonly positions: readonly Position[] };

/** Fewer are read at once where they are asked for: a hop would take longer. */
const MANY = 101;

/** What a reader says to a question. */
export const answerQuestion = (read: EntryReader, question: LogQuestion): readonly Entry[] =>
  'positions' in question
    ? read.among(question.positions)
    : read.after(question.after, question.limit, question.op);

/** Many entries are read in a thread of its own when there are scripts for one. */
export const logReading = (
  database: Database,
  path: string,
  scripts: string | undefined,
  { manyEntries = MANY }: Tuning = {},
): LogReading => {
  const here = entryReader(database);
  const there = scripts === undefined ? undefined : thread(join(scripts, 'log-reader.js'), path);
  const ask = async (question: LogQuestion): Promise<readonly Entry[]> => {
    try {
      return (await there?.ask(question)) as readonly Entry[];
    } catch {
      // A thread that could not start or has ended holds nobody up; what is wrong with the log shows here too.
      return answerQuestion(here, question);
    }
  };
  return {
    // However few are wanted, it may have to walk over any number of others.
    after: async (position, limit, op) =>
      there === undefined ? here.after(position, limit, op) : ask({ after: position, limit, op }),
    among: async (positions) =>
      there === undefined || positions.length < manyEntries ? here.among(positions) : ask({ positions }),
    close: async () => there?.close(),
  };
};
