import { mediaTypeOf } from '../xapi/media-type.ts';
import { type Rejection, reject } from '../xapi/rejection.ts';
import { FIELD_VALUE, type Part, TOKEN } from '../xapi/write-multipart.ts';

const MAX_PARTS = 1000;
const MAX_HEADER_BYTES = 16_384;
const MAX_BOUNDARY = 70;

const LF = 10;
const CR = 13;
const DASH = 45;

const BOUNDARY = /^[\x20-\x7e]*[\x21-\x7e]$/;
const PARAMETER = /\s*;\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*)))?/y;

const wrong = (message: string): Rejection => reject('body-invalid', '', message, 'Communication 1.5.2');

const readBoundary = (contentType: string): string => {
  if (mediaTypeOf(contentType) !== 'multipart/mixed')
    throw wrong('The Content-Type has to be multipart/mixed.');
  PARAMETER.lastIndex = contentType.includes(';') ? contentType.indexOf(';') : contentType.length;
  for (let found = PARAMETER.exec(contentType); found !== null; found = PARAMETER.exec(contentType)) {
    if (found[1]?.toLowerCase() !== 'boundary') continue;
    const boundary = found[2]?.replaceAll(/\\(.)/g, '$1') ?? found[3] ?? '';
    if (boundary.length <= MAX_BOUNDARY && BOUNDARY.test(boundary)) return boundary;
    throw wrong(
      `The boundary has to be 1 to ${MAX_BOUNDARY} printable ASCII characters, no blank at the end.`,
    );
  }
  throw wrong('The Content-Type multipart/mixed has no boundary parameter.');
};

type Delimiter = {
  /** Where the line break in front of it begins: the part before ends here. */
  readonly start: number;
  /** Where the next part begins. */
  readonly end: number;
  readonly isLast: boolean;
  /** Whether its line ends with a bare line feed. */
  readonly isLoose: boolean;
};

/** The rest of a delimiter's line, from behind the boundary; undefined when other text follows. */
const restOfLine = (body: Buffer, from: number, start: number): Delimiter | undefined => {
  const isLast = body[from] === DASH && body[from + 1] === DASH;
  let at = isLast ? from + 2 : from;
  while (body[at] === 32 || body[at] === 9) at += 1;
  if (isLast && at === body.length) return { start, end: at, isLast, isLoose: false };
  if (body[at] === LF) return { start, end: at + 1, isLast, isLoose: true };
  return body[at] === CR && body[at + 1] === LF ? { start, end: at + 2, isLast, isLoose: false } : undefined;
};

/** The first delimiter at or after `from`; `lead` is its line break, dashes and boundary. */
const nextDelimiter = (body: Buffer, lead: Buffer, from: number): Delimiter | undefined => {
  for (let at = body.indexOf(lead, from); at !== -1; at = body.indexOf(lead, at + 1)) {
    const delimiter = restOfLine(body, at + lead.length, at);
    if (delimiter !== undefined) return delimiter;
  }
  return undefined;
};

const firstDelimiter = (body: Buffer, dashed: string): Delimiter | undefined => {
  const atOnce = body.indexOf(dashed, 0, 'latin1') === 0 ? restOfLine(body, dashed.length, 0) : undefined;
  return atOnce ?? nextDelimiter(body, Buffer.from(`\n${dashed}`, 'latin1'), 0);
};

const trimBlanks = (text: string): string => {
  let start = 0;
  let end = text.length;
  const isBlank = (at: number) => text[at] === ' ' || text[at] === '\t';
  while (start < end && isBlank(start)) start += 1;
  while (end > start && isBlank(end - 1)) end -= 1;
  return text.slice(start, end);
};

const readHeaders = (lines: readonly string[]): ReadonlyMap<string, string> => {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = trimBlanks(line.slice(0, Math.max(0, colon))).toLowerCase();
    const value = trimBlanks(line.slice(colon + 1));
    if (!TOKEN.test(name) || !FIELD_VALUE.test(value)) throw wrong('A part has a line that is no header.');
    if (headers.has(name)) throw wrong(`A part has the header ${name} more than once.`);
    headers.set(name, value);
  }
  return headers;
};

/** A line that begins with a blank goes on with the one before (RFC 5322 2.2.3). */
const unfold = (lines: readonly string[]): readonly string[] => {
  const unfolded: string[] = [];
  for (const line of lines) {
    const isFolded = (line[0] === ' ' || line[0] === '\t') && unfolded.length > 0;
    unfolded.push(isFolded ? `${unfolded.pop()} ${trimBlanks(line)}` : line);
  }
  return unfolded;
};

/** The line of headers that begins at `at`, and where the next begins. */
const headerLine = (
  body: Buffer,
  at: number,
  end: number,
): { readonly line: string; readonly next: number } => {
  const feed = body.indexOf(LF, at);
  if (feed === -1 || feed >= end) throw wrong('The headers of a part do not end with an empty line.');
  const lineEnd = feed > at && body[feed - 1] === CR ? feed - 1 : feed;
  return { line: body.toString('latin1', at, lineEnd), next: feed + 1 };
};

/** The part in `[start, end)`: header lines, an empty line, the bytes. Without an empty line there are no bytes. */
const readPart = (body: Buffer, start: number, end: number): Part => {
  const lines: string[] = [];
  let at = start;
  while (at < end) {
    const { line, next } = headerLine(body, at, end);
    if (next - start > MAX_HEADER_BYTES)
      throw wrong(`A part has more than ${MAX_HEADER_BYTES} bytes of headers.`);
    at = next;
    if (line === '') break;
    lines.push(line);
  }
  return { headers: readHeaders(unfold(lines)), body: body.subarray(at, end) };
};

/**
 * Reads a `multipart/mixed` body (RFC 2046, M-1). Header names are lower case, values and bytes as sent; what stands
 * before the first delimiter and behind the last is passed over. When the first delimiter's line ends with a bare
 * line feed, so may all of them; otherwise a delimiter begins with CRLF. Header lines may end either way.
 *
 * @throws Rejection `body-invalid`: another media type, no (good) boundary, no delimiter at the beginning or end of
 * a part, a first part that is not `application/json`, more than 1000 parts or 16 kB of headers in one.
 */
export const readMultipart = (body: Buffer, contentType: string): Part[] => {
  const dashed = `--${readBoundary(contentType)}`;
  const first = firstDelimiter(body, dashed);
  if (first === undefined) throw wrong('The boundary of the Content-Type does not occur in the body.');
  const lead = Buffer.from(`${first.isLoose ? '\n' : '\r\n'}${dashed}`, 'latin1');
  const parts: Part[] = [];
  for (let delimiter = first; !delimiter.isLast; ) {
    const next = nextDelimiter(body, lead, delimiter.end);
    if (next === undefined) throw wrong('The last part does not end with the closing delimiter.');
    if (parts.length === MAX_PARTS) throw wrong(`There are more than ${MAX_PARTS} parts.`);
    parts.push(readPart(body, delimiter.end, next.start));
    delimiter = next;
  }
  if (mediaTypeOf(parts[0]?.headers.get('content-type') ?? '') === 'application/json') return parts;
  throw wrong('The first part has to be application/json and hold all the statements.');
};
