import document from '../../../specs/openapi.json' with { type: 'json' };
import { json } from '../reply.ts';
import type { ApiHandler } from './api-exchange.ts';

/** `GET openapi.json`: what describes all of this, for people and for their tools. */
export const getOpenapi = (): ApiHandler => {
  const reply = json(document);
  return async () => reply;
};
