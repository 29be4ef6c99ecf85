import {
  createServer as createHttpServer,
  IncomingMessage,
  type RequestListener,
  type Server,
  ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Express, Request, Response } from 'express';
import type { Family } from '../xapi/statement.ts';
import type { Admissions } from './admissions.ts';
import type { Drain } from './drain.ts';
import { mostConnections } from './most-connections.ts';
import { oneOfMany } from './one-of-many.ts';
import { refuseMalformed } from './refuse-malformed.ts';

/** What https is served with, as PEM: a certificate, with its chain if it has one, and its key. */
export type Tls = { readonly cert: Buffer; readonly key: Buffer };

export type ServerOptions = {
  /** The family in which is refused what names none; without it Node answers by itself what is no HTTP. */
  readonly family?: Family | undefined;
  /** To speak https. */
  readonly tls?: Tls | undefined;
  /** What turns requests away when too many come. */
  readonly admissions?: Admissions | undefined;
  /** To end it without breaking anything off. */
  readonly drain?: Drain | undefined;
  /** Other limits than usual. */
  readonly limits?: Partial<ClientLimits>;
};

/** What a client may take; all but `connections` in milliseconds. */
export type ClientLimits = {
  /** In which the headers of a request have to come, and all of it. */
  readonly headersIn: number;
  readonly requestIn: number;
  /** How often that is looked at. */
  readonly lookedAtEvery: number;
  /** How long nothing may be sent or read on a connection that has something to do. */
  readonly silent: number;
  /** How many there may be at once. */
  readonly connections: number;
};

const LIMITS: Omit<ClientLimits, 'connections'> = {
  headersIn: 20_000,
  requestIn: 300_000,
  lookedAtEvery: 5000,
  silent: 120_000,
};
/** How long a connection is kept that has nothing to do: longer than proxies keep theirs. */
const KEPT_ALIVE = 65_000;

/** In bytes: a query with long IRIs, and a `more` link for it, have to fit in. */
const MOST_HEADERS = 65_536;

/**
 * A server, of https if it is given a certificate. Its requests and responses are born with Express's prototypes:
 * Express otherwise sets the prototype of each, which costs two thirds of the throughput.
 */
export const createServer = (
  app: Express,
  { family, tls, admissions, drain, limits }: ServerOptions = {},
): Server => {
  const { headersIn, requestIn, lookedAtEvery, silent } = { ...LIMITS, ...limits };
  const options = {
    IncomingMessage: born(IncomingMessage, app.request),
    ServerResponse: born(ServerResponse, app.response),
    maxHeaderSize: MOST_HEADERS,
    headersTimeout: headersIn,
    requestTimeout: requestIn,
    connectionsCheckingInterval: lookedAtEvery,
    keepAliveTimeout: KEPT_ALIVE,
  };
  const deal: RequestListener =
    admissions === undefined
      ? app
      : (request, response) => {
          if (!admissions.turnAway(request, response)) app(request as Request, response as Response);
        };
  const listener = oneOfMany(drain === undefined ? deal : drain.around(deal));
  const server =
    tls === undefined
      ? createHttpServer(options, listener)
      : createTlsServer({ ...tls, ...options }, secured(listener));
  if (admissions !== undefined) {
    server.setTimeout(silent);
    server.maxConnections = limits?.connections ?? mostConnections();
  }
  drain?.follow(server);
  if (family !== undefined) refuseMalformed(server, family);
  return server;
};

/** Browsers that have been here once never come without TLS again; other names below ours are none of our business. */
const secured =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    listener(request, response);
  };

/** A constructor of the same objects whose prototype is `prototype`. */
const born = <Constructor extends typeof IncomingMessage | typeof ServerResponse>(
  made: Constructor,
  prototype: object,
): Constructor => {
  const make = function (this: object, ...given: unknown[]) {
    Reflect.apply(made, this, given);
  };
  make.prototype = prototype;
  Object.setPrototypeOf(make, made);
  return make as unknown as Constructor;
};
