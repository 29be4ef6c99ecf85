import { numberColumn, numbersAmong } from '../query/row-columns.ts';
import { roughNumbers } from '../scratch.ts';
import type { Moment } from './grain.ts';

/*
 * Moments that are made of two others: of all rows at once where both are had so. Each has a loop of its own, since a
 * function that differs from call to call costs more than what it reckons.
 */

type Loop = (one: Float64Array, other: Float64Array, found: Float64Array) => void;

const joined = (one: Moment, other: Moment, each: (a: number, b: number) => number, loop: Loop): Moment => {
  const { all } = one;
  const { all: others } = other;
  if (all === undefined || others === undefined) return (row) => each(one(row), other(row));
  const both = (first: Float64Array, second: Float64Array): Float64Array => {
    const found = roughNumbers(first.length);
    loop(first, second, found);
    return found;
  };
  return numberColumn(
    () => both(all(), others()),
    (rows) => both(numbersAmong(rows, one), numbersAmong(rows, other)),
  );
};

type OneLoop = (one: Float64Array, found: Float64Array) => void;

const made = (one: Moment, each: (a: number) => number, loop: OneLoop): Moment => {
  const { all } = one;
  if (all === undefined) return (row) => each(one(row));
  const ofAll = (first: Float64Array): Float64Array => {
    const found = roughNumbers(first.length);
    loop(first, found);
    return found;
  };
  return numberColumn(
    () => ofAll(all()),
    (rows) => ofAll(numbersAmong(rows, one)),
  );
};

/** A moment that comes some milliseconds after another. */
export const after = (one: Moment, millis: number): Moment =>
  made(
    one,
    (time) => time + millis,
    (a, found) => {
      for (let row = 0; row < found.length; row += 1) found[row] = (a[row] as number) + millis;
    },
  );

/** A moment, or one that is the same for all rows where it is later, or is none. */
export const untilAt = (one: Moment, limit: number): Moment =>
  made(
    one,
    (time) => earlier(time, limit),
    (a, found) => {
      for (let row = 0; row < found.length; row += 1) found[row] = earlier(a[row] as number, limit);
    },
  );

/** Nothing after a moment that is the same for all rows. */
export const upTo = (one: Moment, last: number): Moment =>
  made(
    one,
    (time) => (time <= last ? time : Number.NaN),
    (a, found) => {
      for (let row = 0; row < found.length; row += 1) {
        const time = a[row] as number;
        found[row] = time <= last ? time : Number.NaN;
      }
    },
  );

/** Nothing before a moment that is the same for all rows. */
export const notBefore = (one: Moment, first: number): Moment =>
  made(
    one,
    (time) => (time < first ? Number.NaN : time),
    (a, found) => {
      for (let row = 0; row < found.length; row += 1) {
        const time = a[row] as number;
        found[row] = time < first ? Number.NaN : time;
      }
    },
  );

/** The earlier of two moments, or the one that there is. */
const earlier = (one: number, other: number): number => (Number.isNaN(one) || other < one ? other : one);

export const earlierOf = (one: Moment, other: Moment): Moment =>
  joined(one, other, earlier, (a, b, found) => {
    for (let row = 0; row < found.length; row += 1) found[row] = earlier(a[row] as number, b[row] as number);
  });

const instead = (one: number, other: number): number => (Number.isNaN(one) ? other : one);

/** The other only where there is none of the one: what came first is not always what counts. */
export const orElse = (one: Moment, other: Moment): Moment =>
  joined(one, other, instead, (a, b, found) => {
    for (let row = 0; row < found.length; row += 1) found[row] = instead(a[row] as number, b[row] as number);
  });

const standing = (one: number, since: number): number => (since >= one ? Number.NaN : one);

/** Only what has not been taken back since. */
export const unlessSince = (one: Moment, since: Moment): Moment =>
  joined(one, since, standing, (a, b, found) => {
    for (let row = 0; row < found.length; row += 1) found[row] = standing(a[row] as number, b[row] as number);
  });
