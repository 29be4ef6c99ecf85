import type { Extensions } from '../../xapi/statement.ts';
import { epochMicros } from '../../xapi/timestamp.ts';

/** Texts of extensions are cut at this many UTF-16 units. */
const MOST_TEXT = 1000;

/** At most {@link MOST_TEXT} units, never half of a surrogate pair. */
export const cutText = (text: string): string => {
  if (text.length <= MOST_TEXT) return text;
  const last = text.charCodeAt(MOST_TEXT - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? MOST_TEXT - 1 : MOST_TEXT);
};

/** The text of an extension, cut; undefined when it is something else or empty. */
export const textAt = (extensions: Extensions, name: string): string | undefined => {
  const value = extensions[name];
  return typeof value === 'string' && value !== '' ? cutText(value) : undefined;
};

/** A text, or a number written as one: what tools count attempts with. */
export const nameAt = (extensions: Extensions, name: string): string | undefined => {
  const value = extensions[name];
  return typeof value === 'number' ? String(value) : textAt(extensions, name);
};

/** The number of an extension if it lies within the bounds, ends included. */
export const numberAt = (
  extensions: Extensions,
  name: string,
  least: number,
  most: number,
): number | undefined => {
  const value = extensions[name];
  return typeof value === 'number' && value >= least && value <= most ? value : undefined;
};

/**
 * Milliseconds since 1970 of a timestamp, cut to whole ones. A date alone is a day in UTC: its beginning, or its
 * last millisecond where what is dated holds until then.
 */
export const readInstant = (value: unknown, edge: 'begin' | 'end'): number | undefined => {
  if (typeof value !== 'string') return undefined;
  const isDate = value.length === 10;
  const micros = epochMicros(isDate ? `${value}T00:00:00Z` : value);
  if (Number.isNaN(micros)) return undefined;
  return Math.floor(micros / 1000) + (isDate && edge === 'end' ? 86_399_999 : 0);
};
