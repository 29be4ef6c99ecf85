import { orderStatistics } from './order-statistics.ts';

/** Whole numbers within so many are counted; all else is selected from a copy. */
const COUNTABLE = 4096;

/** Where a quantile stands among n sorted values by type 7 of Hyndman and Fan: between place `below` and the next. */
const placeOf = (p: number, n: number): { below: number; share: number } => {
  const place = (n - 1) * p;
  const below = Math.min(n - 1, Math.floor(place));
  return { below, share: place - below };
};

const between = (low: number, high: number, share: number): number =>
  share === 0 ? low : low + share * (high - low);

/**
 * Type 7 quantiles of values that are given as counts: `counts[i]` times `values[i]`, ascending. Empty if nothing was
 * counted.
 */
export const quantilesOfCounts = (
  values: ArrayLike<number>,
  counts: ArrayLike<number>,
  probabilities: readonly number[],
): readonly number[] => {
  const upTo = new Float64Array(counts.length);
  let n = 0;
  for (let i = 0; i < counts.length; i += 1) {
    n += counts[i] as number;
    upTo[i] = n;
  }
  if (n === 0) return [];
  const at = (place: number): number => values[upTo.findIndex((count) => count > place)] as number;
  return probabilities.map((p) => {
    const { below, share } = placeOf(p, n);
    return between(at(below), at(Math.min(n - 1, below + 1)), share);
  });
};

/** The least and the greatest, if all are whole numbers. */
const wholeRange = (values: ArrayLike<number>): [least: number, greatest: number] | undefined => {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (value !== Math.floor(value)) return undefined;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
};

const counted = (values: ArrayLike<number>, least: number, range: number, wanted: readonly number[]) => {
  const counts = new Float64Array(range + 1);
  for (let i = 0; i < values.length; i += 1) {
    const at = (values[i] as number) - least;
    counts[at] = (counts[at] as number) + 1;
  }
  return quantilesOfCounts(
    Float64Array.from(counts, (_, i) => least + i),
    counts,
    wanted,
  );
};

const selected = (values: ArrayLike<number>, probabilities: readonly number[]): readonly number[] => {
  const last = values.length - 1;
  const wanted = probabilities.map((p) => placeOf(p, values.length));
  const nextOf = (below: number): number => Math.min(last, below + 1);
  const found = orderStatistics(
    values,
    wanted.flatMap(({ below, share }) => (share > 0 ? [below, nextOf(below)] : [below])),
  );
  const at = (place: number): number => found.get(place) as number;
  return wanted.map(({ below, share }) => between(at(below), share > 0 ? at(nextOf(below)) : 0, share));
};

/**
 * Exact quantiles by type 7 (linear between order statistics), in the order of the probabilities (0 to 1), of values
 * in any order, none of them NaN; they are left as they are. Empty if there are none.
 */
export const quantiles = (values: ArrayLike<number>, probabilities: readonly number[]): readonly number[] => {
  if (values.length === 0) return [];
  const range = wholeRange(values);
  if (range !== undefined && range[1] - range[0] <= COUNTABLE)
    return counted(values, range[0], range[1] - range[0], probabilities);
  return selected(values, probabilities);
};
