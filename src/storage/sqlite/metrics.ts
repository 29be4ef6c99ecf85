import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Metrics, Outcome, Question } from '../../metrics/metrics.ts';
import type { Position } from '../../statements/statement-query.ts';
import { type Reason, Rejection, reject } from '../../xapi/rejection.ts';
import type { Tuning } from '../storage.ts';
import type { HeadWatchers } from './head-watchers.ts';
import type { Log } from './log.ts';
import { type MetricsFollowing, openMetricsFollowing } from './metrics-following.ts';
import type { MetricsMessage, MetricsThreadData, MetricsTold } from './metrics-thread.ts';

export type SqliteMetrics = { readonly metrics: Metrics; close(): Promise<void> };

type Asked = { readonly resolve: (json: string) => void; readonly reject: (error: Error) => void };

const NO_WAIT = { atLeast: 0, patience: 0 };

/** Metrics in a thread of their own, when there are scripts for one; else they are brought up when they are asked. */
export const sqliteMetrics = (
  scripts: string | undefined,
  folder: string,
  log: Pick<Log, 'durable'>,
  watchers: HeadWatchers,
  { metricsKeptFrom: keptFrom }: Tuning = {},
): SqliteMetrics =>
  scripts === undefined
    ? metricsHere(folder, keptFrom)
    : metricsThere(join(scripts, 'metrics-thread.js'), { folder, keptFrom }, log, watchers);

const metricsThere = (
  script: string,
  workerData: MetricsThreadData,
  log: Pick<Log, 'durable'>,
  watchers: HeadWatchers,
): SqliteMetrics => {
  const worker = new Worker(script, { workerData });
  worker.unref();
  const asked = new Map<number, Asked>();
  let next = 0;
  let upto: Position = 0;
  let problem: string | undefined;
  const ended = (error: Error): void => {
    problem = error.message;
    for (const one of asked.values()) one.reject(unavailable());
    asked.clear();
  };
  worker.on('message', (told: MetricsTold) => {
    if ('upto' in told) {
      upto = told.upto;
      problem = undefined;
    } else if ('asked' in told) settle(asked, told);
    else problem = told.problem;
  });
  worker.on('error', ended);
  worker.on('exit', () => ended(new Error('The thread of metrics has ended.')));
  const send = (message: MetricsMessage): void => worker.postMessage(message);
  const unwatch = watchers.watch(() => send({ head: log.durable() }));
  send({ head: log.durable() });

  return {
    metrics: {
      ask: (question, wait = NO_WAIT) =>
        new Promise((resolve, refuse) => {
          next += 1;
          asked.set(next, { resolve, reject: refuse });
          send({ ask: next, question, ...wait });
        }),
      progress: () => ({ upto, ...(problem === undefined ? {} : { problem }) }),
    },
    close: async () => {
      unwatch();
      if (problem?.includes('has ended') === true) return;
      worker.ref();
      const end = new Promise((resolve) => worker.once('exit', resolve));
      send('close');
      await end;
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

const metricsHere = (folder: string, keptFrom: number | undefined): SqliteMetrics => {
  let opening: Promise<MetricsFollowing> | undefined;
  let upto: Position = 0;
  const answer = async (question: Question): Promise<string> => {
    opening ??= openMetricsFollowing(folder, keptFrom);
    const following = await opening;
    while (following.step());
    upto = following.upto();
    const outcome = following.answer(question);
    if ('json' in outcome) return outcome.json;
    throw rejectionOf(outcome.rejected);
  };
  return {
    metrics: { ask: answer, progress: () => ({ upto }) },
    close: async () => (await opening)?.close(),
  };
};
