import { hash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { nameOf } from '../credentials/principal.ts';
import { reject } from '../xapi/rejection.ts';
import type { Authenticate } from './authenticate.ts';
import type { BodyBudgets } from './body-budget.ts';
import type { Reply } from './exchange.ts';
import { authorise } from './policy.ts';
import { replyToError, send } from './reply.ts';
import type { Services } from './services.ts';
import { admitVisit, idOfVisit, nameVisit } from './visit.ts';
import { checkUnbound } from './within-bounds.ts';

/**
 * `GET /metrics`: the figures for Prometheus, for who has the scrapers' token or a key with scope admin: they tell how
 * much business is done here.
 */
export const getMetrics = (
  { metrics, figures, stopping, admissions, forwards, settings }: Services,
  authenticate: Authenticate,
  { strangers, known, unread }: BodyBudgets,
): RequestHandler => {
  const isToken = tokenChecker(settings.metricsToken);

  const answer = async (request: Request, response: Response): Promise<Reply> => {
    if (!isToken(request.headers.authorization)) {
      const principal = await authenticate(request, response);
      admitVisit(response, nameOf(principal));
      authorise('GET metrics', principal);
      checkUnbound(principal);
    }
    if (!METHODS.includes(request.method))
      throw reject('method-not-allowed', '', `${request.method} is not for this.`);
    const body = await metrics.text({
      store: figures(),
      heldBytes: strangers.held() + known.held(),
      unreadBytes: unread.held(),
      isStopping: stopping.aborted,
      admissions,
      forwards: await forwards.list(),
    });
    return { status: 200, headers: { 'Content-Type': metrics.contentType }, body };
  };

  return async (request, response) => {
    nameVisit(response, 'metrics');
    const reply = await answer(request, response).catch((error) =>
      replyToError(error, idOfVisit(response), settings.onFault),
    );
    send(response, reply, HEADERS[reply.status] ?? {});
  };
};

const METHODS = ['GET', 'HEAD'];

const HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { 'WWW-Authenticate': 'Basic realm="Cairn", charset="UTF-8"' },
  405: { Allow: METHODS.join(', ') },
};

/** Compares with a Bearer token in constant time. */
const tokenChecker = (token: string | undefined): ((authorization?: string) => boolean) => {
  if (token === undefined) return () => false;
  const known = hash('sha256', token, 'buffer');
  return (authorization = '') => {
    const sent = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    return sent !== undefined && timingSafeEqual(known, hash('sha256', sent, 'buffer'));
  };
};
