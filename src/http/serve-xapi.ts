import type { Request, RequestHandler, Response } from 'express';
import { NOBODY, nameOf, type Principal } from '../credentials/principal.ts';
import { reject } from '../xapi/rejection.ts';
import type { Family } from '../xapi/statement.ts';
import { formatMicros } from '../xapi/timestamp.ts';
import { type Meant, readAlternateSyntax } from './alternate-syntax.ts';
import type { Authenticate } from './authenticate.ts';
import { type BodyBudgets, SETTLED } from './body-budget.ts';
import { boundAnswer } from './bound-answer.ts';
import { comingOf, dealInTurn } from './deal-in-turn.ts';
import type { Exchange, Method, Reply } from './exchange.ts';
import { gzipReply } from './gzip-reply.ts';
import { knownParameters, readForm } from './parameters.ts';
import { authorise } from './policy.ts';
import { type BodyLimit, readBody, restOfBody } from './read-body.ts';
import { ANY_ORIGIN, preflight, replyToError, send } from './reply.ts';
import { type Resource, routeName } from './routes.ts';
import type { Services } from './services.ts';
import { familyAsked, readVersion } from './version.ts';
import { admitVisit, idOfVisit, nameVisit, receiveVisit } from './visit.ts';

/** An endpoint of the standard: where it stands, and the family of a request that names none. */
export type Mount = { readonly path: string; readonly family: Family };

/** What answers one resource at one endpoint. */
export type Desk = {
  readonly services: Services;
  readonly authenticate: Authenticate;
  readonly budgets: BodyBudgets;
  readonly mount: Mount;
  readonly resource: Resource;
};

/** Answers every request to one resource: version, credentials, policy and parameters first, then its handler. */
export const serveXapi =
  (desk: Desk): RequestHandler =>
  async (request, response) => {
    const { services, resource } = desk;
    const common = commonHeaders(desk, request);
    nameVisit(response, resource.path);
    let reply: Reply;
    try {
      reply = request.method === 'OPTIONS' ? preflight : await answer(desk, request, response, common);
    } catch (error) {
      reply = replyToError(error, idOfVisit(response), services.settings.onFault);
      Object.assign(common, headersOfRefusal(reply.status, request, resource));
    }
    response.emit(SETTLED);
    const isEarly = common['Connection'] === 'close' && !request.complete;
    send(response, reply, common, isEarly ? restOfBody(request) : undefined);
  };

/**
 * What stands on every answer. Consistent-Through is told as it was before anything was read: later it would cover
 * statements that were stored while the answer was being made, and that are not in it.
 */
const commonHeaders = ({ services, mount, resource }: Desk, request: Request): Record<string, string> => {
  const family = familyAsked(single(request.headers[VERSION]), mount.family);
  const open = { ...ANY_ORIGIN, 'X-Experience-API-Version': family };
  if (!resource.path.startsWith('statements')) return open;
  return {
    ...open,
    'X-Experience-API-Consistent-Through': formatMicros(services.statements.consistentThrough()),
  };
};

const VERSION = 'x-experience-api-version';

const headersOfRefusal = (
  status: number,
  request: Request,
  { methods }: Resource,
): Readonly<Record<string, string>> => {
  if (status === 401 && !isScript(request))
    return { 'WWW-Authenticate': 'Basic realm="xAPI", charset="UTF-8"' };
  if (status === 405) return { Allow: [...Object.keys(methods), 'HEAD', 'OPTIONS'].join(', ') };
  // What is left of the body is not waited for.
  return status === 413 || (status === 503 && !request.complete) ? { Connection: 'close' } : {};
};

/** Nothing but a form of the alternate syntax, which holds the credentials, is read before they are checked. */
const answer = async (
  desk: Desk,
  request: Request,
  response: Response,
  common: Record<string, string>,
): Promise<Reply> => {
  const { services, mount, resource } = desk;
  const { ignoredParameters, basePath } = services.settings;
  const meant = await meaningOf(desk, request, response);
  const header = (name: string) => headerOf(meant, request, resource, name);
  nameVisit(response, resource.path, meant.method);
  const family = familyOf(desk, meant, request, header(VERSION));
  common['X-Experience-API-Version'] = family;
  const principal = await principalOf(desk, meant, request, response);
  admitVisit(response, nameOf(principal));
  const route = resource.methods[meant.method];
  if (route === undefined) {
    throw reject('method-not-allowed', '', `${meant.method} is not for ${resource.path}.`, 'Communication 2');
  }
  authorise(routeName(meant.method, resource.path), principal);
  const receive = async (): Promise<Exchange> => {
    const exchange = {
      method: meant.method,
      isHead: meant.isHead === true || request.method === 'HEAD',
      family,
      principal,
      parameters: knownParameters(meant.parameters, route.parameters, ignoredParameters),
      header,
      body: meant.body ?? (await readBody(request, limitOfKnown(desk, response))),
      endpoint: `${basePath}${mount.path}`,
      tail: resource.hasTail === true ? request.path.slice(1) : '',
    };
    receiveVisit(response);
    return exchange;
  };
  const reply = await dealInTurn(services.admissions, comingOf(request, meant.method), receive, route.handle);
  if (meant.isHead === true) return withoutBody(reply);
  const packs = resource.path.startsWith('statements');
  const packed = packs ? await gzipReply(reply, header('accept-encoding')) : reply;
  return boundAnswer(desk.budgets.unread, response, meant.method, packed);
};

const withoutBody = ({ status, headers = {} }: Reply): Reply => ({ status, headers });

/** What the request means; its body is still to be read where it has one that is no form. */
const meaningOf = async (desk: Desk, request: Request, response: Response): Promise<Meant> => {
  const { url } = request;
  const mark = url.indexOf('?');
  const query = readForm(mark === -1 ? '' : url.slice(mark + 1));
  const method = request.method === 'HEAD' ? 'GET' : (request.method as Method);
  if (method === 'POST' && query.has('method')) {
    return readAlternateSyntax(query, await readFormBody(desk, request, response));
  }
  const meant = { method, parameters: query, headers: NO_HEADERS, isForm: false };
  return method === 'POST' || method === 'PUT' ? meant : { ...meant, body: EMPTY };
};

/** How much of a form is read, in bytes, before anybody has said who sends it. */
const MOST_OF_A_STRANGER = 4 * 1024 * 1024;

const limitOfKnown = ({ services, budgets }: Desk, response: Response): BodyLimit => ({
  most: services.settings.maxBody,
  setBy: 'the limit that CAIRN_MAX_BODY sets',
  hold: budgets.known(response),
});

const limitOfStranger = (desk: Desk, response: Response): BodyLimit => {
  const hold = desk.budgets.strangers(response);
  if (desk.services.settings.maxBody <= MOST_OF_A_STRANGER) return { ...limitOfKnown(desk, response), hold };
  const setBy =
    'all that is read of a form before it is known who sends it; Authorization as a header lets it have more';
  return { most: MOST_OF_A_STRANGER, setBy, hold };
};

const readFormBody = async (desk: Desk, request: Request, response: Response): Promise<Buffer> => {
  if (request.headers.authorization === undefined) return readBody(request, limitOfStranger(desk, response));
  await desk.authenticate(request, response);
  return readBody(request, limitOfKnown(desk, response));
};

const NO_HEADERS: ReadonlyMap<string, string> = new Map();
const EMPTY = Buffer.alloc(0);

/** `about` answers whatever version is asked for; a form speaks 1.0.3, and so does what carries it. */
const familyOf = (
  { mount, resource }: Desk,
  meant: Meant,
  request: Request,
  version: string | undefined,
): Family => {
  if (resource.path === 'about') return familyAsked(version, mount.family);
  const family = readVersion(version);
  const carrier = familyAsked(single(request.headers[VERSION]), family);
  if (meant.isForm && (family !== '1.0.3' || carrier !== '1.0.3')) {
    throw reject('parameter-invalid', '/method', 'The alternate request syntax ended with 1.0.3.', '4.1');
  }
  return family;
};

const principalOf = async (
  { authenticate, resource }: Desk,
  meant: Meant,
  request: Request,
  response: Response,
): Promise<Principal> => {
  const form = meant.headers.get('authorization');
  if (form !== undefined) request.headers.authorization = form;
  if (resource.path === 'about' && isAnonymous(request.headers.authorization)) return NOBODY;
  return authenticate(request, response);
};

/** No credentials, or what stands for none: empty ones (G-11), and a script's word for what it has not got. */
const isAnonymous = (authorization = ''): boolean => /^(|null|undefined|basic\s+og==)$/i.test(authorization);

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
