import { createServer as createHttpServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Express } from 'express';

/**
 * A server whose requests and responses are born with Express's prototypes: Express otherwise sets the prototype of
 * each, which costs two thirds of the throughput.
 */
export const createServer = (app: Express): Server =>
  createHttpServer(
    {
      IncomingMessage: born(IncomingMessage, app.request),
      ServerResponse: born(ServerResponse, app.response),
    },
    app,
  );

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
