import type { Moment, Rows } from '../grains/grain.ts';
import { numbersOf, rowsUpTo, wholesOf } from '../query/over-rows.ts';
import { DAY } from '../query/zone.ts';
import { roughNumbers, roughWholes, scratchBytes } from '../scratch.ts';
import type { Subjects } from '../statistics/count-times.ts';
import { ENDED_BY } from '../statistics/survival-counts.ts';

/** What starts and ends the time of a row. */
export type Clock = {
  readonly origin: Moment;
  readonly event: Moment;
  /** What may come first, so that the event cannot come any more. */
  readonly competing: Moment;
  /** The last moment under observation. */
  readonly until: Moment;
  /** When observation began; NaN for the origin. */
  readonly entry?: Moment;
  /** What becomes of rows whose event was before the origin: left out, or counted on day 0. */
  readonly prior: 'exclude' | 'zero';
};

export type CollectedTimes = {
  /** The rows that are counted, in their order. */
  readonly counted: Uint32Array;
  readonly subjects: Subjects;
  readonly person: Uint32Array;
  /** Rows that were left out: without an origin, with one after the last observation, over before it, had it before it. */
  readonly excluded: { readonly undated: number; notBegun: number; over: number; prior: number };
  /** How many are counted on day 0 whose event was before the origin. */
  readonly atZero: number;
};

/**
 * The days (whole ones, rounded down) from the origin to what came first. An event counts on the very day of what
 * competes with it, and on the last day of observation.
 */
export const collectTimes = (
  { person }: Pick<Rows, 'person'>,
  rows: Uint32Array,
  clock: Clock,
): CollectedTimes => {
  const { length } = rows;
  const { places, columns } = momentsOf(rows, clock);
  const [origins, events, others, ends, entries] = columns;
  const whose = wholesOf(rows, person);
  const time = roughNumbers(length);
  const entry = roughNumbers(entries === undefined ? 0 : length);
  const endedBy = scratchBytes(length);
  const [counted, persons] = [roughWholes(length), roughWholes(length)];
  const excluded = { undated: 0, notBegun: 0, over: 0, prior: 0 };
  let [n, atZero] = [0, 0];
  for (let place = 0; place < length; place += 1) {
    const at = places[place] as number;
    const origin = origins[at] as number;
    const event = daysSince(origin, events[at] as number);
    const other = daysSince(origin, others[at] as number);
    const last = daysSince(origin, ends[at] as number);
    const why = reasonToLeaveOut(event, other, last, clock.prior);
    if (why !== undefined) {
      excluded[why] += 1;
      continue;
    }
    if (event < 0) atZero += 1;
    endedBy[n] = endOf(event, other, last);
    time[n] = timeOf(endedBy[n] as number, event, other, last);
    if (entries !== undefined) entry[n] = entryOf(origin, entries[at] as number);
    counted[n] = rows[place] as number;
    persons[n] = whose[place] as number;
    n += 1;
  }
  return {
    counted: counted.subarray(0, n),
    subjects: {
      time: time.subarray(0, n),
      endedBy: endedBy.subarray(0, n),
      ...(clock.entry === undefined ? {} : { entry: entry.subarray(0, n) }),
    },
    person: persons.subarray(0, n),
    excluded,
    atZero,
  };
};

const placesUpTo = (length: number): Uint32Array => rowsUpTo(length, () => true);

type Moments = readonly [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array | undefined];

/** Origin, event, what competes, end and entry: those of all rows, where they are had so, or of these; and where each row's stand. */
const momentsOf = (
  rows: Uint32Array,
  { origin, event, competing, until, entry }: Clock,
): { readonly places: Uint32Array; readonly columns: Moments } => {
  const areAll = [origin, event, competing, until, entry ?? origin].every(({ all }) => all !== undefined);
  const column = (moment: Moment): Float64Array =>
    (areAll ? moment.all?.() : undefined) ?? numbersOf(rows, moment);
  const last = entry === undefined ? undefined : column(entry);
  return {
    places: areAll ? rows : placesUpTo(rows.length),
    columns: [column(origin), column(event), column(competing), column(until), last],
  };
};

/** Who was there before the origin, or of whom nothing else is known, was there from the start. */
const entryOf = (origin: number, entered: number): number => Math.max(0, daysSince(origin, entered)) || 0;

const daysSince = (origin: number, moment: number): number => Math.floor((moment - origin) / DAY);

const reasonToLeaveOut = (
  event: number,
  other: number,
  last: number,
  prior: Clock['prior'],
): keyof CollectedTimes['excluded'] | undefined => {
  if (Number.isNaN(last)) return 'undated';
  if (last < 0) return 'notBegun';
  if (other < 0) return 'over';
  return event < 0 && prior === 'exclude' ? 'prior' : undefined;
};

const endOf = (event: number, other: number, last: number): number => {
  const happened = Math.max(0, event);
  if (happened <= last && !(other < happened)) return ENDED_BY.event;
  return other <= last ? ENDED_BY.competing : ENDED_BY.censoring;
};

const timeOf = (endedBy: number, event: number, other: number, last: number): number => {
  if (endedBy === ENDED_BY.event) return Math.max(0, event);
  return endedBy === ENDED_BY.competing ? other : last;
};
