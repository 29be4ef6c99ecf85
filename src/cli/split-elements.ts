import { arrayScanner, type Element } from './array-scanner.ts';
import { type HeldBytes, heldBytes } from './held-bytes.ts';

/** In bytes: the largest attachment in base64, and room. */
const LONGEST = 400 * 1024 * 1024;
/** Within how many bytes a StatementResult has to come to its statements, and to end behind them. */
const HEAD = 65_536;
/** How much of it is looked at first. */
const BEGINNING = 256;

/** An array, or a StatementResult with its array of statements. */
const ARRAY = /^\[/;
const RESULT = /^\{\s*(?:"more"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*)?"statements"\s*:\s*\[/;
/** What else a StatementResult has behind its statements: nothing that could hold more of them. */
const END_OF_RESULT = /^\s*(?:,\s*"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[^\s",[\]{}]+)\s*)*\}/;

/**
 * Cuts NDJSON into lines, and JSON arrays and StatementResults, one behind the other, into their elements, however they
 * are spread over chunks and lines. What stands behind an array and is none is lines again. Never holds more than one
 * element and one chunk.
 *
 * @throws Error when an array or a StatementResult does not end, or an element is too long to be one.
 */
export async function* splitElements(chunks: AsyncIterable<Buffer>): AsyncGenerator<Element> {
  const bytes = heldBytes(chunks);
  try {
    let line = 1;
    for (;;) {
      line += await skipBlanks(bytes);
      const opening = await openingOf(bytes);
      if (opening === undefined) break;
      line = yield* splitArray(bytes, opening, line);
    }
    yield* splitLines(bytes, line);
  } finally {
    await bytes.end();
  }
}

/** Passes over white space, and the byte order mark that some programs put in front; answers how many lines it was. */
const skipBlanks = async (bytes: HeldBytes): Promise<number> => {
  let lines = 0;
  for (;;) {
    const head = await bytes.peek(MARK.length);
    const blank = head.indexOf(MARK) === 0 ? MARK.length : blanksOf(head);
    lines += linesIn(head.subarray(0, blank));
    bytes.giveBack(head.subarray(blank));
    if (blank === 0) return lines;
  }
};

const MARK = Buffer.from('\ufeff');

const blanksOf = (bytes: Buffer): number => {
  const end = bytes.findIndex((code) => code > 32);
  return end === -1 ? bytes.length : end;
};

const linesIn = (bytes: Buffer): number =>
  bytes.reduce((lines, code) => (code === 10 ? lines + 1 : lines), 0);

const openingOf = async (bytes: HeldBytes): Promise<string | undefined> => {
  for (const length of [BEGINNING, HEAD]) {
    const text = (await bytes.peek(length)).toString('latin1', 0, length);
    const opening = (ARRAY.exec(text) ?? RESULT.exec(text))?.[0];
    if (opening !== undefined) return opening;
  }
  return undefined;
};

const isBlank = (bytes: Buffer): boolean => {
  for (const code of bytes) if (code > 32) return false;
  return true;
};

async function* splitLines(bytes: HeldBytes, first: number): AsyncGenerator<Element> {
  let line = first;
  let held: Buffer[] = [];
  let heldLength = 0;
  for (let chunk = await bytes.next(); chunk !== undefined; chunk = await bytes.next()) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const text = Buffer.concat([...held, chunk.subarray(from, end)]);
      held = [];
      heldLength = 0;
      if (!isBlank(text)) yield { bytes: text, line };
      line += 1;
      from = end + 1;
    }
    held.push(chunk.subarray(from));
    heldLength += chunk.length - from;
    if (heldLength > LONGEST) throw new Error(`Line ${line} is too long.`);
  }
  const text = Buffer.concat(held);
  if (!isBlank(text)) yield { bytes: text, line };
}

/** The elements of an array that begins with `opening` on a line; answers the line on which it ends. */
async function* splitArray(bytes: HeldBytes, opening: string, line: number): AsyncGenerator<Element, number> {
  const scanner = arrayScanner(line + linesIn(Buffer.from(opening)), LONGEST);
  bytes.giveBack((await bytes.peek(opening.length)).subarray(opening.length));
  for (let end = scanner.end(); ; end = scanner.end()) {
    if (end !== undefined) {
      bytes.giveBack(end.rest);
      return end.line + (opening.startsWith('{') ? await skipEndOfResult(bytes, end.line) : 0);
    }
    const chunk = await bytes.next();
    if (chunk === undefined) throw new Error('The array does not end: the text is cut off.');
    yield* scanner.push(chunk);
  }
}

/** Answers how many lines it was. */
const skipEndOfResult = async (bytes: HeldBytes, line: number): Promise<number> => {
  const head = await bytes.peek(HEAD);
  const end = END_OF_RESULT.exec(head.toString('latin1', 0, HEAD))?.[0];
  if (end === undefined) {
    throw new Error(`The StatementResult does not end behind its statements, on line ${line}.`);
  }
  bytes.giveBack(head.subarray(end.length));
  return linesIn(Buffer.from(end));
};
