import {
  hashSecret,
  IMPORT,
  newCredentialId,
  newSecret,
  type ShownCredential,
  shownCredential,
} from '../credentials/credential.ts';
import type { CredentialChange, CredentialStore } from '../credentials/credential-store.ts';
import type { Scope } from '../credentials/scope.ts';
import { reject } from '../xapi/rejection.ts';

/** The one time that a secret can be seen. */
export type KeyAndSecret = { readonly key: ShownCredential; readonly secret: string };

export type WantedKey = {
  readonly id?: string;
  readonly label: string;
  readonly scopes: readonly Scope[];
  /** Microseconds since 1970. */
  readonly expires?: number;
  readonly quarantines?: boolean;
  /** The credential that made it, if one did. */
  readonly madeBy?: string;
};

/** Whether a key may be called so: RFC 7617 wants no colon in it. */
export const isKeyId = (id: unknown): id is string =>
  typeof id === 'string' && /^[\x21-\x39\x3b-\x7e]{1,100}$/.test(id) && !/^\.\.?$/.test(id);

/** What an operator does with keys. All of it holds from the next request on. */
export type ControlKeys = {
  list(): Promise<readonly ShownCredential[]>;
  /** @throws Rejection `statement-conflict` when the id is taken, also by what was moved in. */
  create(wanted: WantedKey): Promise<KeyAndSecret>;
  /** Answers whether there was such a key. */
  revoke(id: string): Promise<boolean>;
  /** Undefined when there is no such key, or it has been revoked. */
  rotate(id: string): Promise<KeyAndSecret | undefined>;
  /** Answers whether there is such a key that has not been revoked. */
  change(id: string, change: CredentialChange): Promise<boolean>;
};

const checkLabel = (label = ''): void => {
  if (/\p{Cc}/u.test(label)) throw reject('body-invalid', '/label', 'A label has no control characters.');
};

export const controlKeys = (credentials: CredentialStore): ControlKeys => ({
  list: async () => credentials.list().map(shownCredential),
  create: async ({ id = newCredentialId(), ...wanted }) => {
    checkLabel(wanted.label);
    if (id === IMPORT)
      throw reject('statement-conflict', '', `${IMPORT} names what was moved in; choose another.`);
    const secret = newSecret();
    const made = await credentials.create({ ...wanted, id, secretHash: hashSecret(secret) });
    return { key: shownCredential(made), secret };
  },
  revoke: (id) => credentials.revoke(id),
  change: async (id, change) => {
    checkLabel(change.label);
    return credentials.change(id, change);
  },
  rotate: async (id) => {
    const secret = newSecret();
    const isThere = await credentials.rotate(id, hashSecret(secret));
    const key = credentials.find(id);
    return isThere && key !== undefined ? { key: shownCredential(key), secret } : undefined;
  },
});
