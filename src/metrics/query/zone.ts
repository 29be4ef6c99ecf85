import { offsetsOf } from '../time-zone.ts';
import { remembered } from './remembered.ts';

/** Calendar days of a time zone. A day is its number since 1970-01-01, as the zone's calendar has it. */
export type Zone = {
  readonly name: string;
  /** The day that a moment (milliseconds since 1970) lies in; NaN of none. */
  day(time: number): number;
  /** From when (included) to when (not included) around a moment it is surely the same day, in milliseconds; empty where that is not known. */
  span(time: number): readonly [from: number, before: number];
};

export const DAY = 86_400_000;
const QUARTER = 900_000;

const UTC: Zone = {
  name: 'UTC',
  day: (time) => Math.floor(time / DAY),
  span: (time) => {
    const from = Math.floor(time / DAY) * DAY;
    return [from, from + DAY];
  },
};

const known = new Map<string, Zone>();

/** A zone by its IANA name, however that is spelt, which has to be one that Node knows. */
export const zoneOf = (spelt: string): Zone => {
  const exact = known.get(spelt);
  if (exact !== undefined) return exact;
  // Kept by one name only: there is no end of spellings.
  const name = new Intl.DateTimeFormat('en', { timeZone: spelt }).resolvedOptions().timeZone;
  const there = known.get(name);
  if (there !== undefined) return there;
  const zone = name === 'UTC' ? UTC : calendar(name);
  known.set(name, zone);
  return zone;
};

/** Offsets are looked up once a day, and on days on which they change once in a quarter of an hour. */
const calendar = (name: string): Zone => {
  const offsetAt = offsetsOf(name);
  /** By day of UTC; NaN where it changes. */
  const offsetOn = remembered((day) => {
    const before = offsetAt(day * DAY);
    return before === offsetAt((day + 1) * DAY) ? before : Number.NaN;
  });
  const offsetIn = remembered((quarter) => offsetAt(quarter * QUARTER));
  const offset = (time: number): number => {
    const offset = offsetOn(Math.floor(time / DAY));
    return Number.isNaN(offset) ? offsetIn(Math.floor(time / QUARTER)) : offset;
  };
  const day = (time: number): number =>
    Number.isNaN(time) ? Number.NaN : Math.floor((time + offset(time)) / DAY);
  const span = (time: number): readonly [number, number] => {
    const utc = Math.floor(time / DAY);
    const offset = Number.isNaN(utc) ? utc : offsetOn(utc);
    if (Number.isNaN(offset)) return [time, time];
    // Where the offset stays, days begin at the same time every day.
    const from = Math.floor((time + offset) / DAY) * DAY - offset;
    return [Math.max(from, utc * DAY), Math.min(from, utc * DAY) + DAY];
  };
  return { name, day, span };
};
