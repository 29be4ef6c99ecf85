/** Where a value stands in a JSON text: `[start, end)` in UTF-16 offsets. */
export type Span = { readonly start: number; readonly end: number };

/** A name/value pair: the name as it reads, where its opening quote stands, and where the value stands. */
export type Member = Span & { readonly key: string; readonly keyStart: number };

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;
const CLOSE_BRACE = 125;
const CLOSE_BRACKET = 93;

const skipSpace = (text: string, from: number): number => {
  let at = from;
  let code = text.charCodeAt(at);
  while (code === 32 || code === 10 || code === 13 || code === 9) {
    at += 1;
    code = text.charCodeAt(at);
  }
  return at;
};

/** The offset behind the quote that ends the string whose opening quote stands at `start`. */
export const endOfString = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let escapes = end - 1;
    while (text.charCodeAt(escapes) === BACKSLASH) escapes -= 1;
    if ((end - escapes) % 2 === 1) return end + 1;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
};

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a hot scanner; one loop over the characters
const endOfContainer = (text: string, start: number): number => {
  const { length } = text;
  let depth = 1;
  for (let at = start + 1; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return length;
};

const isScalarPart = (code: number): boolean =>
  code > 32 && code !== COMMA && code !== CLOSE_BRACE && code !== CLOSE_BRACKET;

const endOfValue = (text: string, start: number): number => {
  const code = text.charCodeAt(start);
  if (code === QUOTE) return endOfString(text, start);
  if (code === OPEN_BRACE || code === OPEN_BRACKET) return endOfContainer(text, start);
  let at = start;
  while (isScalarPart(text.charCodeAt(at))) at += 1;
  return at;
};

const keyOf = (text: string, start: number, end: number): string => {
  const key = text.slice(start + 1, end - 1);
  return key.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : key;
};

/**
 * The members of the object that begins at `start`, in the order of the text; none when no object begins there.
 * The text has to be JSON (white space between tokens is fine). One pass over the object, however deep it nests,
 * without recursion.
 */
export const members = (text: string, start: number): readonly Member[] => {
  const found: Member[] = [];
  if (text.charCodeAt(start) !== OPEN_BRACE) return found;
  let keyStart = skipSpace(text, start + 1);
  while (text.charCodeAt(keyStart) === QUOTE) {
    const keyEnd = endOfString(text, keyStart);
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = endOfValue(text, valueStart);
    found.push({ key: keyOf(text, keyStart, keyEnd), keyStart, start: valueStart, end });
    const next = skipSpace(text, end);
    if (text.charCodeAt(next) !== COMMA) break;
    keyStart = skipSpace(text, next + 1);
  }
  return found;
};

/** The elements of the array that begins at `start`, as {@link members} gives those of an object. */
export const elements = (text: string, start: number): readonly Span[] => {
  const found: Span[] = [];
  if (text.charCodeAt(start) !== OPEN_BRACKET) return found;
  let at = skipSpace(text, start + 1);
  while (at < text.length && text.charCodeAt(at) !== CLOSE_BRACKET) {
    const end = endOfValue(text, at);
    found.push({ start: at, end });
    const next = skipSpace(text, end);
    if (text.charCodeAt(next) !== COMMA) break;
    at = skipSpace(text, next + 1);
  }
  return found;
};
