/** One thing of an import as its bytes, and the line on which it begins, from 1. */
export type Element = { readonly bytes: Buffer; readonly line: number };

/** Finds the elements of a JSON array that comes in pieces; what they are is not its business. */
export type ArrayScanner = {
  /** The elements that end in this piece. */
  push(piece: Buffer): readonly Element[];
  /** What stands behind the array's closing bracket in the last piece, and on which line; undefined until it has come. */
  end(): { readonly rest: Buffer; readonly line: number } | undefined;
};

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;
const CLOSE_BRACE = 125;
const CLOSE_BRACKET = 93;
const NEW_LINE = 10;

/** `line` is where the array's bracket stands; what is pushed begins behind it. */
export const arrayScanner = (line: number, longest: number): ArrayScanner => {
  let ended: ReturnType<ArrayScanner['end']>;
  let depth = 0;
  let inText = false;
  let isEscaped = false;
  let at = line;
  let held: Buffer[] = [];
  let heldLength = 0;
  let begun: number | undefined;

  const take = (piece: Buffer, from: number, to: number): Element => {
    const bytes = Buffer.concat([...held, piece.subarray(from, to)]);
    const element = { bytes, line: begun ?? at };
    held = [];
    heldLength = 0;
    begun = undefined;
    return element;
  };

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a hot scanner; one loop over the bytes
  const push = (piece: Buffer): readonly Element[] => {
    const found: Element[] = [];
    let from = 0;
    for (let next = 0; next < piece.length && ended === undefined; next += 1) {
      const code = piece[next];
      if (inText) {
        if (isEscaped) isEscaped = false;
        else if (code === BACKSLASH) isEscaped = true;
        else if (code === QUOTE) inText = false;
        continue;
      }
      if (code === NEW_LINE) at += 1;
      if ((code as number) <= 32) continue;
      if (depth === 0 && (code === COMMA || code === CLOSE_BRACKET)) {
        if (begun !== undefined || code === COMMA) found.push(take(piece, from, next));
        from = next + 1;
        if (code === CLOSE_BRACKET) ended = { rest: piece.subarray(from), line: at };
        continue;
      }
      begun ??= at;
      if (code === QUOTE) inText = true;
      else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
      else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    }
    if (ended === undefined && from < piece.length) {
      held.push(piece.subarray(from));
      heldLength += piece.length - from;
      if (heldLength > longest)
        throw new Error(`The element that begins at line ${begun ?? at} is too long.`);
    }
    return found;
  };
  return { push, end: () => ended };
};
