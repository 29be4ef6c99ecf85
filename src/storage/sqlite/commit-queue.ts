import { Rejection, reject } from '../../xapi/rejection.ts';
import type { Database } from './database.ts';

/**
 * Group commit: everything that has arrived in one turn of the event loop is one transaction, and one fsync
 * answers for all of it. A task decides before it writes, so one that is rejected has left nothing behind.
 */
export type CommitQueue = {
  /** Runs `task` inside the next transaction; resolves once that is durable. */
  add<Result>(task: () => Result): Promise<Result>;
  /** Whether a commit has failed, after which nothing is accepted: fsync errors are not retried. */
  failure(): Error | undefined;
  /** Waits for what was added. */
  drained(): Promise<void>;
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

  const fail = (group: readonly Waiting[], error: Error) => {
    failed = error;
    for (const { reject: refuse } of group) refuse(stopped());
    onFailure(error);
  };

  const flush = () => {
    const group = waiting;
    waiting = [];
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
        if (failed !== undefined) {
          refuse(stopped());
          return;
        }
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ task, resolve, reject: refuse });
      }),
    failure: () => failed,
    drained: () =>
      new Promise((resolve) => {
        if (waiting.length === 0) resolve();
        else waiting.push({ task: () => undefined, resolve: resolve as () => void, reject: () => resolve() });
      }),
  };
};

/** Runs one task and answers how to tell its caller after the commit. What is no Rejection sinks the group. */
const settle = ({ task, resolve, reject: refuse }: Waiting): (() => void) => {
  try {
    const result = task();
    return () => resolve(result as never);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return () => refuse(error);
  }
};

const stopped = (): Rejection =>
  reject(
    'unavailable',
    '',
    'The store could not write to its disk and has stopped; nothing of this was stored.',
  );
