import express, { type Express, type Request, type RequestHandler } from 'express';
import { reject } from '../xapi/rejection.ts';
import { apiResources } from './api/api-resources.ts';
import { serveApi } from './api/serve-api.ts';
import { authenticator } from './authenticate.ts';
import { bodyBudgets } from './body-budget.ts';
import { checkPolicy } from './check-policy.ts';
import { getMetrics } from './get-metrics.ts';
import { healthLive, healthReady, readinessOf } from './health.ts';
import { home } from './home.ts';
import { launchTokens } from './launch-tokens.ts';
import { onlookers } from './onlookers.ts';
import { onlyGet } from './only-get.ts';
import { ANY_ORIGIN, preflight, refusal, replyToError, send } from './reply.ts';
import { xapiResources } from './routes.ts';
import { type Mount, serveXapi } from './serve-xapi.ts';
import type { Services } from './services.ts';
import { tidyPath } from './tidy-path.ts';
import { familyAsked } from './version.ts';
import { idOfVisit, nameVisit, watchVisits } from './visit.ts';

/** The whole of Cairn over HTTP. */
export const createApp = (services: Services): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const watch = watchVisits(onlookers(services), services.trace);
  // One step for both: each costs every request some microseconds.
  app.use((request, response, next) => {
    watch(request, response);
    tidyPath(request, response, next);
  });
  app.set('trust proxy', [...services.settings.trustedProxies]);
  const authenticate = authenticator({ ...services, refusedLogins: services.settings.refusedLogins });
  const budgets = bodyBudgets(services.settings.maxBody);
  const mounts: readonly Mount[] = [
    { path: '/xapi', family: services.settings.defaultVersion },
    { path: '/xapi/2.0', family: '2.0.0' },
  ];
  const resources = xapiResources(services);
  const api = apiResources(services);
  checkPolicy([
    ...resources,
    { path: 'metrics', methods: { GET: getMetrics } },
    ...api.map((resource) => ({ ...resource, path: `/api/v1/${resource.path}` })),
  ]);
  for (const resource of resources) {
    for (const mount of mounts) {
      const serve = serveXapi({ services, authenticate, budgets, mount, resource });
      const path = `${mount.path}/${resource.path}`;
      // Not as a parameter of the path: Express decodes those, and refuses what is badly encoded on its own.
      if (resource.hasTail === true) app.use(path, serve);
      else app.all(path, serve);
    }
  }
  app.all(['/', '/health/live', '/health/ready'], onlyGet);
  app.use('/api/v1', serveApi({ services, authenticate, budgets, resources: api }));
  app.use('/launch', named('launch'), launchTokens(services));
  app.all('/health/live', named('health/live'), healthLive());
  const readiness = readinessOf(services);
  app.all('/health/ready', named('health/ready'), healthReady(readiness));
  app.all('/metrics', getMetrics(services, authenticate, budgets));
  app.all('/', named('home'), home(services, readiness));
  app.use(notFound(services));
  app.use(((error: unknown, request, response, _next) => {
    send(
      response,
      replyToError(error, idOfVisit(response), services.settings.onFault),
      versionHeader(services, request),
    );
  }) as express.ErrorRequestHandler);
  return app;
};

const named =
  (route: string): RequestHandler =>
  (_request, response, next) => {
    nameVisit(response, route);
    next();
  };

const versionHeader = (
  { settings }: Services,
  { path, headers }: Request,
): Readonly<Record<string, string>> => {
  const family = path.toLowerCase().startsWith('/xapi/2.0') ? '2.0.0' : settings.defaultVersion;
  const asked = headers['x-experience-api-version'];
  return { ...ANY_ORIGIN, 'X-Experience-API-Version': familyAsked(String(asked), family) };
};

const notFound =
  (services: Services): RequestHandler =>
  (request, response) => {
    const message = `There is nothing at ${request.path}; the xAPI endpoint is /xapi.`;
    const nothing = refusal(reject('not-found', '', message));
    // A script that is not let through here would never learn that it has the wrong address.
    const isAsking = request.method === 'OPTIONS' && request.path.toLowerCase().startsWith('/xapi');
    send(response, isAsking ? preflight : nothing, versionHeader(services, request));
  };
