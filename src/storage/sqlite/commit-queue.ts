import { Rejection, reject } from '../../xapi/rejection.ts';
import { attempt, type Database } from './database.ts';
import { type EntryWriter, type PlacedEntry, packEntries } from './entry-writer.ts';
import type { LogThread } from './log-thread.ts';

/**
 * Group commit: everything that has arrived in one turn of the event loop is one transaction, and one fsync
 * answers for all of it. A task decides before it writes, so one that is rejected has left nothing behind.
 */
export type CommitQueue = {
  /**
   * Runs `task` in the next group; resolves once what it has placed is durable. A task that writes rows of its own
   * beside the entries it places says so: it runs within the transaction. `weight` is how many entries it may place.
   */
  add<Result>(task: () => Result, writes?: 'entries' | 'rows', weight?: number): Promise<Result>;
  /** Whether anything waits or is under way. */
  isBusy(): boolean;
  /** How many tasks wait, and how many commits have begun. */
  depth(): { readonly waiting: number; readonly underWay: number };
  /** Whether a commit has failed, after which nothing is accepted: fsync errors are not retried. */
  failure(): Error | undefined;
  /** Accepts nothing any more, because of an error that came up elsewhere. */
  stop(error: Error): void;
  /** Waits for what was added, and accepts nothing any more. */
  close(): Promise<void>;
};

export type CommitParts = {
  readonly database: Database;
  readonly write: EntryWriter;
  /** Called after each commit that is made here; what it throws is as if the commit had failed. */
  readonly fold: () => void;
  /** Takes the large groups, if there is one. */
  readonly thread?: LogThread | undefined;
  /** From so many entries on a group goes to the thread. */
  readonly largeGroup?: number | undefined;
  /** Takes what the tasks have placed since it was last asked. */
  takePlaced(): readonly PlacedEntry[];
  /** Told of the entries of each commit and how long it took, before anyone is answered. */
  committed(placed: readonly PlacedEntry[], milliseconds: number): void;
  /** Told once, when a commit has failed. */
  failed(error: Error): void;
};

/** From so many entries on a group is worth the way to the thread. */
const LARGE = 6;
/** So many groups may be on their way at once: one is written while the next are made. */
const ON_THEIR_WAY = 3;
/** While the thread has a group, lighter ones than this wait for it: what arrives meanwhile shares their commit. */
const WORTH_ITS_OWN = 48;
/** A group takes tasks up to this weight, so that readers get their turn between groups. */
const HEAVIEST = 100;

type Waiting = {
  readonly task: () => unknown;
  readonly writesRows: boolean;
  readonly weight: number;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
};

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a closure over one state; each operation is short
export const commitQueue = (parts: CommitParts): CommitQueue => {
  const { database, write, fold, thread, takePlaced, committed, largeGroup = LARGE } = parts;
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');
  let waiting: Waiting[] = [];
  let scheduled = false;
  let underWay = 0;
  let failure: Error | undefined;
  let closed = false;

  const fail = (group: readonly Waiting[], error: Error): void => {
    for (const { reject: refuse } of group) refuse(stopped());
    if (failure !== undefined) return;
    failure = error;
    attempt(database, 'rollback');
    for (const { reject: refuse } of waiting.splice(0)) refuse(stopped());
    parts.failed(error);
  };

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  };

  const flush = (): void => {
    scheduled = false;
    const count = countOfGroup(waiting);
    const group = waiting.slice(0, count);
    const writesRows = group.some((one) => one.writesRows);
    if (failure !== undefined || count === 0 || mustWait(group, writesRows)) return;
    waiting = waiting.slice(count);
    try {
      commitGroup(group, writesRows);
    } catch (error) {
      fail(group, error as Error);
    }
    if (waiting.length > 0) schedule();
  };

  /** The thread's answer to what is under way flushes again. */
  const mustWait = (group: readonly Waiting[], writesRows: boolean): boolean =>
    underWay > 0 && (writesRows || underWay >= ON_THEIR_WAY || weightOf(group) < WORTH_ITS_OWN);

  const commitGroup = (group: readonly Waiting[], writesRows: boolean): void => {
    if (writesRows) begin.run();
    const answers = group.map(settle);
    const placed = takePlaced();
    if (!writesRows && isForThread(placed)) send(group, placed, answers);
    else commitHere(placed, answers, writesRows);
  };

  /** While the thread has a group, those behind it go there too, or they would overtake it. */
  const isForThread = ({ length }: readonly PlacedEntry[]): boolean =>
    thread !== undefined && (underWay > 0 || length >= largeGroup);

  const commitHere = (
    placed: readonly PlacedEntry[],
    answers: readonly (() => void)[],
    begun: boolean,
  ): void => {
    const began = performance.now();
    if (!begun) begin.run();
    write(packEntries(placed));
    commit.run();
    fold();
    committed(placed, performance.now() - began);
    for (const answer of answers) answer();
  };

  const send = (
    group: readonly Waiting[],
    placed: readonly PlacedEntry[],
    answers: readonly (() => void)[],
  ): void => {
    const began = performance.now();
    underWay += 1;
    (thread as LogThread)
      .write(placed)
      .then(() => {
        underWay -= 1;
        // What comes behind a group that was not taken in would be taken in over a hole.
        if (failure !== undefined) throw failure;
        committed(placed, performance.now() - began);
        for (const answer of answers) answer();
        if (waiting.length > 0) schedule();
      })
      .catch((error: Error) => fail(group, error));
  };

  return {
    add: (task, writes = 'entries', weight = 1) =>
      new Promise((resolve, refuse) => {
        if (failure !== undefined || closed) {
          refuse(failure === undefined ? reject('unavailable', '', 'The store has been closed.') : stopped());
          return;
        }
        waiting.push({ task, writesRows: writes === 'rows', weight, resolve, reject: refuse });
        schedule();
      }),
    isBusy: () => underWay > 0 || waiting.length > 0,
    depth: () => ({ waiting: waiting.length, underWay }),
    failure: () => failure,
    stop: (error) => fail([], error),
    close: () =>
      new Promise((resolve) => {
        closed = true;
        const done = () => resolve();
        if (failure !== undefined) {
          done();
          return;
        }
        // A task that writes rows waits for all that is under way.
        waiting.push({ task: () => undefined, writesRows: true, weight: 1, resolve: done, reject: done });
        schedule();
      }),
  };
};

const weightOf = (group: readonly Waiting[]): number => group.reduce((sum, { weight }) => sum + weight, 0);

/** How many tasks the next group takes: at least one, and together no heavier than a group may be. */
const countOfGroup = (waiting: readonly Waiting[]): number => {
  let count = 0;
  let weight = 0;
  for (const one of waiting) {
    weight += one.weight;
    if (count > 0 && weight > HEAVIEST) break;
    count += 1;
  }
  return count;
};

/** Runs one task and answers how to tell its caller after the commit. What is no Rejection sinks the group. */
const settle = ({ task, resolve, reject: refuse }: Waiting): (() => void) => {
  try {
    const result = task();
    return () => resolve(result as never);
  } catch (error) {
    if (error instanceof Unwritten) return () => refuse(error.cause);
    if (!(error instanceof Rejection)) throw error;
    return () => refuse(error);
  }
};

class Unwritten {
  readonly cause: unknown;

  constructor(cause: unknown) {
    this.cause = cause;
  }
}

/** Runs a caller's code within a task that has written nothing yet: what it throws is told to that caller alone. */
export const unwritten = <Result>(decide: () => Result): Result => {
  try {
    return decide();
  } catch (error) {
    throw new Unwritten(error);
  }
};

/** What everyone is told whose request was under way when something could not be written, and everyone after that. */
export const stopped = (): Rejection =>
  reject(
    'unavailable',
    '',
    'The store could not write and has stopped. Whether this was stored is not known: send it again with the same id.',
  );
