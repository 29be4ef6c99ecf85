import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Bounds } from './bounds.ts';
import type { Scope } from './scope.ts';

/** A key that a tool signs in with. Of its secret only the SHA-256 is kept. */
export type Credential = {
  /** The user name of Basic, and the account name of the authority; it outlives rotations. */
  readonly id: string;
  /** What people call it. */
  readonly label: string;
  readonly scopes: readonly Scope[];
  /** SHA-256 of the secret, lower-case hex. */
  readonly secretHash: string;
  /** Microseconds since 1970, as are the other moments. */
  readonly created: number;
  readonly revoked?: number;
  /** From when on it is refused. */
  readonly expires?: number;
  /** When it was last used, to some ten minutes. */
  readonly lastUsed?: number;
  /** What it is bound to, if it was handed out for a launch. */
  readonly bounds?: Bounds;
  /** Who made it: a credential's id, or issuer and name of who came with a token; absent when an operator did. */
  readonly madeBy?: string;
  /** SHA-256 of the token with which its secret can be fetched, once (cmi5 8.2). */
  readonly fetchHash?: string;
  /** Whether statements of it that are refused are kept with the reasons. */
  readonly quarantines?: boolean;
};

/** A credential as people may see it. */
export type ShownCredential = Omit<Credential, 'secretHash' | 'fetchHash'>;

export const shownCredential = ({ secretHash: _, fetchHash: __, ...shown }: Credential): ShownCredential =>
  shown;

/** A new secret: 256 random bits as 43 URL-safe characters without a colon. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A new id: 80 random bits as 20 hex digits. */
export const newCredentialId = (): string => `ck_${randomBytes(10).toString('hex')}`;

export const hashSecret = (secret: string): string => hash('sha256', secret);

/** A key and its secret as one bearer token (RFC 6750): `<id>.<secret>`. Only ids of its characters have one. */
export const bearerOf = (id: string, secret: string): string | undefined =>
  /^[A-Za-z0-9._~+/-]+$/.test(id) && /^[A-Za-z0-9_~+/-]+$/.test(secret) ? `${id}.${secret}` : undefined;

/** Compares in constant time, and takes as long for a credential that is unknown, revoked or expired. */
export const isSecretOf = (
  credential: Credential | undefined,
  secret: string,
  now = Date.now() * 1000,
): boolean => {
  const known = Buffer.from(credential?.secretHash ?? NOBODY, 'hex');
  const same = timingSafeEqual(known, hash('sha256', secret, 'buffer'));
  return same && credential !== undefined && isInUse(credential, now);
};

/** Neither revoked nor expired. */
export const isInUse = ({ revoked, expires }: Credential, now: number): boolean =>
  revoked === undefined && (expires === undefined || now < expires);

/** The account name of what was moved in, for which no credential stands: none may be called so. */
export const IMPORT = 'import';

const NOBODY = hashSecret(randomBytes(32).toString('hex'));
