import { type Reason, reject } from './rejection.ts';

const isHex = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);

const isHyphenPlace = (at: number): boolean => at === 8 || at === 13 || at === 18 || at === 23;

/** Whether the text is 8-4-4-4-12 hexadecimal digits, in either case, of any version and variant. */
export const isUuid = (text: string): boolean => {
  if (text.length !== 36) return false;
  for (let at = 0; at < 36; at++) {
    const code = text.charCodeAt(at);
    if (isHyphenPlace(at) ? code !== 45 : !isHex(code)) return false;
  }
  return true;
};

/**
 * Reads a UUID in the lower-case form under which it is compared and indexed.
 * Throws a {@link Rejection} of the given reason at the given pointer when it is not one.
 */
export const readUuid = (value: unknown, reason: Reason, pointer: string): string => {
  if (typeof value === 'string' && isUuid(value)) return value.toLowerCase();
  throw reject(reason, pointer, 'Expected a UUID of 8-4-4-4-12 hexadecimal digits.');
};
