import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request, by names of ours and by figures: never by what was sent, nor by its URL. */
export type Visit = {
  /** The request id: the sender's own where it is fit to be repeated. */
  readonly id: string;
  /** On the clock of `performance.now()`. */
  readonly began: number;
  /** The sender's `traceparent`, where traces are made; else ''. */
  readonly traceparent: string;
  /** On the same clock: when all of it had come and its sender was let in; 0 when it was not. */
  admitted: number;
  /** The id of its trace; '' where none are made. */
  traceId: string;
  /** The method that is meant. */
  method: string;
  /** The path in the table of routes; `none` where there is nothing. */
  route: string;
  /** Who was let in; '' for nobody. */
  credential: string;
  /** Why it was refused; '' when it was not. */
  reason: string;
  /** In bytes, as far as its body was read. */
  bytesIn: number;
  /** In bytes, of the answer's body. */
  bytesOut: number;
  /** 0 until it is answered; 499 when nobody was there any more to be answered. */
  status: number;
  /** From the request's headers to the answer, without the time that the network takes for it. */
  milliseconds: number;
  /** Of the connection, which may be a proxy's. */
  address: string;
};

/** Told of visits that are over. */
export type Onlooker = (visit: Visit) => void;

/** Makes the trace of a visit that is over, and answers its id. */
export type Trace = (visit: Visit) => string;

const VISIT = Symbol('visit');
const ONLOOKER = Symbol('onlooker');
type Watched = Visit & { readonly [ONLOOKER]: Onlooker };
/** A response; its request leads to it, as Express has it. */
type Bearer = { [VISIT]?: Watched; readonly res?: Bearer };

/** Begins the visit of a request; `onlooker` is told when it is over, and `trace` before that. */
export const watchVisits =
  (onlooker: Onlooker, trace?: Trace) =>
  ({ headers, method }: IncomingMessage, response: ServerResponse): void => {
    (response as Bearer)[VISIT] = {
      id: requestIdOf(headers['x-request-id']),
      began: performance.now(),
      traceparent: trace === undefined ? '' : String(headers['traceparent'] ?? ''),
      admitted: 0,
      traceId: '',
      method: method ?? '',
      route: 'none',
      credential: '',
      reason: '',
      bytesIn: 0,
      bytesOut: 0,
      status: 0,
      milliseconds: 0,
      address: '',
      [ONLOOKER]: onlooker,
    };
  };

/** The visit of a request, or of its response; undefined for one that never came to the app. */
export const visitOf = (bearer: IncomingMessage | ServerResponse): Visit | undefined =>
  ((bearer as Bearer).res ?? (bearer as Bearer))[VISIT];

/** The id by which a fault is told, also of a request that never came to the app. */
export const idOfVisit = (bearer: IncomingMessage | ServerResponse): string =>
  visitOf(bearer)?.id ?? newRequestId();

/** Says which resource is asked for what, once it is known. */
export const nameVisit = (bearer: IncomingMessage | ServerResponse, route: string, method?: string): void => {
  const visit = visitOf(bearer);
  if (visit === undefined) return;
  visit.route = route;
  if (method !== undefined) visit.method = method;
};

/** Says who has been let in. */
export const admitVisit = (bearer: IncomingMessage | ServerResponse, credential: string): void => {
  const visit = visitOf(bearer);
  if (visit !== undefined) visit.credential = credential;
};

/** All that was sent has come, and what is to be done with it begins. */
export const receiveVisit = (bearer: IncomingMessage | ServerResponse): void => {
  const visit = visitOf(bearer);
  if (visit !== undefined) visit.admitted = performance.now();
};

/** The visit is over: its answer is about to be written, or nobody is there to read it. Only the first call counts. */
export const endVisit = (response: ServerResponse, status: number, bytesOut: number): void => {
  const visit = (response as Bearer)[VISIT];
  if (visit === undefined || visit.status !== 0) return;
  visit.status = status;
  visit.bytesOut = bytesOut;
  visit.milliseconds = performance.now() - visit.began;
  visit.address = response.socket?.remoteAddress ?? '';
  visit[ONLOOKER](visit);
};

/** What a sender may call a request (an id of its own goes into our log, so it is short and plain). */
const FIT = /^[A-Za-z0-9._-]{1,128}$/;

/** The id of a request: its sender's, if that is fit. */
export const requestIdOf = (sent: string | string[] | undefined): string =>
  typeof sent === 'string' && FIT.test(sent) ? sent : newRequestId();

/** Unlike every other, of this process and of those before it; not unguessable. */
export const newRequestId = (): string => {
  made += 1;
  return `${PROCESS}-${made.toString(36)}`;
};

const PROCESS = randomBytes(8).toString('hex');
let made = 0;
