import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** When to kill: at a random moment of the load, or when the store is seen to do something delicate. */

const LONGEST_WAIT_MILLISECONDS = 6000;
const LONGEST_LOAD_MILLISECONDS = 700;

const sizeOf = (path) => {
  const { size = 0, mtimeMs = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return `${size} ${mtimeMs}`;
};

/** Answers whether it was seen to change. */
const untilChanged = async (path) => {
  const before = sizeOf(path);
  const until = performance.now() + LONGEST_WAIT_MILLISECONDS;
  while (sizeOf(path) === before && performance.now() < until) await sleep(1);
  return sizeOf(path) !== before;
};

const MOMENTS = {
  load: async (random) => sleep(20 + random() * LONGEST_LOAD_MILLISECONDS),
  /** The index is being written: a flush has begun, and may be over when the signal comes. */
  flush: async (random, folder) => {
    const seen = await untilChanged(join(folder, 'index.db-wal'));
    await sleep(random() * 60);
    return seen;
  },
  /** SQLite copies its write-ahead log into the log's own file. */
  checkpoint: async (random, folder) => {
    const seen = await untilChanged(join(folder, 'log.db'));
    await sleep(random() * 5);
    return seen;
  },
  /** Metrics keep a part of what they know. */
  keep: async (random, folder) => {
    const seen = await untilChanged(join(folder, 'metrics.db-wal'));
    await sleep(random() * 8);
    return seen;
  },
  /** Before it listens: while it opens, or brings the index up to the log. Node itself needs the first part. */
  start: async (random, _folder, startMilliseconds) => sleep((0.3 + 0.7 * random()) * startMilliseconds),
};

/** @typedef {keyof typeof MOMENTS} Moment */

/** Which moments come in which order; every ten kills have them all. */
const ORDER = ['load', 'load', 'start', 'load', 'flush', 'load', 'checkpoint', 'load', 'start', 'load'];

/** @returns {Moment} */
export const momentOf = (kill) => /** @type {Moment} */ (ORDER[kill % ORDER.length]);

/**
 * Waits for a moment of that kind; answers which kind it was after all: what does not come in time is mere load.
 * @param {Moment} moment
 * @param {() => number} random
 * @param {string} folder of the data
 * @param {number} [startMilliseconds] how long the last start took
 * @returns {Promise<Moment>}
 */
export const untilMoment = async (moment, random, folder, startMilliseconds = 500) =>
  (await MOMENTS[moment](random, folder, startMilliseconds)) === false ? 'load' : moment;
