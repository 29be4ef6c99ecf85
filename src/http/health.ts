import type { RequestHandler } from 'express';
import { json, send } from './reply.ts';
import type { Services } from './services.ts';
import { VERSIONS } from './version.ts';

/** The process runs. */
export const live = (): RequestHandler => (_request, response) => {
  send(response, json({ status: 'live' }), {});
};

/** The store has just written durably. */
export const ready =
  ({ proveWritable }: Services): RequestHandler =>
  async (_request, response) => {
    const isReady = await proveWritable().then(
      () => true,
      () => false,
    );
    send(
      response,
      { ...json({ status: isReady ? 'ready' : 'not writable' }), status: isReady ? 200 : 503 },
      {},
    );
  };

/** What this is, for whoever opens it in a browser. */
export const home = (): RequestHandler => (_request, response) => {
  send(
    response,
    json({ name: 'Cairn', is: 'an xAPI Learning Record Store', endpoint: '/xapi', versions: VERSIONS }),
    {},
  );
};
