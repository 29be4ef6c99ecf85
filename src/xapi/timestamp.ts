/** Days before each month of a year that is no leap year. */
const DAYS_IN_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Where the seconds of a timestamp end; a fraction or the zone follows. */
const SECONDS_END = 19;

/** The two digits at `at` as a number, or -1. */
const twoDigits = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
};

const yearOf = (text: string): number => {
  const century = twoDigits(text, 0);
  const rest = twoDigits(text, 2);
  return century < 0 || rest < 0 ? -1 : century * 100 + rest;
};

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const isDate = (text: string): boolean => {
  const year = yearOf(text);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (year < 0 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false;
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= (DAYS_IN_MONTH[month] ?? 0) || (month === 2 && day === 29 && isLeapYear(year));
};

const isTime = (text: string): boolean => {
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return false;
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
};

const isSeparator = (code: number): boolean => code === 84 || code === 116 || code === 32;

/** Index at which the zone starts, or -1 if a fraction mark has no digits after it. */
const zoneStart = (text: string): number => {
  const mark = text.charCodeAt(SECONDS_END);
  if (mark !== 46 && mark !== 44) return SECONDS_END;
  let at = SECONDS_END + 1;
  while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++;
  return at === SECONDS_END + 1 ? -1 : at;
};

/** Minutes of `hh`, `hhmm` or `hh:mm` from `at` to the end, or -1. */
const zoneMinutes = (text: string, at: number): number => {
  const hours = twoDigits(text, at);
  if (hours < 0 || hours > 23) return -1;
  if (text.length === at + 2) return hours * 60;
  const minutesAt = text.charCodeAt(at + 2) === 58 ? at + 3 : at + 2;
  const minutes = text.length === minutesAt + 2 ? twoDigits(text, minutesAt) : -1;
  return minutes < 0 || minutes > 59 ? -1 : hours * 60 + minutes;
};

const isZulu = (text: string, start: number): boolean =>
  start === text.length - 1 && (text.charCodeAt(start) | 32) === 122;

/** Minutes east of UTC; 0 without a zone; NaN if it is malformed or a negative zero. */
const offsetOf = (text: string, start: number): number => {
  if (start === text.length || isZulu(text, start)) return 0;
  const sign = text.charCodeAt(start);
  const minutes = sign === 43 || sign === 45 ? zoneMinutes(text, start + 1) : -1;
  if (minutes < 0 || (minutes === 0 && sign === 45)) return Number.NaN;
  return sign === 45 ? -minutes : minutes;
};

/** Days from 1970-01-01 to the date, in the Gregorian calendar; years start in March so that leap days come last. */
const epochDay = (text: string): number => {
  const month = twoDigits(text, 5);
  const year = month > 2 ? yearOf(text) : yearOf(text) - 1;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leapDays + Math.floor((153 * monthFromMarch + 2) / 5) + twoDigits(text, 8) - 719_469;
};

/** Minutes since the epoch, in UTC, of the minute in which the timestamp lies. */
const epochMinute = (text: string, offset: number): number =>
  epochDay(text) * 1440 + twoDigits(text, 11) * 60 + twoDigits(text, 14) - offset;

const MIN_MINUTE = Date.parse('0000-01-01T00:00:00Z') / 60_000;
const MAX_MINUTE = Date.parse('9999-12-31T23:59:00Z') / 60_000;

/** Whether the offset leaves the instant in a year of four digits in UTC as well. */
const staysInRange = (text: string, offset: number): boolean => {
  const year = yearOf(text);
  if (offset === 0 || (year > 0 && year < 9999)) return true;
  const minute = epochMinute(text, offset);
  return minute >= MIN_MINUTE && minute <= MAX_MINUTE;
};

/**
 * Whether the text is a timestamp: RFC 3339, and what ISO 8601 adds that is seen in the field, namely a comma before
 * the fraction, an offset without colon or minutes, and no zone at all (which means UTC). `T` may be `t` or a blank,
 * and a second of 60 is a leap second. Negative zero offsets and an hour of 24 are refused. Linear in the length.
 */
export const isTimestamp = (text: string): boolean => {
  if (text.length < SECONDS_END || !isSeparator(text.charCodeAt(10))) return false;
  if (!isDate(text) || !isTime(text)) return false;
  const offset = offsetOf(text, zoneStart(text));
  return !Number.isNaN(offset) && staysInRange(text, offset);
};

/** The first six digits of the fraction as a number of microseconds. */
const fractionMicros = (text: string, end: number): number => {
  let micros = 0;
  for (let digit = 1; digit <= 6; digit++) {
    const at = SECONDS_END + digit;
    micros = micros * 10 + (at < end ? text.charCodeAt(at) - 48 : 0);
  }
  return micros;
};

/**
 * Microseconds since 1970-01-01T00:00:00Z of a timestamp; digits beyond the sixth are cut off. A leap second counts
 * as the last microsecond before it. Always a safe integer: instants before 1684-07-28 or after 2255-06-05 are held
 * at the end of the range. NaN if the text is no timestamp.
 */
export const epochMicros = (text: string): number => {
  if (!isTimestamp(text)) return Number.NaN;
  const end = zoneStart(text);
  const second = twoDigits(text, 17);
  const inMinute = second === 60 ? 59_999_999 : second * 1_000_000 + fractionMicros(text, end);
  const micros = epochMinute(text, offsetOf(text, end)) * 60_000_000 + inMinute;
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, micros));
};

/**
 * The same instant in UTC. A timestamp whose offset is `Z`, zero or absent comes back as it is; any other becomes
 * `YYYY-MM-DDThh:mm:ss[.f…]Z` with the sender's own digits of the fraction. Text that is no timestamp comes back too.
 */
export const toUtc = (text: string): string => {
  if (!isTimestamp(text)) return text;
  const end = zoneStart(text);
  const offset = offsetOf(text, end);
  if (offset === 0) return text;
  const minute = new Date(epochMinute(text, offset) * 60_000).toISOString().slice(0, 16);
  return `${minute}${text.slice(16, end).replace(',', '.')}Z`;
};

/** The last second that was formatted, since neighbours in time are formatted one after the other. */
let cachedSecond = Number.NaN;
let cachedText = '';

/** Six digits and `Z`, as in `2026-11-23T17:50:16.123456Z`; takes whole microseconds since the epoch. */
export const formatMicros = (micros: number): string => {
  const second = Math.floor(micros / 1_000_000);
  if (second !== cachedSecond) {
    cachedText = new Date(second * 1000).toISOString().slice(0, 20);
    cachedSecond = second;
  }
  return `${cachedText}${String(micros - second * 1_000_000 + 1_000_000).slice(1)}Z`;
};
