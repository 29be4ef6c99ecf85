import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Rejection, reject } from '../xapi/rejection.ts';
import type { Hold } from './body-budget.ts';
import { visitOf } from './visit.ts';

/** How much is read of a body. */
export type BodyLimit = {
  /** In bytes. */
  readonly most: number;
  /** What it is that sets the limit, for who exceeds it. */
  readonly setBy: string;
  /** What it may hold beside all others. */
  readonly hold?: Hold;
};

/**
 * The whole body of a request, unpacked if it is gzipped: limits are for what it becomes.
 *
 * @throws Rejection `too-large` beyond the limit, `unavailable` when too much is held at once,
 * `header-invalid` for a content coding that is not understood, `body-invalid` when it is cut off or no gzip.
 */
export const readBody = (request: IncomingMessage, limit: BodyLimit): Promise<Buffer> =>
  new Promise((resolve, refuse) => {
    const { most, setBy, hold } = limit;
    const source = sourceOf(request);
    if (source === undefined || Number(request.headers['content-length'] ?? 0) > most) {
      refuse(source === undefined ? notUnderstood(request) : tooLarge(most, setBy));
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    const stop = (rejection: Rejection): void => {
      source.stream.off('data', take);
      source.close();
      chunks.length = 0;
      hold?.free();
      refuse(rejection);
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      const problem = problemOf(chunk, length, source.packed(), limit);
      if (problem === undefined) chunks.push(chunk);
      else stop(problem);
    };
    countBytes(request);
    source.stream.on('data', take);
    source.stream.on('end', () =>
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)),
    );
    const cut = () => stop(reject('body-invalid', '', 'The request ended before its body did.'));
    request.on('error', cut);
    request.on('close', () => {
      if (!request.complete) cut();
    });
    source.begin(() => stop(reject('body-invalid', '', 'The body is not gzip, or not all of it.')));
  });

type Source = {
  readonly stream: Readable;
  /** How many bytes have come of what is unpacked; undefined for what is plain. */
  packed(): number | undefined;
  begin(failed: () => void): void;
  close(): void;
};

/** Undefined for a coding that is not understood. */
const sourceOf = (request: IncomingMessage): Source | undefined => {
  const coding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
  const nothing = () => undefined;
  if (coding === 'identity') return { stream: request, packed: nothing, begin: nothing, close: nothing };
  if (coding !== 'gzip' && coding !== 'x-gzip') return undefined;
  const stream = createGunzip();
  return {
    stream,
    packed: () => stream.bytesWritten,
    begin: (failed) => {
      stream.on('error', failed);
      request.pipe(stream);
    },
    close: () => {
      request.unpipe(stream);
      stream.destroy();
    },
  };
};

const problemOf = (
  chunk: Buffer,
  length: number,
  packed: number | undefined,
  { most, setBy, hold }: BodyLimit,
): Rejection | undefined => {
  if (length > most) return tooLarge(most, setBy);
  if (packed !== undefined && length > ALWAYS_FINE && length > LARGEST_RATIO * packed) return bomb();
  return hold?.take(chunk.length) === false ? tooMuchAtOnce() : undefined;
};

/** Statements get forty times smaller at most; what gets far smaller is made to fill a memory. In bytes. */
const LARGEST_RATIO = 200;
const ALWAYS_FINE = 1024 * 1024;

const bomb = (): Rejection =>
  reject('too-large', '', `The body unpacks to more than ${LARGEST_RATIO} times its size; send it plain.`);

const countBytes = (request: IncomingMessage): void => {
  const visit = visitOf(request);
  if (visit === undefined) return;
  request.on('data', (chunk: Buffer) => {
    visit.bytesIn += chunk.length;
  });
};

/** How long, in milliseconds, and how much of it, in bytes, the rest of a body is listened to. */
const LINGER = 2000;
const MOST_OF_REST = 16 * 1024 * 1024;

/**
 * Resolves when the rest of a body has come and been thrown away, or enough of it: closed before that, the connection
 * would be reset, and a client that still sends would lose the answer (RFC 9112 9.6).
 */
export const restOfBody = (request: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    let left = MOST_OF_REST;
    const timer = setTimeout(resolve, LINGER);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    request.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) done();
    });
    request.once('end', done);
    request.once('close', done);
    request.resume();
  });

const notUnderstood = ({ headers }: IncomingMessage): Rejection => {
  const message = `Content-Encoding ${headers['content-encoding']} is not understood; send it plain or as gzip.`;
  return reject('header-invalid', '/Content-Encoding', message);
};

const tooLarge = (most: number, setBy: string): Rejection =>
  reject('too-large', '', `The body is larger than ${most} bytes, ${setBy}.`);

const tooMuchAtOnce = (): Rejection =>
  reject(
    'unavailable',
    '',
    'Too many and too large bodies are being sent at once; nothing of this one was stored.',
  );
