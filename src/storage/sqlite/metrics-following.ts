import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OPS } from '../../ledger/leaf.ts';
import { answerQuestion } from '../../metrics/answer-question.ts';
import { newDesk } from '../../metrics/desk.ts';
import { type FollowedEntry, follower } from '../../metrics/follower.ts';
import type { Outcome, Question } from '../../metrics/metrics.ts';
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
  /** Takes in what comes next, and answers whether there was anything. */
  step(): boolean;
  /** `head` is the last entry of the log that is known of. */
  answer(question: Question, head?: Position): Outcome;
  /** Keeps what has come. */
  close(): void;
};

/** Opens `metrics.db` in a folder; what is wrong with it is no loss, as it is made anew from `log.db`. */
export const openMetricsFollowing = async (folder: string): Promise<MetricsFollowing> => {
  const log = await openDatabase(join(folder, 'log.db'), 'FULL', 4);
  const path = join(folder, 'metrics.db');
  try {
    return following(log, await openDatabase(path, 'NORMAL', 4));
  } catch {
    await removeMetrics(folder);
    return following(log, await openDatabase(path, 'NORMAL', 4));
  }
};

/** Removes what metrics have kept; it is made anew from the log. Nobody may have it open. */
export const removeMetrics = async (folder: string): Promise<void> => {
  for (const suffix of ['', '-wal', '-shm']) await rm(join(folder, `metrics.db${suffix}`), { force: true });
};

const following = (log: Database, database: Database): MetricsFollowing => {
  const read = entryReader(log);
  const parts = metricsParts(database, identityReader(log));
  const entryAt = (position: Position): FollowedEntry | undefined => {
    const entry = read.at(position);
    return entry === undefined ? undefined : followed(entry);
  };
  const { world, take, waiting, cut } = follower(entryAt, parts.load());
  const save = (): void => {
    if (waiting() > 0) parts.save(cut());
  };
  let known: Position = 0;
  const desk = newDesk({
    head: () => Math.max(known, world.upto()),
    storedAt: (position) => (position === 0 ? undefined : read.storedAt(position)),
  });
  return {
    upto: world.upto,
    step: () => {
      const entries = nextEntries(read, world.upto());
      for (const entry of entries) take(entry);
      if (waiting() >= KEPT_FROM) save();
      return entries.length > 0;
    },
    answer: (question, head = 0) => {
      known = Math.max(known, head);
      return answerQuestion(question, world, Date.now(), desk);
    },
    close: () => {
      save();
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
