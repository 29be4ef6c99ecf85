import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { answerQuestion } from '../../metrics/answer-question.ts';
import { type Desk, newDesk } from '../../metrics/desk.ts';
import {
  type EntryAt,
  type FollowedEntry,
  type Follower,
  follower,
  restoredFollower,
} from '../../metrics/follower.ts';
import type { Outcome, Question } from '../../metrics/metrics.ts';
import type { Part } from '../../metrics/parts.ts';
import { preparing } from '../../metrics/preparing.ts';
import type { Position } from '../../statements/statement-query.ts';
import { closeDatabase, type Database, openDatabase } from './database.ts';
import { type EntryReader, entryReader } from './entry-reader.ts';
import { followed, nextEntries, storedMillis } from './followed-entries.ts';
import { identityReader } from './log.ts';
import { type MetricsParts, metricsParts } from './metrics-parts.ts';

/** From so many facts on, what has come is kept; less is read again from the log after a start. */
const KEPT_FROM = 8192;
/** Nor are more entries than this read again, however little they say of learning. */
const KEPT_ENTRIES = 50_000;
/**
 * After so many entries, and so large a share of all, state is brought up to them, and whenever there are no more: else
 * whoever asks first waits for the whole log. By the share, what comes late has a person folded anew so often at most.
 */
const SETTLED_AFTER = 4000;
const SETTLED_SHARE = 1 / 8;

/** Follows a log into metrics, and answers from them. Everything in it is done at once, where it is called. */
export type MetricsFollowing = {
  upto(): Position;
  /** When the next entry to be taken in was stored, in milliseconds since 1970; undefined if there is none. */
  nextStored(): number | undefined;
  /**
   * Takes in what comes next, and answers whether there was anything. `isWaitedFor` says whether somebody waits for that,
   * or knows that there is something: then what was put off of answers has not long any more.
   *
   * @throws Error when the log cannot be read, or what has been taken in cannot be kept; then it is kept later.
   */
  step(isWaitedFor?: boolean): boolean;
  /** Measures what later pages of answers need, for a moment; answers whether that is all. Nothing is taken in before. */
  finish(): boolean;
  /** Makes something that a first question would have to wait for, while nobody asks; answers whether there may be more. */
  prepare(): boolean;
  /** `head` is the last entry of the log that is known of. */
  answer(question: Question, head?: Position): Outcome;
  /** Keeps what has come, if it can be. */
  close(): void;
};

/**
 * Opens `metrics.db` in a folder; what is wrong with it is no loss, as it is made anew from `log.db`. `keptFrom` is how
 * many facts are gathered before they are kept, or entries without any.
 */
export const openMetricsFollowing = async (
  folder: string,
  keptFrom = KEPT_FROM,
  keptEntries = KEPT_ENTRIES,
): Promise<MetricsFollowing> => {
  const gathered = { facts: keptFrom, entries: keptEntries };
  const log = await openDatabase(join(folder, 'log.db'), 'FULL', 4);
  const path = join(folder, 'metrics.db');
  try {
    return await opened(log, path, gathered);
  } catch {
    await removeMetrics(folder);
    return opened(log, path, gathered);
  }
};

/** Removes what metrics have kept; it is made anew from the log. Nobody may have it open. */
export const removeMetrics = async (folder: string): Promise<void> => {
  for (const suffix of ['', '-wal', '-shm']) await rm(join(folder, `metrics.db${suffix}`), { force: true });
};

/** How much is gathered before it is kept. */
type Gathered = { readonly facts: number; readonly entries: number };

const opened = async (log: Database, path: string, gathered: Gathered): Promise<MetricsFollowing> => {
  const database = await openDatabase(path, 'NORMAL', 4);
  try {
    return following(log, database, gathered);
  } catch (error) {
    database.close();
    throw error;
  }
};

const following = (log: Database, database: Database, gathered: Gathered): MetricsFollowing => {
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
  /** What was cut off and could not be kept yet: without it, what comes behind it would be of no use. */
  let unsaved: Part[] = [];
  const save = (): void => {
    if (current.waiting() > 0 || current.behind() >= gathered.entries) unsaved.push(current.cut());
    for (let part = unsaved[0]; part !== undefined; part = unsaved[0]) {
      parts.save(part);
      unsaved.shift();
    }
  };
  const renew = (signals: object | undefined): boolean => {
    if (signals === undefined) return false;
    const wanted = JSON.stringify(signals);
    if (next === undefined || wanted !== nextSignals) next = follower(entryAt, signals);
    nextSignals = wanted;
    if (advance(next, read) && next.world.upto() < current.world.upto()) return true;
    current = next;
    next = undefined;
    unsaved = [];
    parts.clear();
    save();
    return true;
  };
  const settle = settling();
  const quiet = preparing();
  let known: Position = 0;
  const desk = deskOver(read, () => ({ current, known }));
  return {
    upto: () => current.world.upto(),
    nextStored: () => storedMillis(read, current.world.upto() + 1),
    finish: () => desk.finish(false),
    prepare: () => quiet.make(current.world),
    step: (isWaitedFor = true) => {
      if (!desk.finish(isWaitedFor)) return true;
      const went = advance(current, read);
      if (current.waiting() >= gathered.facts || current.behind() >= gathered.entries) save();
      const renewed = renew(current.outdatedBy());
      settle(current, went || renewed);
      return renewed || went;
    },
    answer: (question, head = 0) => {
      known = Math.max(known, head);
      quiet.asked(question);
      return answerQuestion(question, current.world, Date.now(), desk);
    },
    close: () => {
      keepIfPossible(save);
      closeDatabase(database);
      log.close();
    },
  };
};

/** What cannot be kept the next start reads from the log again. */
const keepIfPossible = (save: () => void): void => {
  try {
    save();
  } catch {
    // Nothing is lost.
  }
};

/** Brings the state of what follows up to what it has taken in, now and then; `more` says whether more may come. */
const settling = (): ((one: Follower, more: boolean) => void) => {
  let last: Follower | undefined;
  let upto: Position = 0;
  return (one, more) => {
    const { world } = one;
    const came = world.upto() - (last === one ? upto : 0);
    const enough = more ? Math.max(SETTLED_AFTER, world.upto() * SETTLED_SHARE) : 1;
    if (came < enough) return;
    world.settle();
    [last, upto] = [one, world.upto()];
  };
};

/** Has a follower take in what comes next; answers whether there was anything. */
const advance = (one: Follower, read: EntryReader): boolean => {
  const entries = nextEntries(read, one.world.upto());
  for (const entry of entries) one.take(entry);
  return entries.length > 0;
};

/** `stand` tells who follows now, and the last entry of the log that is known of. */
const deskOver = (read: EntryReader, stand: () => { current: Follower; known: Position }): Desk =>
  newDesk({
    head: (world) => Math.max(stand().known, world.upto()),
    signals: () => stand().current.readBy,
    storedAt: (position) => (position === 0 ? undefined : read.storedAt(position)),
    knownAt: (world, moment) => stand().current.knownAt(lastStoredBy(read, moment * 1000, world.upto())),
  });

/** The last position, up to one, that was stored at or before a moment (microseconds); 0 if none was. */
const lastStoredBy = (read: EntryReader, moment: number, upto: Position): Position => {
  let low = 0;
  let high = upto;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((read.storedAt(middle) ?? 0) <= moment) low = middle;
    else high = middle - 1;
  }
  return low;
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
