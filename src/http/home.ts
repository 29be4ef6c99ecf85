import type { Request, RequestHandler } from 'express';
import packageJson from '../../package.json' with { type: 'json' };
import { reject } from '../xapi/rejection.ts';
import type { Reply } from './exchange.ts';
import type { Readiness } from './health.ts';
import { homePage, STYLE } from './home-page.ts';
import { pageHeaders } from './page-headers.ts';
import { json, refusal, replyToError, send } from './reply.ts';
import type { Services } from './services.ts';
import { VERSIONS } from './version.ts';
import { idOfVisit } from './visit.ts';

/** What this is, for whoever opens it: a page for people, JSON for programs. It tells nothing of the business done here. */
export const home = ({ settings }: Services, readiness: () => Promise<Readiness>): RequestHandler => {
  const { basePath, publicUrl } = settings;
  const { version } = packageJson;
  const paths = {
    api: `${basePath}/api/v1/openapi.json`,
    status: `${basePath}/api/v1/status`,
    about: `${basePath}/xapi/about`,
    live: `${basePath}/health/live`,
    ready: `${basePath}/health/ready`,
  };
  const forPrograms = json({
    name: 'Cairn',
    is: 'an xAPI Learning Record Store',
    version,
    endpoint: '/xapi',
    versions: VERSIONS,
    links: paths,
  });

  const answer = async (request: Request): Promise<Reply> => {
    if (!METHODS.includes(request.method))
      return withAllow(
        refusal(reject('method-not-allowed', '', 'The xAPI endpoint is /xapi; this is a page.')),
      );
    if (request.accepts(['json', 'html']) !== 'html') return forPrograms;
    const origin = publicUrl ?? `${request.protocol}://${request.headers.host ?? 'localhost'}`;
    const seen = { version, endpoint: `${origin}/xapi`, readiness: await readiness(), now: new Date() };
    return { status: 200, headers: pageHeaders(STYLE), body: homePage(seen, paths) };
  };

  return async (request, response) => {
    const reply = await answer(request).catch((error) =>
      replyToError(error, idOfVisit(response), settings.onFault),
    );
    send(response, reply, { Vary: 'Accept' });
  };
};

const METHODS = ['GET', 'HEAD'];

const withAllow = ({ headers, ...rest }: Reply): Reply => ({
  ...rest,
  headers: { ...headers, Allow: METHODS.join(', ') },
});
