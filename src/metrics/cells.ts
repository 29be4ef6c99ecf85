import type { Rows } from './grains/grain.ts';
import { clusteredRate, ratioOfSums } from './statistics/clustered.ts';
import { denseNumbers } from './statistics/dense-numbers.ts';
import type { CountCell, Evidence, Interval, MeanCell, RateCell } from './views.ts';

/** Below so many a value is marked. */
const FEW = 30;

/** How many distinct persons some rows are about. */
export const personsOf = ({ person }: Pick<Rows, 'person'>, rows: Uint32Array): number =>
  denseNumbers(rows.map(person)).count;

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

/** Which rows of a denominator count for the numerator, and whose they are. */
export type Successes = { readonly success: Uint8Array; readonly person: Uint32Array };

/** Judges rows: undefined leaves one out. */
export const successesOf = (
  { person }: Pick<Rows, 'person'>,
  rows: Uint32Array,
  judge: (row: number) => boolean | undefined,
): Successes => {
  const success = new Uint8Array(rows.length);
  const persons = new Uint32Array(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    const is = judge(row);
    if (is === undefined) continue;
    success[n] = is ? 1 : 0;
    persons[n] = person(row);
    n += 1;
  }
  return { success: success.subarray(0, n), person: persons.subarray(0, n) };
};

/** A rate of rows with Wilson's interval, by the effective n where persons have several rows (metrics.md §11). */
export const rateCell = ({ success, person }: Successes, excluded: Excluded = undefined): RateCell => {
  const rate = clusteredRate(success, person);
  const beside = excluded === undefined ? {} : { excluded };
  if (rate === undefined) return { value: null, num: 0, den: 0, ci: null, persons: 0, ...beside };
  const { value, num, den, lo, hi, clusters } = rate;
  const method = clusters === den ? 'wilson' : 'wilson-effective-n';
  return { value, num, den, ci: interval(lo, hi, method), persons: clusters, ...few(den), ...beside };
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
