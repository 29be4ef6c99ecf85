/** Tags of old that the grammar of RFC 5646 does not cover but the RFC keeps. */
const GRANDFATHERED = new Set(
  (
    'en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn i-tao i-tay i-tsu ' +
    'sgn-be-fr sgn-be-nl sgn-ch-de'
  ).split(' '),
);

/** The longest tag that is looked up among the grandfathered ones. */
const LONGEST_GRANDFATHERED = 10;

/** What may come next: each part of a tag has its place, and none may come again later. */
const EXTENDED = 1;
const SCRIPT = 2;
const REGION = 3;
const VARIANT = 4;
const EXTENSION = 5;
const PRIVATE = 6;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;

/** Length of the subtag that starts at `from`, or 0 if it is empty, too long or holds anything but letters and digits. */
const subtagLength = (text: string, from: number): number => {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 45) break;
    if (at - from === 8 || !(isLetter(code) || isDigit(code))) return 0;
  }
  return at - from;
};

const countLetters = (text: string, from: number, length: number): number => {
  let letters = 0;
  for (let at = from; at < from + length; at++) if (isLetter(text.charCodeAt(at))) letters++;
  return letters;
};

const isX = (text: string, at: number): boolean => (text.charCodeAt(at) | 32) === 120;

const isVariant = (text: string, from: number, length: number): boolean =>
  length >= 5 || (length === 4 && isDigit(text.charCodeAt(from)));

/** What a subtag of letters alone is, by its length. */
const PART_OF_LETTERS = [0, 0, REGION, EXTENDED, SCRIPT];

/** The part of the tag that the subtag is, by its shape alone; 0 if it can be none. */
const partOf = (text: string, from: number, length: number): number => {
  if (length === 1) return isX(text, from) ? PRIVATE : EXTENSION;
  if (isVariant(text, from, length)) return VARIANT;
  const letters = countLetters(text, from, length);
  if (letters === length) return PART_OF_LETTERS[length] ?? 0;
  return letters === 0 && length === 3 ? REGION : 0;
};

/** Whether only subtags of 1 to 8 letters or digits follow, and at least one. */
const holdsPrivateUse = (text: string, from: number): boolean => {
  for (let at = from; at <= text.length; ) {
    const length = subtagLength(text, at);
    if (length === 0) return false;
    at += length + 1;
  }
  return from <= text.length;
};

/** Index after the subtags of the extension that starts at `from`, or -1 if it has none. */
const extensionEnd = (text: string, from: number): number => {
  let at = from + 2;
  for (let length = subtagLength(text, at); length > 1; length = subtagLength(text, at)) at += length + 1;
  return at === from + 2 ? -1 : at;
};

/** Whether only extensions follow, up to the end or the private use. */
const holdsExtensions = (text: string, from: number): boolean => {
  let at = from;
  while (at >= 0 && at <= text.length) {
    if (subtagLength(text, at) !== 1) return false;
    if (isX(text, at)) return holdsPrivateUse(text, at + 2);
    at = extensionEnd(text, at);
  }
  return at > 0;
};

/** Whether the part may follow what has been reached; only `left` extended languages may still come. */
const mayFollow = (part: number, reached: number, left: number): boolean => {
  if (part === EXTENDED) return reached <= EXTENDED && left > 0;
  return part === VARIANT ? reached <= VARIANT : part > reached;
};

/** Whether well-formed parts follow the primary language; extended languages only a short one. */
const holdsParts = (text: string, from: number, primary: number): boolean => {
  let reached = 0;
  let left = primary <= 3 ? 3 : 0;
  for (let at = from; at <= text.length; ) {
    const length = subtagLength(text, at);
    const part = partOf(text, at, length);
    if (!mayFollow(part, reached, left)) return false;
    if (part >= EXTENSION) return holdsExtensions(text, at);
    if (part === EXTENDED) left--;
    reached = part;
    at += length + 1;
  }
  return true;
};

const isPair = (text: string, at: number): boolean =>
  isLetter(text.charCodeAt(at)) && isLetter(text.charCodeAt(at + 1));

/** `en` or `en-US`, as nearly all tags are. */
const isCommon = (text: string): boolean =>
  (text.length === 2 || (text.length === 5 && text.charCodeAt(2) === 45 && isPair(text, 3))) &&
  isPair(text, 0);

/**
 * Whether the text has the shape of a language tag (RFC 5646, 2.1), grandfathered tags included.
 * No registry is asked: `zz-ZZ` passes, `en_US` does not. Linear in the length.
 */
export const isLanguageTag = (text: string): boolean => {
  if (isCommon(text)) return true;
  const primary = subtagLength(text, 0);
  if (primary === 1 && isX(text, 0)) return holdsPrivateUse(text, 2);
  if (primary >= 2 && countLetters(text, 0, primary) === primary) {
    if (text.length === primary || holdsParts(text, primary + 1, primary)) return true;
  }
  return text.length <= LONGEST_GRANDFATHERED && GRANDFATHERED.has(text.toLowerCase());
};
