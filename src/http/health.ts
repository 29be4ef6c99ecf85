import type { RequestHandler } from 'express';
import { json, send } from './reply.ts';
import type { Services } from './services.ts';

/** The process runs. */
export const healthLive = (): RequestHandler => (_request, response) => {
  send(response, json({ status: 'live' }), {});
};

/** How old a durable write may be to prove that the next will go through, in milliseconds. */
const FRESH = 1000;

/** It is not about to stop, and the store has written durably within the last second; however often strangers ask, it is made to once a second. */
export const healthReady = ({ proveWritable, stopping }: Services): RequestHandler => {
  let provedAt = Number.NEGATIVE_INFINITY;
  const prove = async (): Promise<boolean> => {
    if (performance.now() - provedAt < FRESH) return true;
    const asked = performance.now();
    try {
      await proveWritable();
    } catch {
      return false;
    }
    provedAt = asked;
    return true;
  };
  return async (_request, response) => {
    const isWritable = stopping.aborted || (await prove());
    const state = stopping.aborted ? 'stopping' : isWritable ? 'ready' : 'not writable';
    send(response, { ...json({ status: state }), status: state === 'ready' ? 200 : 503 }, {});
  };
};
