import type { IncomingMessage } from 'node:http';
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
 * The whole body of a request.
 *
 * @throws Rejection `too-large` beyond the limit, `unavailable` when too much is held at once,
 * `header-invalid` for a content coding that is not understood, `body-invalid` when it is cut off.
 */
export const readBody = (request: IncomingMessage, { most, setBy, hold }: BodyLimit): Promise<Buffer> =>
  new Promise((resolve, refuse) => {
    const coding = request.headers['content-encoding'];
    const announced = Number(request.headers['content-length'] ?? 0);
    if (coding !== undefined && coding !== 'identity') {
      refuse(notUnderstood(coding));
      return;
    }
    if (announced > most) {
      refuse(tooLarge(most, setBy));
      return;
    }
    const chunks: Buffer[] = [];
    const visit = visitOf(request);
    let length = 0;
    const stop = (rejection: Rejection): void => {
      request.off('data', take);
      chunks.length = 0;
      hold?.free();
      refuse(rejection);
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (visit !== undefined) visit.bytesIn = length;
      if (length > most) stop(tooLarge(most, setBy));
      else if (hold?.take(chunk.length) === false) stop(tooMuchAtOnce());
      else chunks.push(chunk);
    };
    request.on('data', take);
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    const cut = () => refuse(reject('body-invalid', '', 'The request ended before its body did.'));
    request.on('error', cut);
    request.on('close', () => {
      if (!request.complete) cut();
    });
  });

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

const notUnderstood = (coding: string): Rejection => {
  const message = `Content-Encoding ${coding} is not understood; send it plain.`;
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
