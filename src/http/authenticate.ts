import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';
import { Passport, type Strategy } from 'passport';
import { BasicStrategy, type BasicVerifyFunction } from 'passport-http';
import { isSecretOf } from '../credentials/credential.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import { type Principal, principalOf } from '../credentials/principal.ts';
import { type Rejection, reject } from '../xapi/rejection.ts';
import type { Issuers } from './issuers.ts';
import { refusedLogins } from './refused-logins.ts';

/**
 * Who sends this request; rejects with `unauthenticated` when it does not say, or says it wrongly, and with
 * `rate-limited` when it has been wrong too often.
 */
export type Authenticate = (request: Request, response: Response) => Promise<Principal>;

export type Keys = {
  readonly credentials: CredentialStore;
  /** Whose tokens are taken beside keys. */
  readonly issuers?: Issuers | undefined;
  /** How often one key is refused to one address in a minute. */
  readonly refusedLogins: number;
};

/** Basic (RFC 7617) through passport, and Bearer (RFC 6750) with a key or a token of an issuer. */
export const authenticator = ({ credentials, issuers, refusedLogins: most }: Keys): Authenticate => {
  const refused = refusedLogins(most);

  const principalWith = (id: string, secret: string): Principal | undefined => {
    const credential = credentials.find(id);
    if (!isSecretOf(credential, secret) || credential === undefined) return undefined;
    credentials.used(id);
    return principalOf(credential);
  };

  const byBasic = basicSignIn(principalWith);

  const byBearer = async (token: string): Promise<Principal | undefined> => {
    if (isJwt(token)) return issuers?.verify(token);
    const { id, secret } = readBearer(token);
    return principalWith(id, secret);
  };

  return async (request, response) => {
    const { authorization } = request.headers;
    if (authorization === undefined) throw nobody();
    const address = request.ip ?? '';
    const token = bearerToken(authorization);
    const key = keyNamedIn(authorization, token);
    const wait = refused.wait(address, key);
    if (wait > 0) throw tooOften(wait);
    const principal = await (token === undefined ? byBasic(request, response) : byBearer(token));
    if (principal === undefined) {
      refused.note(address, key);
      throw wrong();
    }
    refused.welcome(address, key);
    return principal;
  };
};

/** What refusals are counted by. The tokens of an issuer begin alike, so each of them is a key of its own. */
const keyNamedIn = (authorization: string, token: string | undefined): string => {
  if (token === undefined) return readBasic(authorization)?.id ?? '';
  return isJwt(token) ? hash('sha256', token) : readBearer(token).id;
};

type SignIn = (request: Request, response: Response) => Promise<Principal | undefined>;

const basicSignIn = (principalWith: (id: string, secret: string) => Principal | undefined): SignIn => {
  const passport = new Passport();
  passport.use(
    new FirstColonBasic((id, secret, done) => done(null, principalWith(id, secret) ?? false)) as Strategy,
  );
  return (request, response) =>
    new Promise((resolve, refuse) => {
      const judge = (error: unknown, principal?: Principal | false | null): void => {
        if (error) refuse(error);
        else resolve(principal || undefined);
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

type KeyAndSecret = { readonly id: string; readonly secret: string };

/** Id and secret of an Authorization header, cut at the first colon; undefined when it is no Basic. */
const readBasic = (header: string | undefined): KeyAndSecret | undefined => {
  if (header === undefined || header.slice(0, 6).toLowerCase() !== 'basic ') return undefined;
  const text = Buffer.from(header.slice(6), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
};

/** Undefined when it is no Bearer. */
const bearerToken = (header: string): string | undefined =>
  header.slice(0, 7).toLowerCase() === 'bearer ' ? header.slice(7).trim() : undefined;

/** `<id>.<secret>`, cut at the last dot; the id may have some of its own. */
const readBearer = (token: string): KeyAndSecret => {
  const dot = token.lastIndexOf('.');
  return { id: token.slice(0, Math.max(0, dot)), secret: token.slice(dot + 1) };
};

/** A JWS or JWE begins with a JSON object in base64url: `{"`. */
const isJwt = (token: string): boolean => token.startsWith('eyJ') && token.split('.').length >= 3;

const nobody = (): Rejection =>
  reject(
    'unauthenticated',
    '/Authorization',
    'Sign in with Authorization: Basic and the base64 of <key>:<secret>.',
    'Communication 4.1',
  );

const wrong = (): Rejection =>
  reject(
    'unauthenticated',
    '/Authorization',
    'The key or the secret is wrong, or it has expired or been revoked.',
    'Communication 4.1',
  );

const tooOften = (seconds: number): Rejection =>
  reject(
    'rate-limited',
    '/Authorization',
    `This key has been refused too often; it is looked at again in ${seconds} s.`,
    'Communication 3.2',
  );
