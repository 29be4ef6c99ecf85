import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OPS } from '../../ledger/leaf.ts';
import { answerQuestion } from '../../metrics/answer-question.ts';
import { type FollowedEntry, follower } from '../../metrics/follower.ts';
import type { Outcome, Question } from '../../metrics/metrics.ts';
import type { Part } from '../../metrics/parts.ts';
import type { Position } from '../../statements/statement-query.ts';
import { closeDatabase, type Database, openDatabase } from './database.ts';
import { type Entry, entryReader } from './entry-reader.ts';
import { FLAGS, identityReader } from './log.ts';
import { metricsParts } from './metrics-parts.ts';
import { Damage } from './row-sum.ts';

/** So many entries are taken in before others get their turn. */
const AT_ONCE = 200;
/** From so many facts on, what has come is kept; less is read again from the log after a start. */
const KEPT_FROM = 8192;

/** Follows a log into metrics, and answers from them. Everything in it is done at once, where it is called. */
export type MetricsFollowing = {
  upto(): Position;
  /**
   * Takes in what comes next, and answers whether there was anything.
   *
   * @throws Error when the log cannot be read, or what has been taken in cannot be kept; then it is kept later.
   */
  step(): boolean;
  answer(question: Question): Outcome;
  /** Keeps what has come, if it can be. */
  close(): void;
};

/**
 * Opens `metrics.db` in a folder; what is wrong with it is no loss, as it is made anew from `log.db`. `keptFrom` is how
 * many facts are gathered before they are kept.
 */
export const openMetricsFollowing = async (
  folder: string,
  keptFrom = KEPT_FROM,
): Promise<MetricsFollowing> => {
  const log = await openDatabase(join(folder, 'log.db'), 'FULL', 4);
  const path = join(folder, 'metrics.db');
  try {
    return await opened(log, path, keptFrom);
  } catch {
    for (const suffix of ['', '-wal', '-shm']) await rm(path + suffix, { force: true });
    return opened(log, path, keptFrom);
  }
};

const opened = async (log: Database, path: string, keptFrom: number): Promise<MetricsFollowing> => {
  const database = await openDatabase(path, 'NORMAL', 4);
  try {
    return following(log, database, keptFrom);
  } catch (error) {
    database.close();
    throw error;
  }
};

const following = (log: Database, database: Database, keptFrom: number): MetricsFollowing => {
  const read = entryReader(log);
  const parts = metricsParts(database, identityReader(log));
  const entryAt = (position: Position): FollowedEntry | undefined => {
    const entry = read.at(position);
    return entry === undefined ? undefined : followed(entry);
  };
  const { world, take, waiting, cut } = follower(entryAt, parts.load());
  /** What was cut off and could not be kept yet: without it, what comes behind it would be of no use. */
  const unsaved: Part[] = [];
  const save = (): void => {
    if (waiting() > 0) unsaved.push(cut());
    for (let next = unsaved[0]; next !== undefined; next = unsaved[0]) {
      parts.save(next);
      unsaved.shift();
    }
  };
  return {
    upto: world.upto,
    step: () => {
      const entries = nextEntries(read, world.upto());
      for (const entry of entries) take(entry);
      if (waiting() >= keptFrom) save();
      return entries.length > 0;
    },
    answer: (question) => answerQuestion(question, world, Date.now()),
    close: () => {
      try {
        save();
      } catch {
        // The next start reads it from the log again.
      }
      closeDatabase(database);
      log.close();
    },
  };
};

/** An entry that the disk has changed says nothing, and holds up nobody else's. */
const nextEntries = (read: ReturnType<typeof entryReader>, upto: Position): readonly FollowedEntry[] => {
  try {
    return read.after(upto, AT_ONCE).map(followed);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return [oneEntry(read, upto + 1)];
  }
};

const oneEntry = (read: ReturnType<typeof entryReader>, position: Position): FollowedEntry => {
  try {
    const entry = read.at(position);
    if (entry !== undefined) return followed(entry);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
  }
  return { position, stored: 0, kind: 'other', text: '', voidsOnlyOwn: false };
};

const KINDS: Readonly<Record<number, FollowedEntry['kind']>> = {
  [OPS.statement]: 'statement',
  [OPS.recorded]: 'record',
};

const followed = ({ position, stored, op, text, flags }: Entry): FollowedEntry => ({
  position,
  stored,
  kind: KINDS[op] ?? 'other',
  text,
  voidsOnlyOwn: (flags & FLAGS.voidsOnlyOwn) !== 0,
});
