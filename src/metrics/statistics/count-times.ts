import type { ENDED_BY, SurvivalCounts } from './survival-counts.ts';

/** Subjects, each by when and how it ended ({@link ENDED_BY}); who `entry` (if given) says entered late. */
export type Subjects = {
  /** Since the origin, not below 0. */
  readonly time: ArrayLike<number>;
  readonly endedBy: ArrayLike<number>;
  /** When observation began, since the origin; up to 0: from the start. */
  readonly entry?: ArrayLike<number>;
};

export type CountedTimes = Required<SurvivalCounts> & {
  readonly subjects: number;
  /** Left out, since they ended no later than they entered. */
  readonly neverAtRisk: number;
};

/** The times at which subjects end, and where the first stands that is not before a given one. */
type Places = { readonly times: Float64Array; readonly placeOf: (time: number) => number };

/** Whole times up to a modest one, such as days, stand in a table. */
const wholeTimes = (time: ArrayLike<number>): Places | undefined => {
  let last = 0;
  for (let i = 0; i < time.length; i += 1) {
    const t = time[i] ?? 0;
    if (!Number.isInteger(t)) return undefined;
    if (t > last) last = t;
  }
  if (last > 4 * time.length + 4096) return undefined;
  return { times: Float64Array.from({ length: last + 1 }, (_, t) => t), placeOf: Math.ceil };
};

/** Other times are sorted, each once, and looked for by halves. */
const anyTimes = (time: ArrayLike<number>): Places => {
  const sorted = Float64Array.from(time).sort();
  const times = sorted.filter((t, i) => i === 0 || t !== sorted[i - 1]);
  const placeOf = (t: number): number => {
    let lo = 0;
    let hi = times.length;
    while (lo < hi) {
      const middle = (lo + hi) >> 1;
      if ((times[middle] ?? 0) < t) lo = middle + 1;
      else hi = middle;
    }
    return lo;
  };
  return { times, placeOf };
};

const increment = (counts: Float64Array, at: number): void => {
  counts[at] = (counts[at] ?? 0) + 1;
};

/** Who enters between two times is at risk at the second; who enters before the first was there from the start. */
const addEntry = (entries: Float64Array, { times, placeOf }: Places, from: number): void => {
  const at = placeOf(from);
  const place = times[at] === from ? at : at - 1;
  if (place >= 0) increment(entries, place);
};

/** Counts subjects by time, as the survival curves want them. */
export const countTimes = ({ time, endedBy, entry }: Subjects): CountedTimes => {
  const places = wholeTimes(time) ?? anyTimes(time);
  const zeros = (): Float64Array => new Float64Array(places.times.length);
  const [censored, events, competing, entries] = [zeros(), zeros(), zeros(), zeros()];
  /** In the order of ENDED_BY. */
  const lists = [censored, events, competing];
  let neverAtRisk = 0;
  for (let i = 0; i < time.length; i += 1) {
    const t = time[i] as number;
    const from = entry === undefined ? 0 : (entry[i] as number);
    const isLate = from > 0;
    if (isLate && t <= from) {
      neverAtRisk += 1;
      continue;
    }
    increment(lists[endedBy[i] as number] as Float64Array, places.placeOf(t));
    if (isLate) addEntry(entries, places, from);
  }
  const subjects = time.length - neverAtRisk;
  return { times: places.times, events, competing, censored, entries, subjects, neverAtRisk };
};
