import { Rejection, reject } from '../../xapi/rejection.ts';
import { attempt, type Database } from './database.ts';

/**
 * Group commit: everything that has arrived in one turn of the event loop is one transaction, and one fsync
 * answers for all of it. A task decides before it writes, so one that is rejected has left nothing behind.
 */
export type CommitQueue = {
  /** Runs `task` inside the next transaction; resolves once that is durable. */
  add<Result>(task: () => Result): Promise<Result>;
  /** Whether a commit has failed, after which nothing is accepted: fsync errors are not retried. */
  failure(): Error | undefined;
  /** Accepts nothing any more, because of an error that came up elsewhere. */
  stop(error: Error): void;
  /** Waits for what was added, and accepts nothing any more. */
  close(): Promise<void>;
};

type Waiting = {
  readonly task: () => unknown;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
};

export const commitQueue = (
  database: Database,
  after: () => void,
  onFailure: (error: Error) => void,
): CommitQueue => {
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');
  let waiting: Waiting[] = [];
  let failed: Error | undefined;
  let refusal: (() => Rejection) | undefined;

  const fail = (group: readonly Waiting[], error: Error) => {
    if (failed !== undefined) return;
    failed = error;
    refusal = stopped;
    attempt(database, 'rollback');
    for (const { reject: refuse } of group) refuse(stopped());
    onFailure(error);
  };

  const flush = () => {
    const group = waiting;
    waiting = [];
    if (failed !== undefined) return;
    const settled: (() => void)[] = [];
    try {
      begin.run();
      for (const one of group) settled.push(settle(one));
      commit.run();
    } catch (error) {
      fail(group, error as Error);
      return;
    }
    for (const answer of settled) answer();
    after();
  };

  return {
    add: (task) =>
      new Promise((resolve, refuse) => {
        if (refusal !== undefined) {
          refuse(refusal());
          return;
        }
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ task, resolve, reject: refuse });
      }),
    failure: () => failed,
    stop: (error) => fail(waiting.splice(0), error),
    close: () =>
      new Promise((resolve) => {
        const done = () => {
          refusal ??= closed;
          resolve();
        };
        if (waiting.length === 0) done();
        else waiting.push({ task: () => undefined, resolve: done, reject: done });
      }),
  };
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

const closed = (): Rejection =>
  reject('unavailable', '', 'The store has been closed; nothing of this was stored.');

const stopped = (): Rejection =>
  reject(
    'unavailable',
    '',
    'The store could not write to its disk and has stopped; nothing of this was stored.',
  );
