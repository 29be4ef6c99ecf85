import type { Request, RequestHandler, Response } from 'express';
import { NOBODY, nameOf, type Principal } from '../../credentials/principal.ts';
import { Rejection, reject } from '../../xapi/rejection.ts';
import type { Authenticate } from '../authenticate.ts';
import { type BodyBudgets, SETTLED } from '../body-budget.ts';
import { boundAnswer } from '../bound-answer.ts';
import { comingOf, dealInTurn } from '../deal-in-turn.ts';
import type { Reply } from '../exchange.ts';
import { gzipReply } from '../gzip-reply.ts';
import { knownParameters, readForm } from '../parameters.ts';
import { authorise, isPublic } from '../policy.ts';
import { readBody } from '../read-body.ts';
import { replyToError, send } from '../reply.ts';
import type { Services } from '../services.ts';
import { admitVisit, idOfVisit, nameVisit } from '../visit.ts';
import { checkUnbound } from '../within-bounds.ts';
import type { ApiMethod, ApiResource } from './api-exchange.ts';
import { apiHeaders, preflightOf } from './api-headers.ts';
import { PROBLEM, problemReply } from './problem.ts';
import { apiRouteName, resourceAt } from './resource-at.ts';

export type ApiDesk = {
  readonly services: Services;
  readonly authenticate: Authenticate;
  readonly budgets: BodyBudgets;
  readonly resources: readonly ApiResource[];
};

/** Answers every request to `/api/v1`: credentials, policy and parameters first, then the resource's handler. */
export const serveApi =
  (desk: ApiDesk): RequestHandler =>
  async (request, response) => {
    const { settings } = desk.services;
    const common: Record<string, string> = apiHeaders(request, settings.apiOrigins);
    let reply: Reply;
    try {
      reply =
        request.method === 'OPTIONS'
          ? preflightOf(request, settings.apiOrigins)
          : await answer(desk, request, response);
    } catch (error) {
      reply = replyToProblem(error, idOfVisit(response), settings.onFault);
      Object.assign(common, headersOfRefusal(reply.status, request, desk.resources));
    }
    response.emit(SETTLED);
    send(response, reply, common);
  };

const headersOfRefusal = (
  status: number,
  { complete, path }: Request,
  resources: readonly ApiResource[],
): Readonly<Record<string, string>> => ({
  ...(status === 401 ? { 'WWW-Authenticate': 'Basic realm="Cairn", charset="UTF-8"' } : {}),
  ...(status === 405 ? { Allow: methodsAt(resources, path) } : {}),
  ...(complete ? {} : { Connection: 'close' }),
});

const replyToProblem = (
  error: unknown,
  requestId: string,
  onFault: (error: unknown, id: string) => void,
): Reply => {
  if (error instanceof Rejection) return problemReply(error);
  const { status } = replyToError(error, requestId, onFault);
  const detail = `This is our fault. Tell the operator the request id ${requestId}.`;
  return {
    status,
    headers: { 'Content-Type': PROBLEM },
    reason: 'fault',
    body: JSON.stringify({ type: 'urn:cairn:reason:fault', title: 'Fault', status, detail }),
  };
};

/** Where nobody is asked who they are, nobody is told that they said it wrongly. */
const principalFor = async (
  { authenticate }: ApiDesk,
  found: Found | undefined,
  method: ApiMethod,
  request: Request,
  response: Response,
): Promise<Principal> => {
  const isOpen = found !== undefined && isPublic(apiRouteName(method, found.resource.path));
  return isOpen ? NOBODY : authenticate(request, response);
};

type Found = NonNullable<ReturnType<typeof resourceAt>>;

const answer = async (desk: ApiDesk, request: Request, response: Response): Promise<Reply> => {
  const { services, budgets, resources } = desk;
  const found = resourceAt(resources, request.path);
  nameVisit(response, `api/v1/${found?.resource.path ?? ''}`);
  const method = (request.method === 'HEAD' ? 'GET' : request.method) as ApiMethod;
  const principal = await principalFor(desk, found, method, request, response);
  admitVisit(response, nameOf(principal));
  if (found === undefined) throw reject('not-found', '', `There is nothing at /api/v1${request.path}.`);
  const { resource, argument } = found;
  const route = resource.methods[method];
  if (route === undefined) {
    const known = Object.keys(resource.methods).join(', ');
    throw reject('method-not-allowed', '', `${request.method} is not for ${resource.path}; it has ${known}.`);
  }
  authorise(apiRouteName(method, resource.path), principal);
  checkUnbound(principal);
  const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?') + 1) : '';
  const limit = { most: services.settings.maxBody, setBy: 'the limit that CAIRN_MAX_BODY sets' };
  const receive = async () => ({
    principal,
    argument,
    parameters: knownParameters(readForm(query), route.parameters ?? [], []),
    header: (name: string) => singleHeader(request.headers[name]),
    body: method === 'GET' ? EMPTY : await readBody(request, { ...limit, hold: budgets.known(response) }),
    base: services.settings.publicUrl ?? baseOf(request),
  });
  const reply = await dealInTurn(services.admissions, comingOf(request, method), receive, route.handle);
  const packed = await gzipReply(reply, singleHeader(request.headers['accept-encoding']));
  return boundAnswer(budgets.unread, response, method, packed);
};

/** As the client wrote it, or a proxy that is trusted. */
const baseOf = ({ protocol, headers }: Request): string =>
  `${protocol === 'https' ? 'https' : 'http'}://${headers.host ?? 'localhost'}`;

const methodsAt = (resources: readonly ApiResource[], path: string): string => {
  const methods = Object.keys(resourceAt(resources, path)?.resource.methods ?? {});
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
};

const EMPTY = Buffer.alloc(0);

const singleHeader = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header;
