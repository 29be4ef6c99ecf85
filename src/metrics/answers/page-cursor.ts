import { reject } from '../../xapi/rejection.ts';
import { digestOf } from '../query/canonical-query.ts';

/** Where a page begins in an answer that is kept, and which question that answers. */
export type PageCursor = {
  /** Of the kept answer. */
  readonly key: string;
  readonly question: string;
  readonly from: number;
};

/** Tells what has been handed out here from what has been made up or cut; it keeps no secret. */
const checkOf = (text: string): string => digestOf(`cairn cursor 1 ${text}`).slice(0, 8);

export const cursorText = ({ key, question, from }: PageCursor): string => {
  const text = JSON.stringify([key, question, from]);
  return Buffer.from(checkOf(text) + text).toString('base64url');
};

/** @throws Rejection `body-invalid` for what was never handed out, or goes with another question. */
export const readCursor = (cursor: string, question: string): PageCursor => {
  const whole = Buffer.from(cursor, 'base64url').toString();
  const text = whole.slice(8);
  if (whole.slice(0, 8) !== checkOf(text)) throw madeUp();
  const [key, of, from] = partsOf(text);
  if (of !== question)
    throw refused('This cursor goes on with another question. Send the question as it was, or begin anew.');
  return { key, question, from };
};

/** Whoever knows how can make a check for anything. */
const partsOf = (text: string): readonly [string, string, number] => {
  const [key, question, from] = listIn(text);
  if (typeof key !== 'string' || typeof question !== 'string' || !isPlace(from)) throw madeUp();
  return [key, question, from];
};

const listIn = (text: string): readonly unknown[] => {
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
};

const isPlace = (from: unknown): from is number => Number.isSafeInteger(from) && (from as number) >= 0;

/**
 * Under what an answer is kept: nobody comes to it but by the question that it answers, by whom that may be told, for a
 * cursor can be made up.
 */
export const placeOf = ({ key, question }: Pick<PageCursor, 'key' | 'question'>): string =>
  `${question} ${key}`;

const madeUp = () => refused('This is no cursor that was handed out here.');

const refused = (message: string) => reject('body-invalid', '/page/cursor', message);

/** What who comes too late is told. */
export const expired = () =>
  reject(
    'expired',
    '/page/cursor',
    'The answer that this cursor goes on with is not kept any more. Ask from the beginning.',
  );
