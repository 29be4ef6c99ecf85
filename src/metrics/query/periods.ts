import { remembered } from './remembered.ts';

/** The periods into which time can be cut: by the calendar of the query's time zone, weeks beginning on Monday (ISO 8601). */
export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];

const DAY = 86_400_000;
const THURSDAY = 3;

const dateOf = (day: number): Date => new Date(day * DAY);
const dayOf = (year: number, month: number): number => Date.UTC(year, month, 1) / DAY;

const FIRST_DAY: Readonly<Record<Period, (day: number) => number>> = {
  day: (day) => day,
  week: (day) => day - ((((day + THURSDAY) % 7) + 7) % 7),
  month: (day) => dayOf(dateOf(day).getUTCFullYear(), dateOf(day).getUTCMonth()),
  quarter: (day) => dayOf(dateOf(day).getUTCFullYear(), Math.floor(dateOf(day).getUTCMonth() / 3) * 3),
  year: (day) => dayOf(dateOf(day).getUTCFullYear(), 0),
};

/** Days come again with every question. */
const FOUND = Object.fromEntries(
  PERIODS.map((period) => [period, remembered(FIRST_DAY[period])]),
) as Readonly<Record<Period, (day: number) => number>>;

/** The first day of the period that a day lies in; days since 1970-01-01. */
export const firstDayOf = (period: Period): ((day: number) => number) => FOUND[period];

const monthOf = (day: number): number => dateOf(day).getUTCFullYear() * 12 + dateOf(day).getUTCMonth();

const NUMBER: Readonly<Record<Period, (day: number) => number>> = {
  day: (day) => day,
  week: (day) => Math.floor((day + THURSDAY) / 7),
  month: monthOf,
  quarter: (day) => Math.floor(monthOf(day) / 3),
  year: (day) => dateOf(day).getUTCFullYear(),
};

/** Numbers of periods, one behind the other, by a day in them. */
export const periodNumber = (period: Period): ((day: number) => number) => NUMBER[period];

/** `YYYY-MM-DD`. */
export const dayText = (day: number): string => dateOf(day).toISOString().slice(0, 10);
