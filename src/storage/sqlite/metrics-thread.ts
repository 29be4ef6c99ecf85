import { parentPort, workerData } from 'node:worker_threads';
import type { Question } from '../../metrics/metrics.ts';
import type { Wait } from '../../metrics/read-consistency.ts';
import type { Position } from '../../statements/statement-query.ts';
import { openMetricsFollowing } from './metrics-following.ts';

/** What the thread is told: how far the log has come, or a question, or to end. */
export type MetricsMessage =
  | { readonly head: Position }
  | (Wait & { readonly ask: number; readonly question: Question })
  | 'close';

/** What it tells: how far it has come, or what became of a question. */
export type MetricsTold =
  | { readonly upto: Position }
  | { readonly asked: number; readonly json: string }
  | { readonly asked: number; readonly rejected: unknown }
  | { readonly problem: string };

/** What it is started with. */
export type MetricsThreadData = { readonly folder: string; readonly keptFrom: number | undefined };

/** In milliseconds: how soon it is looked again for what is waited for, and after something went wrong. */
const SOON = 5;
const LATER = 1000;

/**
 * In milliseconds. Much of what a question needs is reckoned of all rows, and holds until something else is taken in. As
 * long as questions come, entries are therefore taken in by the burst, and none for a while once all are in.
 */
const BURST = 100;
const REST = 500;
/** For so long after a question others are likely to come. */
const ASKED_WITHIN = 1000;
/** Fewer entries than this are taken in for whoever asks, rest or no rest. */
const FEW = 200;

type Waiting = Extract<MetricsMessage, { readonly ask: number }> & { readonly until: number };

/** A thread that follows the log into metrics and answers questions from them, so that neither holds up who stores. */
const { folder, keptFrom } = workerData as MetricsThreadData;
const following = await openMetricsFollowing(folder, keptFrom);
const waiting: Waiting[] = [];
let head: Position = 0;
let isRunning = false;
let soon: NodeJS.Timeout | undefined;
let told = -1;

/** When the last question came that needs more than to be told how far all is, and until when no more is taken in. */
let lastAsked = Number.NEGATIVE_INFINITY;
let restsUntil = 0;

const tell = (what: MetricsTold): void => parentPort?.postMessage(what);

const answer = ({ ask, question }: Waiting): void => {
  try {
    tell({ asked: ask, ...following.answer(question, head) });
  } catch (error) {
    tell({ problem: String((error as Error).stack) });
    tell({ asked: ask, rejected: undefined });
  }
};

/** Whether something is waited for that has not been taken in. */
const isAwaited = ({ atLeast, isNamed = true }: Waiting): boolean => {
  const upto = following.upto();
  const rests = performance.now() < restsUntil && head - upto > FEW;
  return upto < Math.min(atLeast, head) && (isNamed || !rests);
};

/** Answers those that wait for nothing any more; whether there were any. */
const answerReady = (): boolean => {
  const now = performance.now();
  let any = false;
  for (const one of waiting.splice(0)) {
    const isReady = one.until <= now || !isAwaited(one);
    if (isReady) answer(one);
    else waiting.push(one);
    any ||= isReady;
  }
  return any;
};

/** Takes in what has come, for a while; answers whether there may be more. */
const follow = (): boolean => {
  // In a rest, too: whoever comes for a later page within a few seconds is to find it.
  if (!following.finish()) return true;
  const now = performance.now();
  if (now < restsUntil && !waiting.some(isAwaited)) return false;
  const isAsked = now < lastAsked + ASKED_WITHIN;
  let goesOn = following.step();
  while (isAsked && goesOn && performance.now() < now + BURST) goesOn = following.step();
  if (isAsked && !goesOn) restsUntil = performance.now() + REST;
  return goesOn;
};

const run = (): void => {
  isRunning = false;
  try {
    const went = follow();
    if (following.upto() !== told) tell({ upto: following.upto() });
    told = following.upto();
    const answered = answerReady();
    if (went || answered) start();
    else if (waiting.length > 0) startIn(SOON);
    else if (following.upto() < head) startIn(Math.max(SOON, restsUntil - performance.now()));
  } catch (error) {
    tell({ problem: String((error as Error).message) });
    answerReady();
    startIn(waiting.length > 0 ? SOON : LATER);
  }
};

const startIn = (ms: number): void => {
  clearTimeout(soon);
  soon = setTimeout(start, ms);
};

const start = (): void => {
  if (isRunning) return;
  isRunning = true;
  setImmediate(run);
};

parentPort?.on('message', (message: MetricsMessage) => {
  if (message === 'close') {
    following.close();
    process.exit(0);
  }
  if ('head' in message) head = Math.max(head, message.head);
  else {
    head = Math.max(head, message.atLeast);
    if (message.question.kind !== 'freshness') lastAsked = performance.now();
    waiting.push({ ...message, until: performance.now() + message.patience });
  }
  start();
});
