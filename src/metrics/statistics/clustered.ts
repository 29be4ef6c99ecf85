import { scratchIntegers, scratchNumbers } from '../scratch.ts';
import { type DenseNumbers, denseNumbers } from './dense-numbers.ts';
import { Z95 } from './interval.ts';
import { normalCdf } from './normal.ts';
import { studentQuantile } from './student.ts';
import { wilson } from './wilson.ts';

/** Rows of which each belongs to a person (a whole number from 0 on); `den` is 1 in every row if absent. */
export type ClusteredRows = {
  readonly num: ArrayLike<number>;
  readonly den?: ArrayLike<number>;
  readonly person: ArrayLike<number>;
};

/** Error and interval are null where there is one person only, whose spread nobody can know. */
export type ClusteredEstimate = {
  readonly value: number;
  readonly se: number | null;
  readonly lo: number | null;
  readonly hi: number | null;
  readonly clusters: number;
};

export type ClusteredRate = {
  readonly value: number;
  readonly num: number;
  readonly den: number;
  readonly lo: number;
  readonly hi: number;
  readonly clusters: number;
  /** How many independent rows would say as much: n / design effect, and never more than n. */
  readonly effectiveN: number;
};

/** Rows summed by person. */
type PersonSums = { readonly num: Float64Array; readonly den: Float64Array };

const sum = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i] ?? 0;
  return total;
};

const sumByPerson = (
  values: ArrayLike<number> | undefined,
  { numbers, count }: DenseNumbers,
): Float64Array => {
  const sums = scratchNumbers(count);
  for (let i = 0; i < numbers.length; i += 1) {
    const person = numbers[i] ?? 0;
    sums[person] = (sums[person] ?? 0) + (values === undefined ? 1 : (values[i] ?? 0));
  }
  return sums;
};

const sumsOf = (rows: ClusteredRows, persons = denseNumbers(rows.person)): PersonSums => ({
  num: sumByPerson(rows.num, persons),
  den: sumByPerson(rows.den, persons),
});

/** Adds what each person's rows pull the ratio away by, once linearised: (num − ratio · den) / Σ den. */
const addPulls = (
  pulls: Float64Array,
  { num, den }: PersonSums,
  ratio: number,
  total: number,
  sign: number,
): void => {
  for (let i = 0; i < pulls.length; i += 1)
    pulls[i] = (pulls[i] ?? 0) + (sign * ((num[i] ?? 0) - ratio * (den[i] ?? 0))) / total;
};

/** The variance of a linearised figure: m/(m − 1) times the sum of the persons' squared pulls. */
const varianceOf = (pulls: Float64Array): number => {
  let squares = 0;
  for (const pull of pulls) squares += pull * pull;
  return (squares * pulls.length) / (pulls.length - 1);
};

/** With Student's t of m − 1 degrees of freedom at the level that z stands for: few persons know little. */
const estimate = (value: number, pulls: Float64Array, z: number): ClusteredEstimate => {
  const clusters = pulls.length;
  if (clusters < 2) return { value, se: null, lo: null, hi: null, clusters };
  const se = Math.sqrt(varianceOf(pulls));
  const half = studentQuantile(normalCdf(z), clusters - 1) * se;
  return { value, se, lo: value - half, hi: value + half, clusters };
};

/**
 * A ratio of sums, Σ num / Σ den, with its linearised (Taylor) variance clustered by person; undefined when Σ den is
 * 0. A mean is the ratio whose `den` is absent.
 */
export const ratioOfSums = (rows: ClusteredRows, z = Z95): ClusteredEstimate | undefined => {
  const sums = sumsOf(rows);
  const total = sum(sums.den);
  if (total === 0) return undefined;
  const ratio = sum(sums.num) / total;
  const pulls = scratchNumbers(sums.num.length);
  addPulls(pulls, sums, ratio, total, 1);
  return estimate(ratio, pulls, z);
};

/**
 * The difference of two ratios, a − b, that share persons: paired by person, linearised. Persons in one of them only
 * count too, so that it holds for any overlap; undefined when either has no denominator.
 */
export const pairedDifference = (
  a: ClusteredRows,
  b: ClusteredRows,
  z = Z95,
): ClusteredEstimate | undefined => {
  const both = scratchIntegers(a.person.length + b.person.length);
  both.set(a.person);
  both.set(b.person, a.person.length);
  const { numbers, count } = denseNumbers(both);
  const first = sumsOf(a, { numbers: numbers.subarray(0, a.person.length), count });
  const second = sumsOf(b, { numbers: numbers.subarray(a.person.length), count });
  const [total1, total2] = [sum(first.den), sum(second.den)];
  if (total1 === 0 || total2 === 0) return undefined;
  const [ratio1, ratio2] = [sum(first.num) / total1, sum(second.num) / total2];
  const pulls = scratchNumbers(count);
  addPulls(pulls, first, ratio1, total1, 1);
  addPulls(pulls, second, ratio2, total2, -1);
  return estimate(ratio1 - ratio2, pulls, z);
};

/**
 * n / design effect, the latter by the linearised variance against that of independent rows, p(1 − p)/(n − 1).
 * A design effect below 1 is not believed: the interval never gets narrower than that of n rows. Where all rows
 * agree, or one person has them all, the variance knows nothing, and each person counts as one (by Kish, weighted by
 * their rows): (Σ n_i)² / Σ n_i².
 */
const effectiveSize = (sums: PersonSums, p: number, n: number): number => {
  if (p === 0 || p === 1 || sums.den.length < 2) {
    let squares = 0;
    for (const rows of sums.den) squares += rows * rows;
    return (n * n) / squares;
  }
  const pulls = scratchNumbers(sums.den.length);
  addPulls(pulls, sums, p, n, 1);
  const designEffect = (varianceOf(pulls) * (n - 1)) / (p * (1 - p));
  return n / Math.max(1, designEffect);
};

/** A rate of rows, each 0 or 1, of which persons may have several: Wilson's interval with the effective n. */
export const clusteredRate = (
  success: ArrayLike<number>,
  person: ArrayLike<number>,
  z = Z95,
): ClusteredRate | undefined => rateOfPersons(sumsOf({ num: success, person }), z);

/** The same of rows that are summed already: by person, how many were 1, and how many there were, at least one. */
export const rateOfPersons = (sums: PersonSums, z = Z95): ClusteredRate | undefined => {
  const [num, den, clusters] = [sum(sums.num), sum(sums.den), sums.den.length];
  if (den === 0) return undefined;
  const value = num / den;
  const effectiveN = clusters === den ? den : effectiveSize(sums, value, den);
  const interval = wilson(value * effectiveN, effectiveN, z) ?? { lo: 0, hi: 1 };
  return { value, num, den, ...interval, clusters, effectiveN };
};
