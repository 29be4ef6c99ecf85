import { randomUUID } from 'node:crypto';
import { endOfString } from './json-members.ts';

/** What may be a number that a double does not hold: many digits, or an exponent of two digits and more. */
const SUSPECT = /\d[\d.]{15}|\d[eE][+-]?\d{2}/;
/** Where a string or a number begins, outside of strings. */
const TOKEN = /["\d-]/g;
const DIGITS = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** Longer exponents are not reckoned with: such numbers are compared as they are written. */
const MOST_EXPONENT = 15;

/** Begins the text that stands for a number; nobody who sends JSON knows it. */
const MARK = randomUUID();

/** The same text for the same value however it is written, exactly: `1.50e3` and `1500` are `15e2`. */
const canonical = (number: string): string => {
  const [, sign = '', whole = '', part = '', power = '0'] = NUMBER.exec(number) ?? [];
  if (power.length > MOST_EXPONENT) return number;
  const digits = `${whole}${part}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(power) - part.length + digits.length - significant.length}`;
};

const isExact = (number: string): boolean => {
  const value = Number(number);
  return Number.isFinite(value) && canonical(String(value)) === canonical(number);
};

/** The text with its inexact numbers as marked texts. */
const mark = (text: string): string => {
  let written = '';
  let from = 0;
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    if (found[0] === '"') {
      TOKEN.lastIndex = endOfString(text, found.index);
      continue;
    }
    DIGITS.lastIndex = found.index;
    const number = DIGITS.exec(text)?.[0] ?? '-';
    TOKEN.lastIndex = found.index + number.length;
    if (isExact(number)) continue;
    written += `${text.slice(from, found.index)}"${MARK}${canonical(number)}"`;
    from = TOKEN.lastIndex;
  }
  return written + text.slice(from);
};

/**
 * The value of a JSON text for comparing: a number that a double cannot hold stands as a text of its own, so that
 * 12345678901234567890 and 12345678901234567891 differ, and 1e400 and 1e999 too.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export const parseExactly = (text: string): unknown => JSON.parse(mayRound(text) ? mark(text) : text);

/** Whether parsing may have rounded a number of the text. */
export const mayRound = (text: string): boolean => SUSPECT.test(text);
