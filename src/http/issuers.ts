import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { claimAt, grantedScopes, type Issuer, type LearnerClaim } from '../credentials/issuer.ts';
import type { Principal } from '../credentials/principal.ts';
import { isMailbox } from '../xapi/mailbox.ts';
import { type Rejection, reject } from '../xapi/rejection.ts';
import type { Identifier } from '../xapi/statement.ts';
import { fetchSmall } from './fetch-small.ts';

/** Checks tokens of the issuers that the operator named. */
export type Issuers = {
  /**
   * Undefined for a token that is not good, for whatever reason.
   *
   * @throws Rejection `unavailable` when the issuer's keys cannot be had.
   */
  verify(token: string): Promise<Principal | undefined>;
};

/** In characters. */
const LONGEST = 8192;
/** In seconds: how far clocks may differ. */
const TOLERANCE = 5;
/** In milliseconds: how long keys are kept, and how soon an unknown key has them fetched again. */
const KEYS_KEPT = 10 * 60_000;
const KEYS_AGAIN = 30_000;

export const tokenIssuers = (issuers: readonly Issuer[]): Issuers => {
  const known = new Map(issuers.map((issuer) => [issuer.issuer, { issuer, keys: lazyKeys(issuer) }]));
  return {
    verify: async (token) => {
      const found = token.length > LONGEST ? undefined : known.get(issuerNamedIn(token));
      if (found === undefined) return undefined;
      const claims = await verified(token, found.issuer, found.keys);
      return claims === undefined ? undefined : principalOfClaims(claims, found.issuer);
    },
  };
};

/** What it says of itself, which nothing has been checked of. */
const issuerNamedIn = (token: string): string => {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    return '';
  }
};

const verified = async (
  token: string,
  issuer: Issuer,
  keys: JWTVerifyGetKey,
): Promise<JWTPayload | undefined> => {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: issuer.issuer,
      algorithms: [...issuer.algorithms],
      requiredClaims: ['exp'],
      clockTolerance: TOLERANCE,
      ...(issuer.type === undefined ? {} : { typ: issuer.type }),
    });
    return isMeantForUs(payload, issuer) ? payload : undefined;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw unreachable(issuer);
    if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) throw unreachable(issuer);
    return undefined;
  }
};

const isMeantForUs = (claims: JWTPayload, { audience, audienceClaim }: Issuer): boolean => {
  const named = claimAt(claims, audienceClaim);
  return (Array.isArray(named) ? named : [named]).some((one) => audience.includes(one));
};

const unreachable = ({ issuer }: Issuer): Rejection =>
  reject('unavailable', '/Authorization', `The keys of ${issuer} cannot be had just now; its tokens wait.`);

const principalOfClaims = (claims: JWTPayload, issuer: Issuer): Principal | undefined => {
  const name = claimAt(claims, issuer.nameClaim);
  if (typeof name !== 'string' || name === '' || CONTROLS.test(name)) return undefined;
  const principal = {
    credential: '',
    scopes: grantedScopes(claims, issuer),
    account: { homePage: issuer.issuer, name },
  };
  if (issuer.learner === undefined) return principal;
  const actor = learnerOf(claims, issuer.learner);
  return actor === undefined ? undefined : { ...principal, bounds: { actor } };
};

const CONTROLS = /\p{Cc}/u;

const learnerOf = (claims: JWTPayload, learner: LearnerClaim): Identifier | undefined => {
  if ('mailboxClaim' in learner) {
    // Whoever may write any address into a profile could be anybody.
    if (![undefined, true, 'true'].includes(claims['email_verified'] as undefined)) return undefined;
    const mbox = `mailto:${String(claimAt(claims, learner.mailboxClaim))}`;
    return isMailbox(mbox) ? { mbox } : undefined;
  }
  const name = claimAt(claims, learner.nameClaim);
  return typeof name === 'string' && name !== ''
    ? { account: { homePage: learner.homePage, name } }
    : undefined;
};

/** Found when they are first asked for, so that Cairn starts without the issuer, and again until they have been found. */
const lazyKeys = (issuer: Issuer): JWTVerifyGetKey => {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    keys ??= findKeys(issuer).catch((error) => {
      keys = undefined;
      throw error;
    });
    return (await keys)(header, token);
  };
};

const findKeys = async (issuer: Issuer): Promise<JWTVerifyGetKey> => {
  const uri = issuer.jwksUri ?? (await discover(issuer));
  return createRemoteJWKSet(new URL(uri), {
    [customFetch]: fetchSmall,
    cacheMaxAge: KEYS_KEPT,
    cooldownDuration: KEYS_AGAIN,
  });
};

/** OpenID Connect Discovery 1.0, 4. Of what is found only the place of the keys is believed. */
const discover = async ({ issuer }: Issuer): Promise<string> => {
  const response = await fetchSmall(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {});
  const found = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  const { jwks_uri: uri } = found;
  if (found.issuer !== issuer || typeof uri !== 'string' || !isSafe(uri, issuer)) {
    throw new Error(`What ${issuer} says of itself is not to be used.`);
  }
  return uri;
};

const isSafe = (uri: string, issuer: string): boolean =>
  URL.canParse(uri) && (uri.startsWith('https://') || new URL(uri).origin === new URL(issuer).origin);
