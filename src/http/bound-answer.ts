import type { ServerResponse } from 'node:http';
import { reject } from '../xapi/rejection.ts';
import type { Unread } from './body-budget.ts';
import type { Reply } from './exchange.ts';

/** In bytes: less than that a connection takes at once, and is not counted. */
const LARGE = 64 * 1024;

/**
 * The same answer, unless so much waits to be read by others that it has no room. Only for who reads (GET): what has
 * been stored has to be said.
 *
 * @throws Rejection `unavailable`.
 */
export const boundAnswer = (
  unread: Unread,
  response: ServerResponse,
  method: string,
  reply: Reply,
): Reply => {
  const { body } = reply;
  if (method !== 'GET' || body === undefined || body.length <= LARGE) return reply;
  if (response.req.method === 'HEAD' || unread.take(response, Buffer.byteLength(body))) return reply;
  throw reject(
    'unavailable',
    '',
    'Too many large answers wait to be read; this one is to be asked for again.',
  );
};
