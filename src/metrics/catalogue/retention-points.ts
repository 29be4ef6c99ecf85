import { interval } from '../cells.ts';
import { binOf, RETENTION_BINS } from '../grains/delay-bins.ts';
import { numbersOf, wholesOf } from '../query/over-rows.ts';
import { roughNumbers, scratchIntegers, scratchNumbers, scratchWholes } from '../scratch.ts';
import { clusteredRate, ratioOfSums } from '../statistics/clustered.ts';
import { denseNumbers } from '../statistics/dense-numbers.ts';
import type { CurvePoint } from '../views.ts';
import type { PairRows } from './pair-rows.ts';

/** More different delays than this are not told one by one. */
const MOST_POINTS = 100;
const SECONDS = 86_400;

/** Pairs by delay: the point of each, by its place, and what the points come to, in the order of their delays. */
export type RetentionPointsOf = {
  readonly place: Int32Array;
  readonly points: readonly CurvePoint[];
  /** The delays were too many to be told one by one. */
  readonly isCoarse: boolean;
};

/** What was kept at each delay: by the bins of metrics.md §11, or at each second that pairs have. */
export const retentionPoints = (
  rows: PairRows,
  bins: 'standard' | 'exact',
  isRate: boolean,
): RetentionPointsOf => {
  const exact = bins === 'exact' ? exactPlaces(rows.delay) : undefined;
  const { place, bounds } = exact ?? standardPlaces(rows.delay);
  const groups = groupsOf(place, bounds.length);
  const points = bounds.map(([from, to], at) => pointOf(rows, groups[at] as Uint32Array, from, to, isRate));
  return { place, points, isCoarse: bins === 'exact' && exact === undefined };
};

type Bounds = readonly [from: number, to: number | null];
type Places = { readonly place: Int32Array; readonly bounds: readonly Bounds[] };

/** Only bins that have pairs are points. */
const standardPlaces = (delay: Float64Array): Places => {
  const bins = scratchIntegers(delay.length);
  for (let at = 0; at < delay.length; at += 1) bins[at] = binOf(delay[at] as number);
  const counts = scratchWholes(RETENTION_BINS.length);
  for (const bin of bins) counts[bin] = (counts[bin] as number) + 1;
  const used = RETENTION_BINS.map((bin, at) => ({ ...bin, at })).filter(({ at }) => counts[at] !== 0);
  const places = scratchIntegers(RETENTION_BINS.length);
  for (const [place, { at }] of used.entries()) places[at] = place;
  return {
    place: placed(bins, places),
    bounds: used.map(({ from, to }) => [from, Number.isFinite(to) ? to : null]),
  };
};

const placed = (numbers: Int32Array, places: Int32Array): Int32Array => {
  const found = scratchIntegers(numbers.length);
  for (let at = 0; at < numbers.length; at += 1) found[at] = places[numbers[at] as number] as number;
  return found;
};

const exactPlaces = (delay: Float64Array): Places | undefined => {
  const seconds = roughNumbers(delay.length);
  for (let at = 0; at < seconds.length; at += 1) seconds[at] = Math.round((delay[at] as number) * SECONDS);
  const { numbers, count } = denseNumbers(seconds);
  if (count > MOST_POINTS) return undefined;
  const delays = scratchNumbers(count);
  for (let at = 0; at < numbers.length; at += 1) delays[numbers[at] as number] = seconds[at] as number;
  const order = [...delays.keys()].sort((a, b) => (delays[a] as number) - (delays[b] as number));
  const places = scratchIntegers(count);
  for (const [place, number] of order.entries()) places[number] = place;
  return {
    place: placed(numbers, places),
    bounds: order.map((number): Bounds => {
      const days = (delays[number] as number) / SECONDS;
      return [days, days];
    }),
  };
};

const groupsOf = (place: Int32Array, count: number): readonly Uint32Array[] => {
  const sizes = scratchWholes(count);
  for (const one of place) sizes[one] = (sizes[one] as number) + 1;
  const groups = Array.from(sizes, (size) => scratchWholes(size));
  sizes.fill(0);
  for (let at = 0; at < place.length; at += 1) {
    const one = place[at] as number;
    (groups[one] as Uint32Array)[sizes[one] as number] = at;
    sizes[one] = (sizes[one] as number) + 1;
  }
  return groups;
};

const pointOf = (
  rows: PairRows,
  group: Uint32Array,
  from: number,
  to: number | null,
  isRate: boolean,
): CurvePoint => {
  const pick = (values: Float64Array): Float64Array => numbersOf(group, (at) => values[at] as number);
  const person = wholesOf(group, (at) => rows.person[at] as number);
  let total = 0;
  for (const at of group) total += rows.delay[at] as number;
  const told = shareOf(pick(rows.kept), pick(rows.of), person, isRate);
  return { from, to, at: total / group.length, n: group.length, ...told };
};

/** A share with its interval, clustered by person: Wilson's for successes, by linearised variance for sums. */
export const shareOf = (
  kept: Float64Array,
  of: Float64Array,
  person: Uint32Array,
  isRate: boolean,
): Pick<CurvePoint, 'value' | 'ci' | 'persons'> => {
  const rate = isRate ? clusteredRate(kept, person) : undefined;
  if (rate !== undefined) {
    const { value, lo, hi, clusters, den } = rate;
    const method = clusters === den ? 'wilson' : 'wilson-effective-n';
    return { value, persons: clusters, ci: interval(lo, hi, method) };
  }
  const ratio = ratioOfSums({ num: kept, den: of, person });
  if (ratio === undefined) return { value: Number.NaN, persons: 0, ci: null };
  const { value, lo, hi, clusters } = ratio;
  const ci = lo === null || hi === null ? null : interval(lo, hi, 'taylor-by-person');
  return { value, persons: clusters, ci };
};
