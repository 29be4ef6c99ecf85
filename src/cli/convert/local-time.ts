import { isZone, offsetsOf } from '../../metrics/time-zone.ts';

/** A date and the time of a clock on a wall, as if it were UTC, in milliseconds since 1970. */
export type WallTime = number;

const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<year>\\d{2})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d{2})',
  h: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  A: '(?<half>[AaPp][Mm])',
};
const TOKEN = /YYYY|YY|MM?|DD?|HH?|hh?|mm|ss|A|[A-SU-Za-z]|[^A-Za-z]|T/g;

/**
 * Reads texts of a format such as `D.M.YYYY H:mm`; a text that is none, or no day of the calendar, is undefined.
 * Undefined, too, for a format that is none: it has year, month and day, and each token once.
 */
export const wallTimeReader = (format: string): ((text: string) => WallTime | undefined) | undefined => {
  const parts = [...format.matchAll(TOKEN)].map(([part]) => part);
  if (parts.some((part) => /^[A-SU-Za-z]/.test(part) && TOKENS[part] === undefined)) return undefined;
  const source = parts.map((part) => TOKENS[part] ?? part.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('');
  const names = [...source.matchAll(/\?<(\w+)>/g)].map(([, name]) => name as string);
  const isWhole = ['year', 'month', 'day'].every((name) => names.includes(name));
  if (!isWhole || new Set(names).size < names.length) return undefined;
  const pattern = new RegExp(`^${source}$`);
  return (text) => {
    const groups = pattern.exec(text)?.groups;
    return groups === undefined ? undefined : wallTimeOf(groups);
  };
};

const wallTimeOf = (groups: Readonly<Record<string, string | undefined>>): WallTime | undefined => {
  const number = (name: string) => Number(groups[name] ?? 0);
  const year = groups['year']?.length === 2 ? 2000 + number('year') : number('year');
  const hour = hourOf(number('hour'), groups['half']?.toLowerCase());
  if (hour === undefined || number('minute') > 59 || number('second') > 59) return undefined;
  const time = Date.UTC(year, number('month') - 1, number('day'), hour, number('minute'), number('second'));
  const date = new Date(time);
  const isDay = date.getUTCMonth() + 1 === number('month') && date.getUTCDate() === number('day');
  return isDay && date.getUTCFullYear() === year ? time : undefined;
};

const hourOf = (hour: number, half: string | undefined): number | undefined => {
  if (half === undefined) return hour < 24 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
};

export type Zone = {
  /** `2026-03-02T14:05:00+01:00`; the earlier of two when clocks are set back, undefined when they skip it. */
  timestampOf(time: WallTime): string | undefined;
};

const DAY = 86_400_000;

/** A time zone by its IANA name; undefined when there is none. */
export const findZone = (name: string): Zone | undefined => {
  if (!isZone(name)) return undefined;
  const offsetAt = offsetsOf(name);
  return {
    timestampOf: (time) => {
      const offset = [time - DAY, time + DAY].map(offsetAt).find((one) => offsetAt(time - one) === one);
      return offset === undefined
        ? undefined
        : `${new Date(time).toISOString().slice(0, 19)}${shown(offset)}`;
    },
  };
};

const shown = (offset: number): string => {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};
