import { type Rejection, reject } from '../xapi/rejection.ts';

/** Has as many requests dealt with at once as are done soon, lets some wait, and turns the rest away at once. */
export type Admission = {
  /** In how many seconds a request had better come again; 0 when it is welcome now. */
  wait(): number;
  /**
   * Undefined when it may be dealt with at once; else resolves when it may. Whoever was let in has to leave.
   *
   * @throws Rejection `unavailable` when too many wait.
   */
  enter(): Promise<void> | undefined;
  leave(): void;
  figures(): { readonly active: number; readonly waiting: number };
};

/** So much work, in milliseconds, may be under way: the event loop is not to be kept from turning others away. */
const UNDER_WAY = 100;
const LEAST = 16;
const MOST = 512;
/** How long one may have to wait, in milliseconds, and how many may. */
const PATIENCE = 2000;
const MOST_WAITING = 1000;
/** In milliseconds: how long is counted before the pace is taken anew. */
const MEASURED = 250;

export const admission = (now: () => number = () => performance.now()): Admission => {
  const waiting: (() => void)[] = [];
  let active = 0;
  let allowed = MOST;
  /** Milliseconds from one that leaves to the next, as long as there is something to do. */
  let pace = 0;
  let done = 0;
  let busySince = 0;
  let busy = 0;

  const isFull = (): boolean => waiting.length >= MOST_WAITING || (waiting.length + active) * pace > PATIENCE;

  const measure = (): void => {
    done += 1;
    const moment = now();
    const spent = busy + moment - busySince;
    if (spent < MEASURED) return;
    pace = pace === 0 ? spent / done : 0.7 * pace + 0.3 * (spent / done);
    allowed = Math.min(MOST, Math.max(LEAST, Math.round(UNDER_WAY / pace)));
    done = 0;
    busy = 0;
    busySince = moment;
  };

  const start = (): void => {
    if (active === 0) busySince = now();
    active += 1;
  };

  return {
    wait: () => (isFull() ? Math.max(1, Math.ceil((waiting.length * pace) / 1000)) : 0),
    enter: () => {
      if (active < allowed) {
        start();
        return undefined;
      }
      if (isFull()) throw tooMany();
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
    leave: () => {
      measure();
      active -= 1;
      if (active === 0) busy += now() - busySince;
      while (active < allowed) {
        const resolve = waiting.shift();
        if (resolve === undefined) return;
        start();
        resolve();
      }
    },
    figures: () => ({ active, waiting: waiting.length }),
  };
};

/** Nothing of it has been looked at. */
export const tooMany = (): Rejection =>
  reject('unavailable', '', 'More requests come than can be dealt with; nothing of this one was stored.');
