import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Admission, admission, tooMany } from './admission.ts';
import { problemReply } from './api/problem.ts';
import { SETTLED } from './body-budget.ts';
import type { Reply } from './exchange.ts';
import { ANY_ORIGIN, headersOf, refusal } from './reply.ts';
import { newRequestId } from './visit.ts';

/** Those who write and those who read wait for their own kind: an export never holds a write back. */
export type Admissions = {
  readonly writes: Admission;
  readonly reads: Admission;
  /** How many requests have been turned away before anything of them was looked at. */
  turnedAway(): number;
  /** Answers a request that comes when too many are here already, and says whether it has: it costs next to nothing. */
  turnAway(request: IncomingMessage, response: ServerResponse): boolean;
};

/** In bytes: the rest of a body that is no larger is let pass, so that the connection can be used again. */
const LET_PASS = 1024 * 1024;

export const admissions = (): Admissions => {
  const writes = admission();
  const reads = admission();
  let count = 0;
  return {
    writes,
    reads,
    turnedAway: () => count,
    turnAway: (request, response) => {
      const { method = '', url = '' } = request;
      const kind = READING.includes(method) ? reads : writes;
      if (isAlwaysWelcome(method, url)) return false;
      const wait = kind.wait();
      if (wait === 0) {
        const over = kind.arrive();
        response.once(SETTLED, over).once('close', over);
        return false;
      }
      count += 1;
      const isApi = url.startsWith('/api/');
      const reply = laterBy(wait, isApi ? problemReply(tooMany()) : refusal(tooMany()));
      response.writeHead(503, headersOf(reply, { ...(isApi ? {} : ofXapi(url)), ...headersOfAll(request) }));
      response.end(reply.body);
      return true;
    },
  };
};

const READING = ['GET', 'HEAD'];

const isAlwaysWelcome = (method: string, url: string): boolean =>
  method === 'OPTIONS' || url.startsWith('/health/') || /^\/metrics\/?(\?|$)/.test(url);

const ofXapi = (url: string): Record<string, string> => ({
  ...ANY_ORIGIN,
  'X-Experience-API-Version': url.startsWith('/xapi/2.0') ? '2.0.0' : '1.0.3',
});

const laterBy = (seconds: number, reply: Reply): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'Retry-After': String(seconds) },
});

const headersOfAll = ({ headers }: IncomingMessage): Record<string, string> => {
  const isShort = !('transfer-encoding' in headers) && Number(headers['content-length'] ?? 0) <= LET_PASS;
  return {
    'X-Request-Id': newRequestId(),
    ...(isShort ? {} : { Connection: 'close' }),
  };
};
