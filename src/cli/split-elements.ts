import { arrayScanner, type Element } from './array-scanner.ts';

/** In bytes: the largest attachment in base64, and room. */
const LONGEST = 400 * 1024 * 1024;
/** Within how many bytes a StatementResult has to come to its statements. */
const HEAD = 65_536;

/** An array, or a StatementResult with its array of statements. */
const ARRAY = /^\s*\[/;
const RESULT = /^\s*\{\s*(?:"more"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*)?"statements"\s*:\s*\[/;

/**
 * Cuts NDJSON into lines, and a JSON array or a StatementResult into its elements, however it is spread over chunks
 * and lines. Never holds more than one element and one chunk.
 *
 * @throws Error when an array does not end, or an element is too long to be one.
 */
export async function* splitElements(chunks: AsyncIterable<Buffer>): AsyncGenerator<Element> {
  const rest = chunks[Symbol.asyncIterator]();
  const head = withoutMark(await readHead(rest));
  const opening = openingOf(head.toString('latin1', 0, HEAD));
  const following = { [Symbol.asyncIterator]: () => rest };
  if (opening === undefined) yield* splitLines(head, following);
  else yield* splitArray(head, opening, following);
}

const readHead = async (chunks: AsyncIterator<Buffer>): Promise<Buffer> => {
  const head: Buffer[] = [];
  let length = 0;
  while (length < HEAD) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    head.push(value);
    length += value.length;
  }
  return Buffer.concat(head);
};

/** Without the byte order mark that some programs put in front of UTF-8. */
const withoutMark = (head: Buffer): Buffer =>
  head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;

const openingOf = (head: string): string | undefined => (ARRAY.exec(head) ?? RESULT.exec(head))?.[0];

const isBlank = (bytes: Buffer): boolean => {
  for (const code of bytes) if (code > 32) return false;
  return true;
};

async function* splitLines(head: Buffer, chunks: AsyncIterable<Buffer>): AsyncGenerator<Element> {
  let line = 1;
  let held: Buffer[] = [];
  let heldLength = 0;
  for await (const chunk of startingWith(head, chunks)) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const bytes = Buffer.concat([...held, chunk.subarray(from, end)]);
      held = [];
      heldLength = 0;
      if (!isBlank(bytes)) yield { bytes, line };
      line += 1;
      from = end + 1;
    }
    held.push(chunk.subarray(from));
    heldLength += chunk.length - from;
    if (heldLength > LONGEST) throw new Error(`Line ${line} is too long.`);
  }
  const bytes = Buffer.concat(held);
  if (!isBlank(bytes)) yield { bytes, line };
}

async function* splitArray(
  head: Buffer,
  opening: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Element> {
  const scanner = arrayScanner(opening.split('\n').length, LONGEST);
  for await (const chunk of startingWith(head.subarray(opening.length), chunks)) {
    yield* scanner.push(chunk);
    if (scanner.isDone()) return;
  }
  throw new Error('The array does not end: the text is cut off.');
}

async function* startingWith(head: Buffer, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* chunks;
}
