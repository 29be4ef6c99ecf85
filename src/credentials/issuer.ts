import type { Scope } from './scope.ts';

/** Whose tokens are taken (OpenID Connect, RFC 9068), and what their claims mean here. Claims are named by JSON Pointers. */
export type Issuer = {
  /** Exactly as its tokens say it in `iss`. */
  readonly issuer: string;
  /** One of these has to stand in the audience claim. */
  readonly audience: readonly string[];
  readonly audienceClaim: string;
  /** The signature algorithms that are taken, whatever a token or the issuer's own documents say. */
  readonly algorithms: readonly string[];
  /** Where its keys are; found by discovery if it is not given. */
  readonly jwksUri?: string;
  /** What the header `typ` has to be, if it has to be anything. */
  readonly type?: string;
  /** Where it is said what the token is good for: a string of words, a list, or an object whose keys count unless they are false or null. */
  readonly scopeClaims: readonly string[];
  /** What each word that stands there grants; a word that is not here grants nothing. */
  readonly scopes: ReadonlyMap<string, readonly Scope[]>;
  /** Who it is: the account name of the authority, under the issuer as its home page. */
  readonly nameClaim: string;
  /** If given, statements are bound to this actor. */
  readonly learner?: LearnerClaim;
};

/** An account under a home page whose name is a claim, or a mailbox that is a claim. */
export type LearnerClaim =
  | { readonly homePage: string; readonly nameClaim: string }
  | { readonly mailboxClaim: string };

/** Those that a key known to the world can check; never `none`, never one with a shared secret. */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

/** What stands at a JSON Pointer (RFC 6901) of a token's claims. */
export const claimAt = (claims: object, pointer: string): unknown => {
  let value: unknown = claims;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
};

/** The scopes that a token's claims grant. */
export const grantedScopes = (claims: object, { scopeClaims, scopes }: Issuer): readonly Scope[] => {
  const granted = new Set<Scope>();
  for (const pointer of scopeClaims) {
    for (const word of wordsOf(claimAt(claims, pointer))) {
      for (const scope of scopes.get(word) ?? []) granted.add(scope);
    }
  }
  return [...granted];
};

const wordsOf = (claim: unknown): readonly string[] => {
  if (typeof claim === 'string') return claim.split(' ');
  if (Array.isArray(claim)) return claim.filter((word) => typeof word === 'string');
  if (typeof claim !== 'object' || claim === null) return [];
  return Object.entries(claim).flatMap(([word, value]) => (value === false || value === null ? [] : [word]));
};
