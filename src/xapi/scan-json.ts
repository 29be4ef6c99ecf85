import { endOfString } from './json-members.ts';
import { type Problem, Rejection, reject, segment } from './rejection.ts';

/** How deep arrays and objects may nest whatever else is allowed: shallow enough for every reader that recurses. */
export const MOST_DEPTH = 1000;

/** Where things stand in a JSON text, in UTF-16 offsets. */
export type Scan = {
  /** Name/value pairs in the whole text; more than the parsed value has keys means a repeated key. */
  readonly pairs: number;
  /** No white space between the tokens of any element; around the elements there may be some. */
  readonly compact: boolean;
  readonly isArray: boolean;
  /** How deep arrays and objects nest in the whole text, and in which of its elements, by number, it is so deep. */
  readonly depth: number;
  readonly deepest: number;
  /** `[start, end)` of each element of the top-level array, or of the top-level value when it is no array. */
  readonly elements: readonly number[];
  /** Per element that is an object, its members as `keyStart, valueStart, valueEnd`. */
  readonly members: readonly number[];
  /** Where each element's members begin in `members`; one more entry than there are elements. */
  readonly memberOffsets: readonly number[];
};

const QUOTE = 34;
const COLON = 58;
const COMMA = 44;
const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;
const CLOSE_BRACE = 125;
const CLOSE_BRACKET = 93;

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

/** How many keys one request may have in all: more than any batch of real statements, fewer than memory holds. */
const MOST_PAIRS = 2_000_000;

const tooLarge = (what: string) =>
  reject('too-large', '', `The JSON has ${what}; send it in several requests.`);

/** The rejection of what nests more than `most` deep, in the statement `index` of a batch if it is one's. */
export const tooDeep = (most: number, index?: number): Rejection => {
  const limit =
    most < MOST_DEPTH ? 'the limit that CAIRN_MAX_DEPTH sets' : 'more than CAIRN_MAX_DEPTH can allow';
  const message = `Arrays and objects are nested more than ${most} deep, ${limit}.`;
  return new Rejection('too-large', [{ ...(index === undefined ? {} : { index }), pointer: '', message }]);
};

/**
 * One pass over a text that should be JSON: nesting, pairs, bounds. It never recurses, however deep the text nests;
 * whether it is JSON is for `JSON.parse` to say.
 *
 * @throws Rejection `too-large` for more keys than {@link MOST_PAIRS} or more elements than `mostElements`.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the hot loop of reading; one pass, no calls
export const scanJson = (text: string, mostElements = Number.POSITIVE_INFINITY): Scan => {
  const { length } = text;
  const elements: number[] = [];
  const members: number[] = [];
  const memberOffsets: number[] = [];
  let at = 0;
  while (at < length && isSpace(text.charCodeAt(at))) at += 1;
  let compact = true;
  const level = text.charCodeAt(at) === OPEN_BRACKET ? 2 : 1;
  let depth = 0;
  let most = 0;
  let deepest = 0;
  let pairs = 0;
  let key = 0;
  let items = 1;
  for (; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      if (depth === level) key = at;
      at = endOfString(text, at) - 1;
    } else if (code === COLON) {
      pairs += 1;
      if (pairs > MOST_PAIRS) throw tooLarge(`more than ${MOST_PAIRS} keys`);
      if (depth === level) members.push(key, at + 1);
    } else if (code === COMMA) {
      if (depth === level && members.length % 3 === 2) members.push(at);
      if (depth === 1 && level === 2) items += 1;
      if (items > mostElements) throw tooLarge(`more than ${mostElements} statements`);
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1;
      if (depth > most) {
        most = depth;
        deepest = elements.length >> 1;
      }
      if (depth === level && code === OPEN_BRACE) {
        elements.push(at);
        memberOffsets.push(members.length);
      }
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      if (depth === level && code === CLOSE_BRACE) {
        if (members.length % 3 === 2) members.push(at);
        elements.push(at + 1);
      }
      depth -= 1;
    } else if (code <= 32 && depth >= level) {
      compact = false;
    }
  }
  memberOffsets.push(members.length);
  return { pairs, compact, isArray: level === 2, depth: most, deepest, elements, members, memberOffsets };
};

/** Whether it may be part of a number or of a literal. */
const isOfWord = (code: number): boolean => {
  const lower = code | 32;
  return (
    (code >= 48 && code <= 57) || (lower >= 97 && lower <= 122) || code === 43 || code === 45 || code === 46
  );
};

const endOfSpace = (text: string, from: number): number => {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
};

const partsWords = (text: string, start: number, end: number): boolean =>
  isOfWord(text.charCodeAt(start - 1)) && isOfWord(text.charCodeAt(end));

/**
 * The same tokens without the white space between them. Two numbers or literals that nothing but white space parts
 * are no JSON; a blank stays between them, so that they do not become one that is.
 */
export const compactJson = (text: string): string => {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (isSpace(code)) {
      pieces.push(text.slice(from, at));
      from = endOfSpace(text, at);
      if (partsWords(text, at, from)) pieces.push(' ');
      at = from - 1;
    }
  }
  pieces.push(text.slice(from));
  return pieces.join('');
};

/** How many keys a parsed value has, at all depths. */
const countKeys = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) keys += countKeys(item);
    return keys;
  }
  for (const name in value) keys += 1 + countKeys((value as Record<string, unknown>)[name]);
  return keys;
};

type Frame = {
  readonly keys: Set<string>;
  readonly path: string;
  readonly isArray: boolean;
  at: string;
  index: number;
};

/** The JSON Pointers of keys that stand twice in their object, the first `most`; the text has to be JSON. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one pass over the tokens, run only to explain a refusal
const findRepeated = (text: string, most: number): readonly string[] => {
  const found = new Set<string>();
  const frames: Frame[] = [];
  for (let at = 0; at < text.length && found.size < most; at += 1) {
    const frame = frames.at(-1);
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at) - 1;
      if (frame !== undefined && isKey(text, end) && isRepeated(frame, text.slice(at, end + 1))) {
        found.add(frame.at);
      }
      at = end;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      frames.push(frameIn(frame, code === OPEN_BRACKET));
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      frames.pop();
    } else if (code === COMMA && frame !== undefined) {
      frame.index += 1;
    }
  }
  return [...found];
};

const isRepeated = (frame: Frame, key: string): boolean => {
  const name = JSON.parse(key) as string;
  frame.at = frame.path + segment(name);
  const repeated = frame.keys.has(name);
  frame.keys.add(name);
  return repeated;
};

const frameIn = (parent: Frame | undefined, isArray: boolean): Frame => {
  const path = parent === undefined ? '' : parent.isArray ? `${parent.path}/${parent.index}` : parent.at;
  return { keys: new Set(), path, isArray, at: path, index: 0 };
};

/** Whether the string that ends there is followed by a colon. */
const isKey = (text: string, end: number): boolean => {
  let at = end + 1;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return text.charCodeAt(at) === COLON;
};

/** @throws Rejection `json-invalid` when it is not JSON (RFC 8259). */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw reject('json-invalid', '', `This is not JSON: ${(error as Error).message}.`, 'Data 2.1');
  }
};

/** A problem at the JSON Pointer of each key of a parsed text that stands twice in its object, of the first `most`. */
export const repeatedKeys = (text: string, value: unknown, scan: Scan, most: number): readonly Problem[] => {
  if (countKeys(value) === scan.pairs) return [];
  const message = 'A key stands more than once in this object.';
  return findRepeated(text, most).map((pointer) => ({ pointer, message, clause: 'Data 2.2' }));
};

/**
 * Reads one JSON text strictly: no repeated keys, and nested at most so deep.
 *
 * @throws Rejection `json-invalid` or `too-large`.
 */
export const readJson = (text: string, maxDepth = MOST_DEPTH): unknown => {
  const scan = scanJson(text);
  if (scan.depth > maxDepth) throw tooDeep(maxDepth);
  const value = parseJson(text);
  const problems = repeatedKeys(text, value, scan, 1);
  if (problems.length > 0) throw new Rejection('json-invalid', problems);
  return value;
};
