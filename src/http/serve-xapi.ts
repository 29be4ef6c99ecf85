import type { Request, RequestHandler, Response } from 'express';
import { v4 as newUuid } from 'uuid';
import { reject } from '../xapi/rejection.ts';
import type { Family } from '../xapi/statement.ts';
import { formatMicros } from '../xapi/timestamp.ts';
import { type Meant, readAlternateSyntax } from './alternate-syntax.ts';
import type { Authenticate } from './authenticate.ts';
import type { Exchange, Method, Reply } from './exchange.ts';
import { knownParameters, readForm } from './parameters.ts';
import { authorise } from './policy.ts';
import { readBody } from './read-body.ts';
import { preflight, replyToError, send } from './reply.ts';
import { type Resource, routeName } from './routes.ts';
import type { Services } from './services.ts';
import { readVersion } from './version.ts';

/** An endpoint of the standard: where it stands, and the family of a request that names none. */
export type Mount = { readonly path: string; readonly family: Family };

const NOBODY = { credential: '', scopes: [] };

/** Answers every request to one resource: version, credentials, policy and parameters first, then its handler. */
export const serveXapi =
  (services: Services, authenticate: Authenticate, mount: Mount, resource: Resource): RequestHandler =>
  async (request, response) => {
    const common: Record<string, string> = { 'X-Experience-API-Version': mount.family };
    let reply: Reply;
    try {
      reply = await answer(services, authenticate, mount, resource, request, response, common);
    } catch (error) {
      reply = replyToError(error, newUuid(), services.settings.onFault);
      if (reply.status === 401 && !isScript(request)) common['WWW-Authenticate'] = 'Basic realm="xAPI", charset="UTF-8"';
      if (reply.status === 405) common['Allow'] = [...Object.keys(resource.methods), 'HEAD', 'OPTIONS'].join(', ');
      if (reply.status === 413) common['Connection'] = 'close';
    }
    if (resource.path.startsWith('statements')) {
      common['X-Experience-API-Consistent-Through'] = formatMicros(services.statements.consistentThrough());
    }
    send(response, reply, common);
  };

const answer = async (
  services: Services,
  authenticate: Authenticate,
  mount: Mount,
  resource: Resource,
  request: Request,
  response: Response,
  common: Record<string, string>,
): Promise<Reply> => {
  if (request.method === 'OPTIONS') return preflight;
  const { settings } = services;
  const meant = await meaningOf(request, settings.maxBody);
  const header = (name: string) => headerOf(meant, request, resource, name);
  const isPublic = resource.path === 'about';
  const family = isPublic ? mount.family : readVersion(header('x-experience-api-version'));
  common['X-Experience-API-Version'] = family;
  if (meant.isForm && family !== '1.0.3') {
    throw reject('parameter-invalid', '/method', 'The alternate request syntax ended with 1.0.3.', '4.1');
  }
  const form = meant.headers.get('authorization');
  if (form !== undefined) request.headers.authorization = form;
  const principal = isPublic ? NOBODY : await authenticate(request, response);
  const route = resource.methods[meant.method];
  if (route === undefined) {
    throw reject('method-not-allowed', '', `${meant.method} is not for ${resource.path}.`, 'Communication 2');
  }
  authorise(routeName(meant.method, resource.path), principal);
  const exchange: Exchange = {
    method: meant.method,
    family,
    principal,
    parameters: knownParameters(meant.parameters, route.parameters, settings.ignoredParameters),
    header,
    body: meant.body,
    endpoint: `${settings.basePath}${mount.path}`,
    tail: resource.hasTail === true ? String(request.params['tail'] ?? '') : '',
  };
  return route.handle(exchange);
};

/** What the request means, with its body read. */
const meaningOf = async (request: Request, maxBody: number): Promise<Meant> => {
  const { url } = request;
  const mark = url.indexOf('?');
  const query = readForm(mark === -1 ? '' : url.slice(mark + 1));
  const method = request.method === 'HEAD' ? 'GET' : (request.method as Method);
  const takesBody = method === 'POST' || method === 'PUT';
  const body = takesBody ? await readBody(request, maxBody) : Buffer.alloc(0);
  if (method === 'POST' && query.has('method')) return readAlternateSyntax(query, body);
  return { method, parameters: query, headers: NO_HEADERS, body, isForm: false };
};

const NO_HEADERS: ReadonlyMap<string, string> = new Map();

/** The Content-Type of a form is not that of the content it carries; statements are JSON unless it says otherwise. */
const headerOf = (meant: Meant, request: Request, resource: Resource, name: string): string | undefined => {
  const own = meant.headers.get(name);
  if (own !== undefined) return own;
  if (!meant.isForm || name !== 'content-type') return single(request.headers[name]);
  return resource.path === 'statements' ? 'application/json' : undefined;
};

const single = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header;

/** Scripts ask for no dialog of the browser's (they say which version they speak). */
const isScript = ({ headers }: Request): boolean =>
  headers['x-requested-with'] !== undefined || headers['x-experience-api-version'] !== undefined;
