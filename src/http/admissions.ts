import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Family } from '../xapi/statement.ts';
import { type Admission, admission, tooMany } from './admission.ts';
import { apiHeaders } from './api/api-headers.ts';
import { problemReply } from './api/problem.ts';
import type { Reply } from './exchange.ts';
import { mostConnections } from './most-connections.ts';
import { restOfBody } from './read-body.ts';
import { ANY_ORIGIN, headersOf, refusal } from './reply.ts';
import { rests } from './rests.ts';
import { type Turns, turns } from './turns.ts';
import { familyAsked } from './version.ts';
import { requestIdOf } from './visit.ts';

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

/** What its answers tell of the server. */
type Told = { readonly defaultVersion?: Family; readonly apiOrigins?: readonly string[] };

/** In bytes: the rest of a body that is no larger is let pass, so that the connection can be used again. */
const LET_PASS = 1024 * 1024;
/** How many connections are closed only once the rest of a body has come, so that none loses its answer to a reset. */
const MOST_LINGERING = 16;

export const admissions = ({ defaultVersion = '1.0.3', apiOrigins = [] }: Told = {}): Admissions => {
  const writes = admission();
  const reads = admission();
  const resting = rests(() => Math.min(writes.room(), reads.room()), mostConnections() / 2);
  const refusals = new Map<string, Refusal>();
  let count = 0;
  let lingering = 0;

  const refusalOf = (kind: string, seconds: number): Refusal => {
    const key = `${kind} ${seconds}`;
    const known = refusals.get(key) ?? makeRefusal(kind, seconds);
    refusals.set(key, known);
    return known;
  };

  const linger = (request: IncomingMessage, response: ServerResponse): void => {
    lingering += 1;
    void restOfBody(request).then(() => {
      lingering -= 1;
      response.end();
    });
  };

  const refuse = (request: IncomingMessage, response: ServerResponse, { headers, body }: Refusal): void => {
    const isLast = !isShort(request);
    response.writeHead(503, isLast ? [...headers, 'Connection', 'close'] : headers);
    if (isLast && lingering < MOST_LINGERING) {
      response.write(body);
      linger(request, response);
      return;
    }
    response.end(body);
    resting.turnedAway(request, response);
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
      const isApi = url.startsWith('/api/');
      const { headers, body } = refusalOf(isApi ? 'api' : familyOf(request, defaultVersion), wait);
      const own = ['X-Request-Id', requestIdOf(request.headers['x-request-id'])];
      if (isApi) own.push(...Object.entries(apiHeaders(request, apiOrigins)).flat());
      refuse(request, response, { headers: [...headers, ...own], body });
      return true;
    },
  };
};

const familyOf = ({ url = '', headers }: IncomingMessage, otherwise: Family): Family =>
  familyAsked(
    String(headers['x-experience-api-version'] ?? ''),
    url.startsWith('/xapi/2.0') ? '2.0.0' : otherwise,
  );

const READING = ['GET', 'HEAD'];

const isAlwaysWelcome = (method: string, url: string): boolean =>
  method === 'OPTIONS' || url === '/' || WELCOME.test(url);

/** However it is written. */
const WELCOME = /^(https?:\/\/[^/]*)?\/+(health\/|metrics\/?(\?|$))/i;

/** An answer but for the id of its request; names of headers and their values in turn. */
type Refusal = { readonly headers: string[]; readonly body: string };

const makeRefusal = (kind: string, seconds: number): Refusal => {
  const isApi = kind === 'api';
  const reply: Reply = isApi ? problemReply(tooMany()) : refusal(tooMany());
  const common = isApi ? {} : { ...ANY_ORIGIN, 'X-Experience-API-Version': kind };
  const headers = { ...headersOf(reply, common), 'Retry-After': String(seconds) };
  return { headers: Object.entries(headers).flat(), body: reply.body as string };
};

const isShort = ({ headers }: IncomingMessage): boolean =>
  !('transfer-encoding' in headers) && Number(headers['content-length'] ?? 0) <= LET_PASS;
