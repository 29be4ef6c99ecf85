import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Admission, admission, tooMany } from './admission.ts';
import { problemReply } from './api/problem.ts';
import type { Reply } from './exchange.ts';
import { ANY_ORIGIN, headersOf, refusal } from './reply.ts';
import { rests } from './rests.ts';
import { type Turns, turns } from './turns.ts';
import { newRequestId } from './visit.ts';

/** Those who write and those who read wait for their own kind: an export never holds a write back. */
export type Admissions = {
  readonly writes: Admission;
  readonly reads: Admission;
  /** In each turn of the event loop something of either kind is dealt with. */
  readonly turns: { readonly writes: Turns; readonly reads: Turns };
  /** How many requests have been turned away before anything of them was looked at. */
  turnedAway(): number;
  /** How many connections are not read for a while, because too many were turned away. */
  resting(): number;
  /** Answers a request that comes when too many are here already, and says whether it has: it costs next to nothing. */
  turnAway(request: IncomingMessage, response: ServerResponse): boolean;
};

/** In bytes: the rest of a body that is no larger is let pass, so that the connection can be used again. */
const LET_PASS = 1024 * 1024;
export const admissions = (): Admissions => {
  const writes = admission();
  const reads = admission();
  const refusals = new Map<string, Refusal>();
  let count = 0;
  const resting = rests(() => Math.min(writes.room(), reads.room()));

  const refusalOf = (kind: string, seconds: number): Refusal => {
    const key = `${kind} ${seconds}`;
    const known = refusals.get(key) ?? makeRefusal(kind, seconds);
    refusals.set(key, known);
    return known;
  };

  return {
    writes,
    reads,
    turns: { writes: turns(), reads: turns() },
    turnedAway: () => count,
    resting: resting.count,
    turnAway: (request, response) => {
      const { method = '', url = '' } = request;
      const wait = (READING.includes(method) ? reads : writes).wait();
      if (wait === 0 || isAlwaysWelcome(method, url)) return false;
      count += 1;
      const { headers, body } = refusalOf(kindOf(url), wait);
      const own = [...headers, 'X-Request-Id', newRequestId()];
      response.writeHead(503, isShort(request) ? own : [...own, 'Connection', 'close']);
      response.end(body);
      resting.turnedAway(request);
      return true;
    },
  };
};

const READING = ['GET', 'HEAD'];

const isAlwaysWelcome = (method: string, url: string): boolean =>
  method === 'OPTIONS' || url.startsWith('/health/') || /^\/metrics\/?(\?|$)/.test(url);

const kindOf = (url: string): string => {
  if (url.startsWith('/api/')) return 'api';
  return url.startsWith('/xapi/2.0') ? '2.0.0' : '1.0.3';
};

/** An answer but for the id of its request; names of headers and their values in turn. */
type Refusal = { readonly headers: readonly string[]; readonly body: string };

const makeRefusal = (kind: string, seconds: number): Refusal => {
  const isApi = kind === 'api';
  const reply: Reply = isApi ? problemReply(tooMany()) : refusal(tooMany());
  const common = isApi ? {} : { ...ANY_ORIGIN, 'X-Experience-API-Version': kind };
  const headers = { ...headersOf(reply, common), 'Retry-After': String(seconds) };
  return { headers: Object.entries(headers).flat(), body: reply.body as string };
};

const isShort = ({ headers }: IncomingMessage): boolean =>
  !('transfer-encoding' in headers) && Number(headers['content-length'] ?? 0) <= LET_PASS;
