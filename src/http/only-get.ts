import type { RequestHandler } from 'express';
import { reject } from '../xapi/rejection.ts';
import { refusal, send } from './reply.ts';

/** Refuses every method but GET and HEAD. */
export const onlyGet: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD') next();
  else {
    const rejection = reject('method-not-allowed', '', `${request.method} is not for ${request.path}.`);
    send(response, refusal(rejection), { Allow: 'GET, HEAD' });
  }
};
