import { randomBytes } from 'node:crypto';

/** One part of a multipart body; `body` is a view of the bytes, exactly as sent. */
export type Part = { readonly headers: ReadonlyMap<string, string>; readonly body: Buffer };

/** What a header of a part may be called, and what it may say. */
export const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
export const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const newBoundary = (parts: readonly Part[]): string => {
  const boundary = randomBytes(18).toString('hex');
  return parts.some(({ body }) => body.includes(boundary)) ? newBoundary(parts) : boundary;
};

const headLines = (headers: ReadonlyMap<string, string>): string => {
  const lines = [...headers].map(([name, value]) => {
    if (TOKEN.test(name) && FIELD_VALUE.test(value)) return `${name}: ${value}\r\n`;
    throw new TypeError(`Not a header of a part: ${JSON.stringify({ name, value })}`);
  });
  return `${lines.join('')}\r\n`;
};

/**
 * Writes a `multipart/mixed` body with a boundary that occurs in no part; `contentType` names it.
 *
 * @throws TypeError for a header that would break its line: name no token, value with controls or beyond Latin-1
 */
export const writeMultipart = (parts: readonly Part[]): { contentType: string; body: Buffer } => {
  const boundary = newBoundary(parts);
  const pieces = parts.flatMap(({ headers, body }) => [
    Buffer.from(`--${boundary}\r\n${headLines(headers)}`, 'latin1'),
    body,
    Buffer.from('\r\n', 'latin1'),
  ]);
  pieces.push(Buffer.from(`--${boundary}--\r\n`, 'latin1'));
  return { contentType: `multipart/mixed; boundary=${boundary}`, body: Buffer.concat(pieces) };
};
