import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OPS } from '../../ledger/leaf.ts';
import { answerQuestion } from '../../metrics/answer-question.ts';
import {
  type EntryAt,
  type FollowedEntry,
  type Follower,
  follower,
  restoredFollower,
} from '../../metrics/follower.ts';
import type { Outcome, Question } from '../../metrics/metrics.ts';
import type { Position } from '../../statements/statement-query.ts';
import { closeDatabase, type Database, openDatabase } from './database.ts';
import { type Entry, entryReader } from './entry-reader.ts';
import { FLAGS, identityReader } from './log.ts';
import { type MetricsParts, metricsParts } from './metrics-parts.ts';
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
  answer(question: Question): Outcome;
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
    for (const suffix of ['', '-wal', '-shm']) await rm(path + suffix, { force: true });
    return following(log, await openDatabase(path, 'NORMAL', 4));
  }
};

const following = (log: Database, database: Database): MetricsFollowing => {
  const read = entryReader(log);
  const parts = metricsParts(database, identityReader(log));
  const entryAt = (position: Position): FollowedEntry | undefined => {
    const entry = read.at(position);
    return entry === undefined ? undefined : followed(entry);
  };
  let current = kept(parts, entryAt);
  /** What is made anew beside it, because statements mean something else now. */
  let next: Follower | undefined;
  let nextSignals = '';
  const save = (): void => {
    if (current.waiting() > 0) parts.save(current.cut());
  };
  const advance = (one: Follower): boolean => {
    const entries = nextEntries(read, one.world.upto());
    for (const entry of entries) one.take(entry);
    return entries.length > 0;
  };
  const renew = (signals: object | undefined): boolean => {
    if (signals === undefined) return false;
    const wanted = JSON.stringify(signals);
    if (next === undefined || wanted !== nextSignals) next = follower(entryAt, signals);
    nextSignals = wanted;
    if (advance(next) && next.world.upto() < current.world.upto()) return true;
    current = next;
    next = undefined;
    parts.clear();
    save();
    return true;
  };
  return {
    upto: () => current.world.upto(),
    step: () => {
      const went = advance(current);
      if (current.waiting() >= KEPT_FROM) save();
      return renew(current.outdatedBy()) || went;
    },
    answer: (question) => answerQuestion(question, current.world, Date.now()),
    close: () => {
      save();
      closeDatabase(database);
      log.close();
    },
  };
};

/** What was kept, or nothing of it if it is not what the log says. */
const kept = (parts: MetricsParts, entryAt: EntryAt): Follower => {
  try {
    return restoredFollower(entryAt, parts.load());
  } catch {
    parts.clear();
    return follower(entryAt);
  }
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
