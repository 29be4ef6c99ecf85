import { isDuration } from '../xapi/duration.ts';
import { DAY } from './day.ts';

const HOUR = 3_600_000;
const UNITS = /(\d+(?:[.,]\d+)?)([YMWDHS])/g;

type Parts = { months: number; millis: number };

/** Adds a duration of ISO 8601 to moments (milliseconds since 1970), by the calendar in UTC; undefined if it is none. */
export const periodAdder = (duration: string): ((time: number) => number) | undefined => {
  if (!isDuration(duration)) return undefined;
  const [dates = '', times = ''] = duration.slice(1).split('T');
  const parts: Parts = { months: 0, millis: 0 };
  for (const [, number = '', unit = ''] of dates.matchAll(UNITS)) addDate(parts, numberIn(number), unit);
  for (const [, number = '', unit = ''] of times.matchAll(UNITS)) addTime(parts, numberIn(number), unit);
  const { months, millis } = parts;
  if (months === 0) return (time) => time + millis;
  /** By day: moments lie on few days. */
  const known = new Map<number, number>();
  return (time) => {
    const day = Math.floor(time / DAY);
    const start = known.get(day) ?? addMonths(day * DAY, months);
    known.set(day, start);
    return start + (time - day * DAY) + millis;
  };
};

const numberIn = (text: string): number => Number(text.replace(',', '.'));

const addDate = (parts: Parts, value: number, unit: string): void => {
  if (unit === 'Y') parts.months += Math.round(value * 12);
  else if (unit === 'M') parts.months += Math.round(value);
  else parts.millis += value * (unit === 'W' ? 7 * DAY : DAY);
};

const addTime = (parts: Parts, value: number, unit: string): void => {
  parts.millis += value * (unit === 'H' ? HOUR : unit === 'M' ? HOUR / 60 : 1000);
};

/** A month that does not have the day ends on its last: a year from 29 February is 28 February. */
const addMonths = (time: number, months: number): number => {
  const date = new Date(time);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(date.getUTCDate(), last);
  return Date.UTC(year, month, day);
};
