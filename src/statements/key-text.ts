/** What not every text column keeps apart (controls such as NUL, lone surrogates), and what marks an escape. */
const UNSAFE = /[\p{Cc}\p{Cs}"\\]/u;

/** Any string as text that every backend keeps apart from all others: as it is, or escaped as JSON does it. */
export const keyText = (text: string): string =>
  UNSAFE.test(text) ? JSON.stringify(text).slice(1, -1) : text;

/** The string that {@link keyText} was made of. */
export const textOfKey = (key: string): string =>
  key.includes('\\') ? (JSON.parse(`"${key}"`) as string) : key;
