import type { RequestHandler } from 'express';
import type { Authenticate } from './authenticate.ts';
import { forOperators } from './for-operators.ts';
import { json } from './reply.ts';
import type { Services } from './services.ts';

/** How the server is doing, for people with a key of scope admin. */
export const getStatus = (services: Services, authenticate: Authenticate): RequestHandler =>
  forOperators(services, authenticate, {
    route: 'api/v1/status',
    make: async () => json(await services.status()),
  });
