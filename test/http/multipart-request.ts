import { createHash } from 'node:crypto';
import type { Json } from './statement-parts.ts';

export const sha2Of = (bytes: Buffer, algorithm = 'sha256'): string =>
  createHash(algorithm).update(bytes).digest('hex');

/** What a statement says of an attachment whose bytes go with it. */
export const attaching = (bytes: Buffer, more: Json = {}): Json => ({
  usageType: 'https://example.org/usage',
  display: { en: 'bytes' },
  contentType: 'application/octet-stream',
  length: bytes.length,
  sha2: sha2Of(bytes),
  ...more,
});

const BOUNDARY = '-cairn-test-';
export type SentPart = { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

/** The part in which an attachment's bytes go. */
export const partOf = (body: Buffer, headers: Readonly<Record<string, string>> = {}): SentPart => ({
  headers: {
    'Content-Type': 'application/octet-stream',
    'Content-Transfer-Encoding': 'binary',
    'X-Experience-API-Hash': sha2Of(body),
    ...headers,
  },
  body,
});

/** A multipart/mixed body written by hand: the statements, then the parts. */
export const multipartOf = (
  statements: unknown,
  parts: readonly (Buffer | SentPart)[],
): { readonly contentType: string; readonly body: Buffer } => {
  const first = {
    headers: { 'Content-Type': 'application/json' },
    body: Buffer.from(typeof statements === 'string' ? statements : JSON.stringify(statements)),
  };
  const all = [first, ...parts.map((part) => (Buffer.isBuffer(part) ? partOf(part) : part))];
  const pieces = all.flatMap(({ headers, body }) => [
    Buffer.from(`--${BOUNDARY}\r\n`),
    Buffer.from(
      `${Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`,
    ),
    body,
    Buffer.from('\r\n'),
  ]);
  return {
    contentType: `multipart/mixed; boundary="${BOUNDARY}"`,
    body: Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  };
};

/** The parts of an answer, cut by hand: header lines and bytes. */
export const partsOf = (
  contentType: string,
  body: Buffer,
): readonly { readonly head: string; readonly body: Buffer }[] => {
  const boundary = /boundary=([^;]+)/.exec(contentType)?.[1] ?? '';
  const text = body.toString('latin1');
  const pieces = text.split(`--${boundary}`);
  expect(pieces[0]).toBe('');
  expect(pieces.at(-1)).toBe('--\r\n');
  return pieces.slice(1, -1).map((piece) => {
    const blank = piece.indexOf('\r\n\r\n');
    expect(piece.startsWith('\r\n') && piece.endsWith('\r\n') && blank > 0).toBe(true);
    return { head: piece.slice(2, blank), body: Buffer.from(piece.slice(blank + 4, -2), 'latin1') };
  });
};
