import { groupBy } from './told.ts';

/** One thing that could be counted or measured, and whose it is. */
export type Trial = { readonly person: string; readonly value: number };

export const trial = (person: string, value: number | boolean): Trial => ({ person, value: Number(value) });

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (trials: readonly Trial[]): number => sum(trials.map(({ value }) => value)) / trials.length;

/** A sum of what is zero in the mean, in its standard deviations; persons are independent, their trials are not. */
export const clustered = (trials: readonly Trial[]): number => {
  const sums = [...groupBy(trials, ({ person }) => person).values()].map((own) =>
    sum(own.map(({ value }) => value)),
  );
  return sum(sums) / Math.sqrt(sum(sums.map((one) => one * one)));
};

/** How many standard deviations the mean is off. */
export const offMean = (trials: readonly Trial[], expected: number): number =>
  clustered(trials.map(({ person, value }) => trial(person, value - expected)));

/**
 * How many standard deviations a share is off. Where few persons all succeed, their spread says too little: the
 * binomial one is the least that it can be.
 */
export const offRate = (trials: readonly Trial[], expected: number): number => {
  const binomial =
    ((mean(trials) - expected) * Math.sqrt(trials.length)) / Math.sqrt(expected * (1 - expected));
  const robust = offMean(trials, expected);
  return Math.abs(robust) < Math.abs(binomial) ? robust : binomial;
};

/** How many standard deviations the difference of two means is off; a person may be in both. */
export const offDifference = (
  first: readonly Trial[],
  second: readonly Trial[],
  expected: number,
): number => {
  const [a, b] = [mean(first), mean(second)];
  const influences = [
    ...first.map(({ person, value }) => trial(person, (value - a) / first.length)),
    ...second.map(({ person, value }) => trial(person, (b - value) / second.length)),
  ];
  const sums = [...groupBy(influences, ({ person }) => person).values()].map((own) =>
    sum(own.map(({ value }) => value)),
  );
  return (a - b - expected) / Math.sqrt(sum(sums.map((one) => one * one)));
};
