import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Reason, Rejection } from '../xapi/rejection.ts';
import type { Reply } from './exchange.ts';
import { endVisit, visitOf } from './visit.ts';

/** What each reason is in HTTP. */
const STATUS: Readonly<Record<Reason, number>> = {
  'json-invalid': 400,
  'statement-invalid': 400,
  'statement-conflict': 409,
  'attachment-invalid': 400,
  'signature-invalid': 400,
  'document-invalid': 400,
  'document-conflict': 409,
  'precondition-failed': 412,
  'parameter-invalid': 400,
  'header-invalid': 400,
  'version-unsupported': 400,
  'body-invalid': 400,
  'too-large': 413,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  expired: 410,
  'method-not-allowed': 405,
  'rate-limited': 429,
  unavailable: 503,
};

/** In seconds: when to come again with what is refused only now. */
const RETRY_AFTER: Readonly<Partial<Record<Reason, string>>> = { unavailable: '5', 'rate-limited': '60' };

/** Scripts of any origin may read what they need of every answer, errors included (no cookies are ever used). */
export const ANY_ORIGIN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'ETag, Last-Modified, Content-Type, Location, WWW-Authenticate, Retry-After, X-Experience-API-Version, X-Experience-API-Consistent-Through, X-Request-Id',
};

const PREFLIGHT = {
  ...ANY_ORIGIN,
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, DELETE, OPTIONS',
  'Access-Control-Allow-Headers':
    // What is not named is allowed too (*), but for Authorization, and by old browsers.
    'Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match, Accept, Accept-Language, X-Experience-API-Hash, X-Requested-With, X-Request-Id, *',
  'Access-Control-Allow-Private-Network': 'true',
  'Access-Control-Max-Age': '7200',
};

/** The answer to a browser that asks before it sends. */
export const preflight: Reply = { status: 204, headers: PREFLIGHT };

/** Every header of an answer, with its length where it has a body. */
export const headersOf = (
  { headers, body }: Reply,
  common: Readonly<Record<string, string>>,
): Record<string, string> => ({
  'X-Content-Type-Options': 'nosniff',
  // A browser keeps what has a Last-Modified for a tenth of its age, and shows it to whoever signs in next.
  'Cache-Control': 'no-store',
  ...common,
  ...headers,
  ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
});

/** Writes an answer; `common` stands on every answer of the resource. The connection is not closed before `lingered`. */
export const send = (
  response: ServerResponse,
  reply: Reply,
  common: Readonly<Record<string, string>>,
  lingered?: Promise<void>,
): void => {
  if (response.headersSent || response.destroyed) {
    endVisit(response, GONE, 0);
    return;
  }
  if (reply.stream !== undefined) {
    void sendStream(response, reply, common);
    return;
  }
  const { status, body } = reply;
  const all = headersOf(reply, common);
  closeVisit(response, reply, all);
  // The length of what a HEAD has left unmade is not known.
  const isEmpty = body === undefined && response.req.method !== 'HEAD';
  if (isEmpty && status !== 204 && status !== 304) all['Content-Length'] = '0';
  response.writeHead(status, all);
  if (lingered === undefined) {
    response.end(body);
    return;
  }
  if (body !== undefined) response.write(body);
  void lingered.then(() => response.end());
};

const sendStream = async (
  response: ServerResponse,
  reply: Reply,
  common: Readonly<Record<string, string>>,
): Promise<void> => {
  const headers = headersOf(reply, common);
  closeVisit(response, reply, headers);
  response.writeHead(reply.status, headers);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const isHead = response.req.method === 'HEAD';
  const texts = isHead ? [] : (reply.stream?.(gone.signal) ?? []);
  await pipeline(Readable.from(texts), response).catch(() => undefined);
};

/** Every answer names the request; with it the visit is over. */
const closeVisit = (
  response: ServerResponse,
  { status, body, reason }: Reply,
  headers: Record<string, string>,
): void => {
  const visit = visitOf(response);
  if (visit === undefined) return;
  headers['X-Request-Id'] = visit.id;
  const { authorization } = response.req.headers;
  if (reason !== undefined) visit.reason = reasonTold(reason, authorization !== undefined);
  const isSent = body !== undefined && response.req.method !== 'HEAD';
  endVisit(response, status, isSent ? Number(headers['Content-Length']) : 0);
};

/** Who has not said who they are has not been refused a login. */
const reasonTold = (reason: string, hasSignedIn: boolean): string =>
  reason === 'unauthenticated' && !hasSignedIn ? 'anonymous' : reason;

/** The status that says that nobody was there any more to be answered. */
const GONE = 499;

export const json = (value: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: 200,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

export const noContent: Reply = { status: 204 };

/** The answer to a rejection: all problems, each with its place, so that the sender can mend them at once. */
export const refusal = ({ reason, problems, message }: Rejection): Reply => ({
  status: STATUS[reason],
  headers: {
    'Content-Type': 'application/json',
    ...(RETRY_AFTER[reason] === undefined ? {} : { 'Retry-After': RETRY_AFTER[reason] }),
  },
  body: JSON.stringify({ reason, message, problems }),
  reason,
});

/** The answer to whatever was thrown; a fault says nothing of our inside. */
export const replyToError = (
  error: unknown,
  requestId: string,
  onFault: (error: unknown, id: string) => void,
): Reply => {
  if (error instanceof Rejection) return refusal(error);
  onFault(error, requestId);
  return {
    status: 500,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      reason: 'fault',
      message: `This is our fault. Tell the operator the request id ${requestId}.`,
    }),
    reason: 'fault',
  };
};
