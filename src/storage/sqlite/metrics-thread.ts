import { parentPort, workerData } from 'node:worker_threads';
import type { Question } from '../../metrics/metrics.ts';
import type { Position } from '../../statements/statement-query.ts';
import { fairTurns } from './fair-turns.ts';
import { openMetricsFollowing } from './metrics-following.ts';
import { newPace } from './pace.ts';

/** What the thread is told: how far the log has come, or a question, or to end. */
export type MetricsMessage =
  | { readonly head: Position }
  | {
      readonly ask: number;
      readonly question: Question;
      readonly atLeast: Position;
      readonly patience: number;
    }
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
/** Who would have to wait so many times as long as they would is answered at once. */
const IN_VAIN = 2;
/** In milliseconds: after so long without anything to do, what is likely to be asked for is made ready. */
const QUIET = 300;

type Waiting = Extract<MetricsMessage, { readonly ask: number }> & { readonly until: number };

/** A thread that follows the log into metrics and answers questions from them, so that neither holds up who stores. */
const { folder, keptFrom } = workerData as MetricsThreadData;
const following = await openMetricsFollowing(folder, keptFrom);
const waiting: Waiting[] = [];
const turns = fairTurns();
const pace = newPace();
let head: Position = 0;
let isRunning = false;
let soon: NodeJS.Timeout | undefined;
let told = -1;
const tell = (what: MetricsTold): void => parentPort?.postMessage(what);

const answer = ({ ask, question }: Waiting): void => {
  const began = performance.now();
  try {
    tell({ asked: ask, ...following.answer(question, head) });
  } catch (error) {
    tell({ problem: String((error as Error).stack) });
    tell({ asked: ask, rejected: undefined });
  }
  turns.answered(performance.now() - began);
};

/** Answers the first that waits for nothing any more; whether there was one. */
const answerNext = (): boolean => {
  const now = performance.now();
  const isReady = ({ until, atLeast, patience }: Waiting): boolean => {
    const ahead = Math.min(atLeast, head) - following.upto();
    // Waiting is of no use where it would be in vain.
    return ahead <= 0 || until <= now || pace.needs(ahead) > IN_VAIN * patience;
  };
  const next = waiting.find(isReady);
  if (next === undefined) return false;
  waiting.splice(waiting.indexOf(next), 1);
  answer(next);
  return true;
};

/** How old what has not been taken in yet is, as far as it is known of; milliseconds. */
const lag = (): number => {
  if (following.upto() >= head) return 0;
  return Math.max(1, Date.now() - (following.nextStored() ?? Date.now()));
};

/** Takes in what comes next; answers whether there was anything to be done. */
const follow = (): boolean => {
  const [began, upto] = [performance.now(), following.upto()];
  const went = following.step(following.upto() < head);
  // What was put off of an answer is no following, which it holds up.
  const took = following.upto() > upto ? performance.now() - began : 0;
  pace.took(following.upto() - upto, took);
  turns.followed(took, lag());
  return went;
};

/** Follows and answers in turns; whether there was anything to be done. */
const takeTurns = (): boolean => {
  // Whoever asks goes before what was put off of an answer, or is made anew, but never twice.
  const isFirst = following.upto() >= head && answerNext();
  const went = follow();
  if (following.upto() !== told) tell({ upto: following.upto() });
  told = following.upto();
  const answered = isFirst || (turns.mayAnswer() && answerNext());
  return went || answered;
};

const run = (): void => {
  isRunning = false;
  try {
    // What an answer has put off is measured as long as nothing else is to be done.
    if (takeTurns()) start();
    else if (waiting.length > 0) startIn(SOON);
    else prepareIn(QUIET);
  } catch (error) {
    tell({ problem: String((error as Error).message) });
    answerNext();
    startIn(waiting.length > 0 ? SOON : LATER);
  }
};

const startIn = (ms: number): void => {
  clearTimeout(soon);
  soon = setTimeout(start, ms);
};

/** Whoever asks is told what is wrong; nobody has asked for this. */
const prepared = (): boolean => {
  try {
    return following.prepare();
  } catch (error) {
    tell({ problem: String((error as Error).stack) });
    return false;
  }
};

const prepareIn = (ms: number): void => {
  clearTimeout(soon);
  soon = setTimeout(() => {
    // Whatever has come meanwhile goes first.
    if (!isRunning && prepared()) prepareIn(0);
  }, ms);
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
    waiting.push({ ...message, until: performance.now() + message.patience });
  }
  start();
});
