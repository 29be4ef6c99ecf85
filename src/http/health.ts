import type { RequestHandler } from 'express';
import { json, send } from './reply.ts';
import type { Services } from './services.ts';

/** The process runs. */
export const healthLive = (): RequestHandler => (_request, response) => {
  send(response, json({ status: 'live' }), {});
};

/** Whether requests can be sent here. */
export type Readiness = 'ready' | 'stopping' | 'not writable';

/** How old a durable write may be to prove that the next will go through, in milliseconds. */
const FRESH = 1000;

/** It is not about to stop, and the store has written durably within the last second; however often strangers ask, it is made to once a second. */
export const readinessOf = ({
  proveWritable,
  stopping,
}: Pick<Services, 'proveWritable' | 'stopping'>): (() => Promise<Readiness>) => {
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
  return async () => {
    const isWritable = stopping.aborted || (await prove());
    if (stopping.aborted) return 'stopping';
    return isWritable ? 'ready' : 'not writable';
  };
};

/** 200 when requests can be sent here, else 503. */
export const healthReady =
  (readiness: () => Promise<Readiness>): RequestHandler =>
  async (_request, response) => {
    const status = await readiness();
    send(response, { ...json({ status }), status: status === 'ready' ? 200 : 503 }, {});
  };
