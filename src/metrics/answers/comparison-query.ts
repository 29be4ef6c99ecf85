import { type Period, periodNumber } from '../query/periods.ts';
import type { Query, Range } from '../query/query.ts';
import type { Scope } from '../query/scope.ts';
import { dayOf, shiftDays, shiftMonths, startOf } from '../query/shift-range.ts';
import type { Zone } from '../query/zone.ts';
import type { DimensionValue } from '../views.ts';

/** What a question is compared with, and which of its rows goes with which. */
export type ComparisonQuery = {
  readonly query: Query;
  /** What a row has to say for it to be that of the other's row. */
  keyOf(values: readonly DimensionValue[]): string;
  otherKeyOf(values: readonly DimensionValue[]): string;
};

/** The question that a comparison asks; undefined where none is asked for. Ranges have been checked to be there. */
export const comparisonQuery = (query: Query, { zone }: Scope): ComparisonQuery | undefined => {
  const { compare, ...plain } = query;
  if (compare === undefined) return undefined;
  if (compare.kind === 'cohort')
    return { query: { ...plain, cohort: compare.cohort }, keyOf: plainKey, otherKeyOf: plainKey };
  const range = query.time.range as Range;
  const other = compare.kind === 'range' ? compare.range : SHIFTS[compare.kind](range, zone);
  const { grain } = query.time;
  const key = (from: number) => (grain === undefined ? plainKey : timedKey(grain, zone.day(from)));
  return {
    query: { ...plain, time: { ...query.time, range: other } },
    keyOf: key(range[0]),
    otherKeyOf: key(other[0]),
  };
};

const plainKey = (values: readonly DimensionValue[]): string => JSON.stringify(values);

/** Periods are counted from the first of their own range. */
const timedKey = (grain: Period, first: number) => {
  const number = periodNumber(grain);
  return ([time, ...rest]: readonly DimensionValue[]): string =>
    JSON.stringify([typeof time === 'string' ? number(dayOf(time)) - number(first) : null, ...rest]);
};

const YEAR = 12;

const SHIFTS: Readonly<Record<'previous_period' | 'previous_year', (range: Range, zone: Zone) => Range>> = {
  previous_year: ([from, to], zone) => [shiftMonths(from, -YEAR, zone), shiftMonths(to, -YEAR, zone)],
  previous_period: (range, zone) => {
    const [from, to] = range;
    const months = wholeMonths(range, zone);
    if (months !== undefined) return [shiftMonths(from, -months, zone), from];
    const [first, last] = [zone.day(from), zone.day(to)];
    const [rest, restOfLast] = [from - startOf(first, zone), to - startOf(last, zone)];
    if (rest === restOfLast) return [shiftDays(from, first - last, zone), from];
    return [from - (to - from), from];
  },
};

/** How many months lie between two firsts of months; undefined for anything else. */
const wholeMonths = ([from, to]: Range, zone: Zone): number | undefined => {
  const month = periodNumber('month');
  const isFirst = (time: number): boolean => {
    const day = zone.day(time);
    return startOf(day, zone) === time && month(day) !== month(day - 1);
  };
  return isFirst(from) && isFirst(to) ? month(zone.day(to)) - month(zone.day(from)) : undefined;
};
