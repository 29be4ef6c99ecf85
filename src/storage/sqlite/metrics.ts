import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Metrics, MetricsProgress, Outcome, Question } from '../../metrics/metrics.ts';
import type { Position } from '../../statements/statement-query.ts';
import { type Reason, Rejection, reject } from '../../xapi/rejection.ts';
import type { StorageOptions } from '../storage.ts';
import type { HeadWatchers } from './head-watchers.ts';
import type { Log } from './log.ts';
import { type MetricsFollowing, openMetricsFollowing } from './metrics-following.ts';
import type { MetricsThreadData } from './metrics-thread.ts';
import type { MetricsMessage, MetricsTold } from './metrics-turns.ts';

export type SqliteMetrics = { readonly metrics: Metrics; close(): Promise<void> };

type Asked = { readonly resolve: (json: string) => void; readonly reject: (error: Error) => void };

/** In milliseconds: when a thread that has ended is started again, and how long one has to close. */
const AGAIN_AFTER = 1000;
const CLOSES_IN = 8000;
const NO_WAIT = { atLeast: 0, patience: 0 };

/**
 * Metrics in a thread of their own, when there are scripts for one; else here, in the turn of whoever asks. They follow
 * the log from the beginning if that is wished, else from the first question on.
 */
export const sqliteMetrics = (
  { threads, metrics = 'asked', tuning }: Pick<StorageOptions, 'threads' | 'metrics' | 'tuning'>,
  folder: string,
  log: Pick<Log, 'durable'>,
  watchers: HeadWatchers,
): SqliteMetrics => {
  if (metrics === 'off') return NO_METRICS;
  const keptFrom = tuning?.metricsKeptFrom;
  if (threads === undefined) return metricsHere(folder, keptFrom);
  const script = join(threads, 'metrics-thread.js');
  const thread = metricsThread(script, { folder, keptFrom }, log, watchers);
  if (metrics === 'follow') thread.start();
  return thread;
};

const NO_METRICS: SqliteMetrics = {
  metrics: {
    ask: async () => {
      throw reject('unavailable', '', 'This server keeps no metrics: CAIRN_LEARNING_METRICS is off.');
    },
    progress: () => ({ upto: 0 }),
  },
  close: async () => undefined,
};

const metricsThread = (
  script: string,
  workerData: MetricsThreadData,
  log: Pick<Log, 'durable'>,
  watchers: HeadWatchers,
): SqliteMetrics & { start(): Worker } => {
  const asked = new Map<number, Asked>();
  let worker: Worker | undefined;
  let end: Promise<unknown> | undefined;
  let unwatch = (): void => undefined;
  let isClosing = false;
  let next = 0;
  let progress: MetricsProgress = { upto: 0 };
  const take = (told: MetricsTold): void => {
    if ('upto' in told) progress = told;
    else if ('asked' in told) settle(asked, told);
    else progress = { ...progress, problem: told.problem };
  };
  /** A thread that has ended unasked is started again, by whoever asks next at the latest. */
  const ended = (): void => {
    unwatch();
    worker = undefined;
    for (const one of asked.values()) one.reject(unavailable());
    asked.clear();
    if (!isClosing) setTimeout(start, AGAIN_AFTER).unref();
  };
  const start = (): Worker => {
    if (worker !== undefined) return worker;
    const started = new Worker(script, { workerData });
    started.unref();
    started.on('message', take);
    started.on('error', ({ message }) => take({ problem: message }));
    started.on('exit', ended);
    end = new Promise((resolve) => started.once('exit', resolve));
    const tellHead = (): void => started.postMessage({ head: log.durable() } satisfies MetricsMessage);
    unwatch = watchers.watch(tellHead);
    tellHead();
    worker = started;
    return started;
  };

  return {
    start,
    metrics: {
      ask: (question, wait = NO_WAIT) =>
        new Promise((resolve, refuse) => {
          next += 1;
          asked.set(next, { resolve, reject: refuse });
          start().postMessage({ ask: next, question, ...wait } satisfies MetricsMessage);
        }),
      progress: () => progress,
    },
    close: async () => {
      isClosing = true;
      unwatch();
      worker?.ref();
      worker?.postMessage('close');
      // One that is lost in a question has nothing that could not be made anew.
      const late = setTimeout(() => worker?.terminate(), CLOSES_IN);
      await end;
      clearTimeout(late);
    },
  };
};

type ToldAnswer = Extract<MetricsTold, { readonly asked: number }>;

const settle = (asked: Map<number, Asked>, told: ToldAnswer): void => {
  const one = asked.get(told.asked);
  asked.delete(told.asked);
  if ('json' in told) one?.resolve(told.json);
  else one?.reject(rejectionOf(told.rejected as Rejected));
};

type Rejected = Extract<Outcome, { readonly rejected: object }>['rejected'] | undefined;

const rejectionOf = (rejected: Rejected): Error =>
  rejected === undefined
    ? new Error('A question to metrics failed.')
    : new Rejection(rejected.reason as Reason, rejected.problems);

const unavailable = (): Rejection => reject('unavailable', '', 'Metrics are not available at this moment.');

/** Before whoever asks for a later page comes. */
const finishSoon = (following: MetricsFollowing): void => {
  setImmediate(() => {
    if (!following.finish()) finishSoon(following);
  });
};

const metricsHere = (folder: string, keptFrom: number | undefined): SqliteMetrics => {
  let opening: Promise<MetricsFollowing> | undefined;
  let upto: Position = 0;
  const answer = async (question: Question): Promise<string> => {
    opening ??= openMetricsFollowing(folder, keptFrom);
    const following = await opening;
    while (following.step());
    upto = following.upto();
    const outcome = following.answer(question);
    finishSoon(following);
    if ('json' in outcome) return outcome.json;
    throw rejectionOf(outcome.rejected);
  };
  return {
    metrics: { ask: answer, progress: () => ({ upto }) },
    close: async () => (await opening)?.close(),
  };
};
