import type { Rows } from './grains/grain.ts';
import type { Judged } from './judged.ts';
import { clusteredRate, ratioOfSums } from './statistics/clustered.ts';
import { countDifferent } from './statistics/dense-numbers.ts';
import type { CountCell, Evidence, Interval, MeanCell, RateCell } from './views.ts';

/** Below so many a value is marked. */
const FEW = 30;

/** How many distinct persons some rows are about. */
export const personsOf = ({ person }: Pick<Rows, 'person'>, rows: Uint32Array): number =>
  countDifferent(rows, person.all());

export const interval = (lo: number, hi: number, method: string): Interval => ({
  lo,
  hi,
  level: 0.95,
  method,
});

export const countCell = (value: number, persons: number): CountCell => ({ value, persons });

type Excluded = Evidence['excluded'];

/** Only what has been left out. */
export const excluding = (
  counts: Readonly<Record<string, number>>,
): { excluded?: Record<string, number> } => {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.length === 0 ? {} : { excluded: Object.fromEntries(some) };
};

/** Marks what few rows stand behind. */
export const few = (n: number): { lowN?: true } => (n > 0 && n < FEW ? { lowN: true } : {});

/**
 * A rate with Wilson's interval, by the effective n where persons have several of what it counts (metrics.md §11); with
 * one by linearised variance where each counts for more than one.
 */
export const rateCell = ({ num, of, person, excluded }: Judged): RateCell =>
  of === undefined
    ? { ...shareCell(num, person), ...excluding(excluded) }
    : { ...quotientCell(num, of, person), ...excluding(excluded) };

const NOTHING: RateCell = { value: null, num: 0, den: 0, ci: null, persons: 0 };

const shareCell = (success: ArrayLike<number>, person: Uint32Array): RateCell => {
  const rate = clusteredRate(success, person);
  if (rate === undefined) return NOTHING;
  const { value, num, den, lo, hi, clusters } = rate;
  const method = clusters === den ? 'wilson' : 'wilson-effective-n';
  return { value, num, den, ci: interval(lo, hi, method), persons: clusters, ...few(den) };
};

const quotientCell = (num: ArrayLike<number>, den: ArrayLike<number>, person: Uint32Array): RateCell => {
  const ratio = ratioOfSums({ num, den, person });
  if (ratio === undefined) return NOTHING;
  const { value, lo, hi, clusters } = ratio;
  const ci =
    lo === null || hi === null ? null : interval(Math.max(0, lo), Math.min(1, hi), 'taylor-by-person');
  return { value, num: sum(num), den: sum(den), ci, persons: clusters, ...few(clusters) };
};

const sum = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let at = 0; at < values.length; at += 1) total += values[at] as number;
  return total;
};

/** A mean of rows with an interval by linearised variance, clustered by person. */
export const meanCell = (
  values: Float64Array,
  person: Uint32Array,
  excluded: Excluded = undefined,
): MeanCell => {
  const beside = excluded === undefined ? {} : { excluded };
  const mean = ratioOfSums({ num: values, person });
  if (mean === undefined) return { value: null, n: 0, ci: null, persons: 0, ...beside };
  const { value, lo, hi, clusters } = mean;
  const ci = lo === null || hi === null ? null : interval(lo, hi, 'taylor-by-person');
  return { value, n: values.length, ci, persons: clusters, ...few(values.length), ...beside };
};
