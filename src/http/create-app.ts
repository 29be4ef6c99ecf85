import express, { type Express, type RequestHandler } from 'express';
import { reject } from '../xapi/rejection.ts';
import { authenticator } from './authenticate.ts';
import { healthLive, healthReady } from './health.ts';
import { home } from './home.ts';
import { refusal, replyToError, send } from './reply.ts';
import { resources } from './routes.ts';
import { type Mount, serveXapi } from './serve-xapi.ts';
import type { Services } from './services.ts';
import { tidyPath } from './tidy-path.ts';

/** The whole of Cairn over HTTP. */
export const createApp = (services: Services): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(tidyPath);
  const authenticate = authenticator(services.credentials);
  const mounts: readonly Mount[] = [
    { path: '/xapi', family: services.settings.defaultVersion },
    { path: '/xapi/2.0', family: '2.0.0' },
  ];
  for (const resource of resources(services)) {
    for (const mount of mounts) {
      const path = `${mount.path}/${resource.path}${resource.hasTail === true ? '/:tail' : ''}`;
      app.all(path, serveXapi(services, authenticate, mount, resource));
    }
  }
  app.all('/health/live', healthLive());
  app.all('/health/ready', healthReady(services));
  app.all('/', home());
  app.use(notFound(services));
  app.use(((error: unknown, _request, response, _next) => {
    send(response, replyToError(error, 'express', services.settings.onFault), {});
  }) as express.ErrorRequestHandler);
  return app;
};

const notFound =
  ({ settings }: Services): RequestHandler =>
  (request, response) => {
    const family = request.path.toLowerCase().startsWith('/xapi/2.0') ? '2.0.0' : settings.defaultVersion;
    const nothing = reject(
      'not-found',
      '',
      `There is nothing at ${request.path}; the xAPI endpoint is /xapi.`,
    );
    send(response, refusal(nothing), { 'X-Experience-API-Version': family });
  };
