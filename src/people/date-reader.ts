import { isDay } from './day.ts';

/** Reads a date as `YYYY-MM-DD`; undefined when it is none of that format. */
export type DateReader = (text: string) => string | undefined;

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$/;

const isoDate: DateReader = (text) => {
  const day = ISO.exec(text)?.[1];
  return day !== undefined && isDay(day) ? day : undefined;
};

const PARTS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
};

/**
 * A reader of dates in a format made of YYYY, MM and DD, each once, such as `DD.MM.YYYY` or `MM/DD/YYYY`; a leading zero
 * may be left out. Dates of ISO 8601, with or without a time behind them, are always read.
 *
 * @throws Error for what is no such format.
 */
export const dateReader = (format?: string): DateReader => {
  if (format === undefined) return isoDate;
  const tokens = format.split(/(YYYY|MM|DD)/);
  const parts = tokens.filter((_, at) => at % 2 === 1);
  if (parts.length !== 3 || new Set(parts).size !== 3)
    throw new Error(`A date format has YYYY, MM and DD, each once, such as DD.MM.YYYY; not ${format}.`);
  const pattern = tokens.map((token) => PARTS[token] ?? token.replace(/[^\w]/g, '\\$&')).join('');
  const expression = new RegExp(`^${pattern}$`);
  return (text) => {
    const { year, month = '', day = '' } = expression.exec(text)?.groups ?? {};
    if (year === undefined) return isoDate(text);
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isDay(date) ? date : undefined;
  };
};
