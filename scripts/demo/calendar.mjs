/** Times are milliseconds since 1970 (UTC). Nothing here asks what time it is. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The year that the demonstration tells of: from 1 November 2025 to the end of 31 October 2026. */
export const FIRST = Date.UTC(2025, 10, 1);
export const END = Date.UTC(2026, 10, 1);

/** @param {number} time */
export const midnight = (time) => Math.floor(time / DAY) * DAY;

/** @param {number} time */
export const iso = (time) => new Date(time).toISOString();

/** YYYY-MM-DD @param {number} time */
export const date = (time) => iso(time).slice(0, 10);

/** 01:00 UTC of the last Sunday of a month, when the clocks of the Union change. */
const lastSunday = (year, month) => {
  const last = Date.UTC(year, month + 1, 0, 1);
  return last - new Date(last).getUTCDay() * DAY;
};

/** What the clocks in Berlin are ahead of UTC, in milliseconds. @param {number} time */
const ahead = (time) => {
  const year = new Date(time).getUTCFullYear();
  return time >= lastSunday(year, 2) && time < lastSunday(year, 9) ? 2 * HOUR : HOUR;
};

/** The time of the plants' clocks, with its offset. @param {number} time */
export const localIso = (time) => `${iso(time + ahead(time)).slice(0, -1)}+0${ahead(time) / HOUR}:00`;

/** The plants' clocks to the minute, as people write it in lists. @param {number} time */
export const localClock = (time) => {
  const text = iso(time + ahead(time));
  return { date: text.slice(0, 10), time: text.slice(11, 16) };
};
