import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';
import { Passport, type Strategy } from 'passport';
import { BasicStrategy, type BasicVerifyFunction } from 'passport-http';
import { isSecretOf, type Principal } from '../credentials/credential.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import { reject } from '../xapi/rejection.ts';

/** Who sends this request; rejects with `unauthenticated` when it does not say, or says it wrongly. */
export type Authenticate = (request: Request, response: Response) => Promise<Principal>;

/** Basic (RFC 7617) through passport. */
export const authenticator = (credentials: CredentialStore): Authenticate => {
  const passport = new Passport();
  passport.use(
    new FirstColonBasic((id, secret, done) => {
      const credential = credentials.find(id);
      if (!isSecretOf(credential, secret)) done(null, false);
      else done(null, { credential: id, scopes: credential?.scopes ?? [] });
    }) as Strategy,
  );
  return (request, response) =>
    new Promise((resolve, refuse) => {
      const judge = (error: unknown, principal?: Principal | false | null): void => {
        if (error) refuse(error);
        else if (principal) resolve(principal);
        else refuse(unauthenticated(request));
      };
      passport.authenticate('basic', { session: false }, judge)(request, response, refuse);
    });
};

/**
 * passport-http cuts a secret at its second colon, takes "Basic" anywhere in the scheme and knows only latin text;
 * this reads the header as RFC 7617 has it.
 */
class FirstColonBasic extends BasicStrategy {
  // Not a #private field: passport runs each request on an object made from this one.
  private readonly check: (id: string, secret: string, done: Done) => void;

  constructor(verify: (id: string, secret: string, done: Done) => void) {
    super(verify as BasicVerifyFunction);
    this.check = verify;
  }

  override authenticate(request: IncomingMessage): void {
    const strategy = this as unknown as Verdicts;
    const sent = readBasic(request.headers.authorization);
    if (sent === undefined) {
      strategy.fail(401);
      return;
    }
    this.check(sent.id, sent.secret, (error, principal) => {
      if (error) strategy.error(error);
      else if (principal === false) strategy.fail(401);
      else strategy.success(principal);
    });
  }
}

type Done = (error: unknown, principal: Principal | false) => void;
type Verdicts = {
  fail(status: number): void;
  success(principal: Principal): void;
  error(error: unknown): void;
};

/** Id and secret of an Authorization header, cut at the first colon; undefined when it is no Basic. */
const readBasic = (
  header: string | undefined,
): { readonly id: string; readonly secret: string } | undefined => {
  if (header === undefined || header.slice(0, 6).toLowerCase() !== 'basic ') return undefined;
  const text = Buffer.from(header.slice(6), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
};

const unauthenticated = ({ headers }: IncomingMessage) =>
  reject(
    'unauthenticated',
    '/Authorization',
    headers.authorization === undefined
      ? 'Sign in with Authorization: Basic and the base64 of <key>:<secret>.'
      : 'The key or the secret is wrong, or the key has been revoked.',
    'Communication 4.1',
  );
