import { parentPort, workerData } from 'node:worker_threads';
import { openMetricsFollowing } from './metrics-following.ts';
import { type MetricsMessage, type MetricsTold, metricsTurns } from './metrics-turns.ts';

/** What it is started with. */
export type MetricsThreadData = { readonly folder: string; readonly keptFrom: number | undefined };

/** In milliseconds: how soon it is looked again for what is waited for, and after something went wrong. */
const SOON = 5;
const LATER = 1000;
/** In milliseconds: after so long without anything to do, what is likely to be asked for is made ready. */
const QUIET = 300;

/** A thread that follows the log into metrics and answers questions from them, so that neither holds up who stores. */
const { folder, keptFrom } = workerData as MetricsThreadData;
const following = await openMetricsFollowing(folder, keptFrom);
const tell = (what: MetricsTold): void => parentPort?.postMessage(what);
const turns = metricsTurns(following, tell);
let isRunning = false;
let soon: NodeJS.Timeout | undefined;

const run = (): void => {
  isRunning = false;
  try {
    // What an answer has put off is measured as long as nothing else is to be done.
    if (turns.take()) start();
    else if (turns.isAwaited()) startIn(SOON);
    else prepareOnceQuiet();
  } catch (error) {
    tell({ problem: String((error as Error).message) });
    startIn(turns.answerAnyhow() ? SOON : LATER);
  }
};

const startIn = (ms: number): void => {
  clearTimeout(soon);
  soon = setTimeout(start, ms);
};

/** Whoever asks is told what is wrong; nobody has asked for this, and the next part may be had. */
const prepared = (): boolean => {
  try {
    return following.prepare();
  } catch (error) {
    tell({ problem: String((error as Error).stack) });
    return true;
  }
};

/** Whatever comes meanwhile goes first, but for those who only ask how far metrics have come. */
const prepareOnceQuiet = (): void => {
  clearTimeout(soon);
  soon = setTimeout(
    () => {
      if (!isRunning && prepared()) prepareOnceQuiet();
    },
    Math.max(0, QUIET - turns.quietFor()),
  );
};

const start = (): void => {
  if (isRunning) return;
  isRunning = true;
  setImmediate(run);
};

parentPort?.on('message', (message: MetricsMessage | 'close') => {
  if (message === 'close') {
    following.close();
    process.exit(0);
  }
  turns.hear(message);
  start();
});
