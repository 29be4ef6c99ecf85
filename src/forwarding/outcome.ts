import type { EgressAnswer } from './egress.ts';

/** What a target's answer to some statements means. */
export type Outcome =
  | { readonly kind: 'delivered' }
  /** It does not take at least one of them, and never will. */
  | { readonly kind: 'refused'; readonly status: number; readonly answer: string }
  /** It takes nothing at present: all of it is to be sent again later. `retryAfter` in milliseconds, if it said when. */
  | {
      readonly kind: 'failed';
      readonly error: string;
      readonly retryAfter?: number;
      /** Absent when it has not answered. */
      readonly status?: number;
    };

/** What says something of the statements sent: they are invalid, in conflict with stored ones, or too many or large. */
const OF_STATEMENTS = [400, 409, 413, 422];

/** How much is kept of a refusal, in characters, and told of a failure. */
const MOST_ANSWER = 4096;
const MOST_TOLD = 300;

/** In milliseconds: what a target may have us wait at most. */
const LONGEST_WAIT = 60 * 60 * 1000;

/**
 * The meaning of an answer to a POST of so many statements. Whatever is not clearly about the statements themselves is
 * about the target, and then nothing is given up: an address that is wrong must not turn a log into dead letters.
 *
 * @param now milliseconds since 1970
 * @param hide takes out of what is kept or told of the answer what must be neither
 */
export const outcomeOf = (
  answer: EgressAnswer,
  ids: readonly string[],
  now: number,
  hide: (text: string) => string = (same) => same,
): Outcome => {
  const { status, text } = answer;
  if (status === 204 || (status === 200 && namesAll(text, ids))) return { kind: 'delivered' };
  if (OF_STATEMENTS.includes(status)) {
    return { kind: 'refused', status, answer: printable(hide(text)).slice(0, MOST_ANSWER) };
  }
  const retryAfter = readRetryAfter(answer.retryAfter, now);
  const error = explain(status, hide(text));
  return { kind: 'failed', error, status, ...(retryAfter === undefined ? {} : { retryAfter }) };
};

/** An LRS answers with the ids of the statements (Communication 2.1.2); anything else is no LRS. */
const namesAll = (text: string, ids: readonly string[]): boolean => {
  try {
    const named = JSON.parse(text) as unknown;
    if (!Array.isArray(named)) return false;
    const known = new Set(named.map((id) => String(id).toLowerCase()));
    return ids.every((id) => known.has(id.toLowerCase()));
  } catch {
    return false;
  }
};

const explain = (status: number, text: string): string => {
  const said = printable(text).trim().slice(0, MOST_TOLD);
  if (status === 200) return `It answered 200 without the ids of the statements, as no LRS does: ${said}`;
  const why = REASONS.get(status) ?? (status >= 300 && status < 400 ? REDIRECTED : '');
  return [`It answered ${status}.`, why, said].filter((part) => part !== '').join(' ');
};

const REDIRECTED = 'Redirects are not followed: the endpoint has to be the place itself.';
const REASONS: ReadonlyMap<number, string> = new Map([
  [401, 'Key or secret are wrong.'],
  [403, 'The key may not store statements.'],
  [404, 'There is no LRS at the endpoint.'],
]);

/** NUL and the like would be cut off or do harm where they are shown. */
const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}]/gu, (one) => (one === '\n' ? one : '\ufffd'));

/** Seconds, or a date of HTTP (RFC 9110 10.2.3), as milliseconds from now on. */
const readRetryAfter = (text: string | undefined, now: number): number | undefined => {
  if (text === undefined) return undefined;
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return wait > 0 ? Math.min(wait, LONGEST_WAIT) : undefined;
};
