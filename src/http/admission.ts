import { type Rejection, reject } from '../xapi/rejection.ts';

/** Has as many requests dealt with at once as keep the machine busy, lets some wait, and turns the rest away at once. */
export type Admission = {
  /** In how many seconds a request had better come again; 0 when it is welcome now. */
  wait(): number;
  /** Counts one whose body is still to be read; it is over when what is answered is called. */
  arrive(): () => void;
  /**
   * Undefined when it may be dealt with at once; else resolves when it may. Whoever was let in has to leave, with the
   * same bytes, those of its body.
   *
   * @throws Rejection `unavailable` when too many wait.
   */
  enter(bytes?: number): Promise<void> | undefined;
  leave(bytes?: number): void;
  figures(): { readonly active: number; readonly waiting: number };
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
const PATIENCE = 2000;
const MOST_WAITING = 1000;
/** In milliseconds: how long is counted before the pace is taken anew, and the slowest that it is taken to be. */
const MEASURED = 250;
const SLOWEST = PATIENCE / ALWAYS;

type Waiting = { readonly weight: number; readonly resolve: () => void };

export const admission = (now: () => number = () => performance.now()): Admission => {
  const waiting: Waiting[] = [];
  let active = 0;
  let held = 0;
  let arrived = 0;
  const pace = paceMeter(now);

  const mayStart = (weight: number): boolean => active < ALWAYS || held + weight <= UNDER_WAY;

  /** Those whose bodies are being read are about to wait as well. */
  const ahead = (): number => Math.max(waiting.length, arrived - active);

  const isFull = (): boolean =>
    !mayStart(LIGHT) && (ahead() >= MOST_WAITING || ahead() * pace.milliseconds() > PATIENCE);

  const start = (weight: number): void => {
    active += 1;
    held += weight;
  };

  return {
    wait: () => (isFull() ? Math.max(1, Math.ceil((ahead() * pace.milliseconds()) / 1000)) : 0),
    arrive: () => {
      arrived += 1;
      let isHere = true;
      return () => {
        if (isHere) arrived -= 1;
        isHere = false;
      };
    },
    enter: (bytes) => {
      const weight = weightOf(bytes);
      if (waiting.length === 0 && mayStart(weight)) {
        start(weight);
        return undefined;
      }
      if (isFull()) throw tooMany();
      return new Promise((resolve) => {
        waiting.push({ weight, resolve });
      });
    },
    leave: (bytes) => {
      active -= 1;
      held -= weightOf(bytes);
      pace.left(waiting.length > 0);
      for (let next = waiting[0]; next !== undefined && mayStart(next.weight); next = waiting[0]) {
        waiting.shift();
        start(next.weight);
        next.resolve();
      }
    },
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
