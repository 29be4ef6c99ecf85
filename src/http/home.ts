import type { RequestHandler } from 'express';
import { json, send } from './reply.ts';
import { VERSIONS } from './version.ts';

/** What this is, for whoever opens it in a browser. */
export const home = (): RequestHandler => (_request, response) => {
  send(
    response,
    json({ name: 'Cairn', is: 'an xAPI Learning Record Store', endpoint: '/xapi', versions: VERSIONS }),
    {},
  );
};
