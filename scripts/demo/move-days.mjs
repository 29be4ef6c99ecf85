import { DAY, END } from './calendar.mjs';

/** So many days leave every weekday what it is. */
const YEAR = 364;

/**
 * How many days earlier the year has to be for all of it to be over.
 * @param {number} now
 */
export const daysTooEarly = (now) => Math.max(0, Math.ceil((END - now) / DAY / YEAR)) * YEAR;

/**
 * A text with every date in it so many days earlier.
 * @param {string} text
 * @param {number} days
 */
export const moveDays = (text, days) =>
  days === 0
    ? text
    : text.replace(/\b20\d\d-\d\d-\d\d(?=\b|T)/g, (date) =>
        new Date(Date.parse(date) - days * DAY).toISOString().slice(0, 10),
      );
