import type { Request, RequestHandler } from 'express';
import { reject } from '../xapi/rejection.ts';
import type { Authenticate } from './authenticate.ts';
import type { Reply } from './exchange.ts';
import { has } from './policy.ts';
import { replyToError, send } from './reply.ts';
import type { Services } from './services.ts';
import { admitVisit, idOfVisit, nameVisit } from './visit.ts';

/** A page for who runs this. */
export type OperatorsPage = {
  /** Its name among the routes. */
  readonly route: string;
  make(): Promise<Reply>;
  /** Whether somebody is let in who has no key with scope admin. */
  isAdmitted?(request: Request): boolean;
};

/** Answers GET and HEAD for keys with scope `admin`. */
export const forOperators =
  ({ settings }: Services, authenticate: Authenticate, page: OperatorsPage): RequestHandler =>
  async (request, response) => {
    nameVisit(response, page.route);
    const admit = async (): Promise<void> => {
      if (page.isAdmitted?.(request) === true) return;
      const principal = await authenticate(request, response);
      admitVisit(response, principal.credential);
      if (!has(principal, 'admin')) throw reject('forbidden', '', 'This takes a key with scope admin.');
    };
    let reply: Reply;
    try {
      await admit();
      if (!METHODS.includes(request.method)) {
        throw reject('method-not-allowed', '', `${request.method} is not for this.`);
      }
      reply = await page.make();
    } catch (error) {
      reply = replyToError(error, idOfVisit(response), settings.onFault);
    }
    send(response, reply, HEADERS[reply.status] ?? {});
  };

const METHODS = ['GET', 'HEAD'];

const HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { 'WWW-Authenticate': 'Basic realm="Cairn", charset="UTF-8"' },
  405: { Allow: METHODS.join(', ') },
};
