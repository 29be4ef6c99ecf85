import { type Rejection, reject } from '../xapi/rejection.ts';

/** Has as many requests dealt with at once as keep the machine busy, lets some wait, and turns the rest away at once. */
export type Admission = {
  /** In how many seconds a request had better come again; 0 when it is welcome now. */
  wait(): number;
  /** How many more are welcome. */
  room(): number;
  /** For one that is welcome: what comes after it is told that it is here. */
  arrive(): Place;
  figures(): { readonly active: number; readonly waiting: number };
};

/** The place in line of one request. */
export type Place = {
  /**
   * Undefined when it may be dealt with at once; else resolves when it may. Its body has been read, and has so many
   * bytes; from here on it has to be left.
   */
  enter(bytes?: number): Promise<void> | undefined;
  /** It has been dealt with, or is not going to be. */
  leave(): void;
};

/**
 * In bytes: bodies of so many together are dealt with at once, a tenth of a second of work or so: the event loop is not to
 * be kept from turning others away, and what waits for one commit shares it.
 */
const UNDER_WAY = 1024 * 1024;
/** The least that one counts for, in bytes, and so many are dealt with at once whatever they have. */
const LIGHT = 4096;
const ALWAYS = 16;
/** How long one may have to wait, in milliseconds, and how many may. */
const PATIENCE = 1000;
const MOST_WAITING = 1000;
/** In milliseconds: how long is counted before the pace is taken anew, and the slowest that it is taken to be. */
const MEASURED = 250;
const SLOWEST = PATIENCE / ALWAYS;

type Waiting = { readonly weight: number; readonly resolve: () => void };

export const admission = (now: () => number = () => performance.now()): Admission => {
  const waiting: Waiting[] = [];
  let active = 0;
  let held = 0;
  /** Those that wait, and those whose bodies are still being read: they are about to wait as well. */
  let ahead = 0;
  const pace = paceMeter(now);

  const mayStart = (weight: number): boolean => active < ALWAYS || held + weight <= UNDER_WAY;

  const room = (): number => {
    if (waiting.length === 0 && mayStart(LIGHT)) return MOST_WAITING;
    return Math.min(MOST_WAITING, 1 + Math.floor(PATIENCE / pace.milliseconds())) - ahead;
  };

  const start = (weight: number): void => {
    ahead -= 1;
    active += 1;
    held += weight;
  };

  const end = (weight: number): void => {
    active -= 1;
    held -= weight;
    pace.left(waiting.length > 0);
    for (let next = waiting[0]; next !== undefined && mayStart(next.weight); next = waiting[0]) {
      waiting.shift();
      start(next.weight);
      next.resolve();
    }
  };

  const arrive = (): Place => {
    let entered: number | undefined;
    ahead += 1;
    return {
      enter: (bytes) => {
        const weight = weightOf(bytes);
        entered = weight;
        if (waiting.length === 0 && mayStart(weight)) {
          start(weight);
          return undefined;
        }
        return new Promise((resolve) => {
          waiting.push({ weight, resolve });
        });
      },
      leave: () => {
        if (entered === undefined) ahead -= 1;
        else end(entered);
      },
    };
  };

  return {
    wait: () => (room() > 0 ? 0 : Math.max(1, Math.ceil((ahead * pace.milliseconds()) / 1000))),
    room,
    arrive,
    figures: () => ({ active, waiting: waiting.length }),
  };
};

/**
 * How long it takes from one that leaves to the next, as long as others wait: only then does it tell what can be done, and
 * not what comes. One that takes long by itself does not make the others seem so.
 */
const paceMeter = (now: () => number) => {
  let milliseconds = 0;
  let since: number | undefined;
  let count = 0;
  return {
    milliseconds: () => milliseconds,
    left: (othersWait: boolean): void => {
      if (!othersWait) {
        since = undefined;
        return;
      }
      if (since === undefined) {
        since = now();
        count = 0;
        return;
      }
      count += 1;
      const spent = now() - since;
      if (spent < MEASURED) return;
      const measured = Math.min(SLOWEST, spent / count);
      milliseconds = milliseconds === 0 ? measured : (milliseconds + measured) / 2;
      since = now();
      count = 0;
    },
  };
};

const weightOf = (bytes = LIGHT): number => Math.min(UNDER_WAY, Math.max(LIGHT, bytes));

/** Nothing of it has been looked at. */
export const tooMany = (): Rejection =>
  reject('unavailable', '', 'More requests come than can be dealt with; nothing of this one was stored.');
