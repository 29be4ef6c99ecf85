import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
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
  /** Microseconds since 1970. */
  readonly created: number;
  readonly revoked?: number;
};

/** Who is asking, once the credential has been checked. */
export type Principal = { readonly credential: string; readonly scopes: readonly Scope[] };

/** A new secret: 256 random bits as 43 URL-safe characters without a colon. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A new id: 80 random bits as 20 hex digits. */
export const newCredentialId = (): string => `ck_${randomBytes(10).toString('hex')}`;

export const hashSecret = (secret: string): string => hash('sha256', secret);

/** Compares in constant time, and takes as long for an unknown or revoked credential. */
export const isSecretOf = (credential: Credential | undefined, secret: string): boolean => {
  const known = Buffer.from(credential?.secretHash ?? NOBODY, 'hex');
  const same = timingSafeEqual(known, hash('sha256', secret, 'buffer'));
  return same && credential !== undefined && credential.revoked === undefined;
};

/** The account name of what was moved in, for which no credential stands: none may be called so. */
export const IMPORT = 'import';

const NOBODY = hashSecret(randomBytes(32).toString('hex'));
