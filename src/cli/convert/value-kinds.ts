import { v5 as derivedUuid } from 'uuid';
import { isIri } from '../../xapi/iri.ts';
import { isMailbox } from '../../xapi/mailbox.ts';
import { isTimestamp } from '../../xapi/timestamp.ts';
import { isUuid } from '../../xapi/uuid.ts';

/** What a single value has to be. */
export type Kind<T> = {
  /** With its article. */
  readonly what: string;
  /** Undefined for a text that is none. */
  ofText(text: string, decimal: string): T | undefined;
  /** Whether a JSON number or boolean of the mapping is one as it is. */
  readonly holds?: (value: number | boolean) => value is T & (number | boolean);
  /** What a column's text goes through inside of a longer one. */
  readonly encode?: (cell: string) => string;
};

/** The namespace (RFC 9562 §5.5) of registrations that a table names by other than a UUID; never to be changed. */
const REGISTRATIONS = '838b3690-bc02-4ab3-ab22-ec048772de9c';

const isNumber = (value: number | boolean): value is number => typeof value === 'number';
const isBoolean = (value: number | boolean): value is boolean => typeof value === 'boolean';

const readNumber = (text: string, decimal: string): number | undefined => {
  const [whole = '', fraction, ...more] = text.split(decimal);
  const isPlain = /^[+-]?\d{1,15}$/.test(whole) && (fraction === undefined || /^\d{1,15}$/.test(fraction));
  return isPlain && more.length === 0 ? Number(`${whole}.${fraction ?? 0}`) : undefined;
};

export const TEXT: Kind<string> = { what: 'a text', ofText: (text) => text };

export const IRI: Kind<string> = {
  what: 'an IRI',
  ofText: (text) => (isIri(text) ? text : undefined),
  encode: encodeURIComponent,
};

export const NUMBER: Kind<number> = { what: 'a number', ofText: readNumber, holds: isNumber };

/** How long something takes. */
export const AMOUNT: Kind<number> = {
  what: 'a number from 0',
  ofText: (text, decimal) => {
    const read = readNumber(text, decimal);
    return read === undefined || read < 0 ? undefined : read;
  },
  holds: isNumber,
};

export const BOOLEAN: Kind<boolean> = {
  what: 'true or false',
  ofText: (text) => ({ true: true, false: false })[text.toLowerCase()],
  holds: isBoolean,
};

/** Whatever an extension may be: words stay words. */
export const SCALAR: Kind<string | number | boolean> = {
  what: 'a text, a number, true or false',
  ofText: (text) => text,
  holds: (value): value is number | boolean => true,
};

/** An address, with or without `mailto:`. */
export const MAILBOX: Kind<string> = {
  what: 'an e-mail address',
  ofText: (text) => {
    const mailbox = text.toLowerCase().startsWith('mailto:') ? `mailto:${text.slice(7)}` : `mailto:${text}`;
    return isMailbox(mailbox) ? mailbox : undefined;
  },
};

/** A UUID as it is; of any other text, the one that follows from it, in whichever table it stands. */
export const REGISTRATION: Kind<string> = {
  what: 'a text',
  ofText: (text) => (isUuid(text) ? text.toLowerCase() : derivedUuid(text, REGISTRATIONS)),
};

export const TIMESTAMP: Kind<string> = {
  what: 'a time such as 2026-03-02T14:05:00+01:00',
  ofText: (text) => (isTimestamp(text) ? text : undefined),
};
