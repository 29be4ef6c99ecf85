import { type Rejection, reject } from '../xapi/rejection.ts';

/** Has as many requests dealt with at once as keep the machine busy, lets some wait, and turns the rest away at once. */
export type Admission = {
  /** In how many seconds a request had better come again; 0 when it is welcome now. */
  wait(): number;
  /** How many more are welcome. */
  room(): number;
  /** For one that is welcome, with so many bytes as it says: what comes after it is told that it is here. */
  arrive(bytes?: number): Place;
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
 * In bytes: bodies of so many together are dealt with at once, a twentieth of a second of work or so: what waits for one
 * commit shares it.
 */
const UNDER_WAY = 1024 * 1024;
/** The least that one counts for, in bytes, and so many are dealt with at once whatever they have. */
const LIGHT = 4096;
const ALWAYS = 16;
/** How long one may have to wait, in milliseconds, and how many may. */
const PATIENCE = 1000;
const MOST_WAITING = 1000;
/** In milliseconds: how long a body may take to come before nobody counts on it any more. */
const SOON = 1000;
/** In milliseconds: how long is counted before the pace is taken anew. */
const MEASURED = 250;
/** In milliseconds a byte: what the pace is until it is known, and the slowest that it is taken to be. */
const LIKELY = 50 / UNDER_WAY;
const SLOWEST = PATIENCE / ALWAYS / LIGHT;

type Waiting = { readonly weight: number; readonly resolve: () => void };
/** One whose body is still being read. */
type Coming = { readonly weight: number; readonly since: number };

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a closure over one state; each operation is short
export const admission = (now: () => number = () => performance.now()): Admission => {
  const waiting: Waiting[] = [];
  const coming = new Set<Coming>();
  let active = 0;
  let held = 0;
  /** What those that wait weigh, and those that come: they are about to wait as well. */
  let ahead = 0;
  const pace = paceMeter(now);

  const mayStart = (weight: number): boolean => active < ALWAYS || held + weight <= UNDER_WAY;

  const arrived = (one: Coming): void => {
    if (coming.delete(one)) ahead -= one.weight;
  };

  /** A body that is slow in coming keeps nobody else away. */
  const forgetSlow = (): void => {
    for (const one of coming) {
      if (now() - one.since < SOON) return;
      arrived(one);
    }
  };

  const seconds = (): number => (ahead * pace.ofByte()) / 1000;

  const room = (): number => {
    forgetSlow();
    if (waiting.length === 0 && mayStart(LIGHT)) return MOST_WAITING;
    const time = Math.floor((PATIENCE / pace.ofByte() - ahead) / LIGHT) + 1;
    return Math.min(MOST_WAITING - waiting.length - coming.size, time);
  };

  const start = (weight: number): void => {
    active += 1;
    held += weight;
  };

  const end = (weight: number): void => {
    active -= 1;
    held -= weight;
    pace.left(weight, waiting.length > 0);
    for (let next = waiting[0]; next !== undefined && mayStart(next.weight); next = waiting[0]) {
      waiting.shift();
      ahead -= next.weight;
      start(next.weight);
      next.resolve();
    }
  };

  const enter = (weight: number): Promise<void> | undefined => {
    if (waiting.length === 0 && mayStart(weight)) {
      start(weight);
      return undefined;
    }
    ahead += weight;
    return new Promise((resolve) => {
      waiting.push({ weight, resolve });
    });
  };

  const arrive = (bytes?: number): Place => {
    const one = { weight: weightOf(bytes), since: now() };
    let entered: number | undefined;
    coming.add(one);
    ahead += one.weight;
    return {
      enter: (read) => {
        arrived(one);
        entered = weightOf(read);
        return enter(entered);
      },
      leave: () => {
        arrived(one);
        if (entered !== undefined) end(entered);
      },
    };
  };

  return {
    wait: () => (room() > 0 ? 0 : Math.max(1, Math.ceil(seconds()))),
    room,
    arrive,
    figures: () => ({ active, waiting: waiting.length }),
  };
};

/**
 * How long it takes from one that leaves to the next, by what they weigh, as long as others wait: only then does it tell
 * what can be done, and not what comes. One that takes long by itself does not make the others seem so.
 */
const paceMeter = (now: () => number) => {
  let ofByte: number | undefined;
  let since: number | undefined;
  let weighed = 0;
  return {
    ofByte: () => ofByte ?? LIKELY,
    left: (weight: number, othersWait: boolean): void => {
      if (!othersWait) {
        since = undefined;
        return;
      }
      if (since === undefined) {
        since = now();
        weighed = 0;
        return;
      }
      weighed += weight;
      const spent = now() - since;
      if (spent < MEASURED) return;
      const measured = Math.min(SLOWEST, spent / weighed);
      ofByte = ofByte === undefined ? measured : (ofByte + measured) / 2;
      since = now();
      weighed = 0;
    },
  };
};

const weightOf = (bytes = LIGHT): number => Math.min(UNDER_WAY, Math.max(LIGHT, bytes));

/** Nothing of it has been looked at. */
export const tooMany = (): Rejection =>
  reject('unavailable', '', 'More requests come than can be dealt with; nothing of this one was stored.');
