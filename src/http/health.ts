import type { RequestHandler } from 'express';
import { json, send } from './reply.ts';
import type { Services } from './services.ts';

/** The process runs. */
export const healthLive = (): RequestHandler => (_request, response) => {
  send(response, json({ status: 'live' }), {});
};

/** The store has just written durably. */
export const healthReady =
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
