import { DAY, type Zone } from './zone.ts';

/** No zone is further from UTC, with changes of the clock. */
const FURTHEST = 16 * 3_600_000;

/** The first moment of a day of a zone; milliseconds since 1970. */
export const startOf = (day: number, zone: Zone): number => {
  let before = day * DAY - FURTHEST;
  let at = day * DAY + FURTHEST;
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (zone.day(middle) >= day) at = middle;
    else before = middle;
  }
  return at;
};

/** The day of a date, `YYYY-MM-DD`, since 1970. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;

/** The same time of day some days later (or earlier), by the calendar of a zone. */
export const shiftDays = (time: number, days: number, zone: Zone): number => {
  const day = zone.day(time);
  return startOf(day + days, zone) + (time - startOf(day, zone));
};

/** The same day of the month some months later; the last of the month where there is none. */
export const shiftMonths = (time: number, months: number, zone: Zone): number => {
  const day = zone.day(time);
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const shifted = Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / DAY;
  return shiftDays(time, shifted - day, zone);
};
