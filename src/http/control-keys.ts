import {
  type Credential,
  hashSecret,
  IMPORT,
  newCredentialId,
  newSecret,
} from '../credentials/credential.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import type { Scope } from '../credentials/scope.ts';
import { reject } from '../xapi/rejection.ts';

/** A credential as people may see it. */
export type Key = Omit<Credential, 'secretHash'>;

/** The one time that a secret can be seen. */
export type KeyAndSecret = { readonly key: Key; readonly secret: string };

export type WantedKey = { readonly id?: string; readonly label: string; readonly scopes: readonly Scope[] };

/** What an operator does with keys. All of it holds from the next request on. */
export type ControlKeys = {
  list(): Promise<readonly Key[]>;
  /** @throws Rejection `statement-conflict` when the id is taken, also by what was moved in. */
  create(wanted: WantedKey): Promise<KeyAndSecret>;
  /** Answers whether there was such a key. */
  revoke(id: string): Promise<boolean>;
  /** Undefined when there is no such key, or it has been revoked. */
  rotate(id: string): Promise<KeyAndSecret | undefined>;
};

export const controlKeys = (credentials: CredentialStore): ControlKeys => ({
  list: async () => credentials.list().map(keyOf),
  create: async ({ id = newCredentialId(), label, scopes }) => {
    if (id === IMPORT)
      throw reject('statement-conflict', '', `${IMPORT} names what was moved in; choose another.`);
    const secret = newSecret();
    const made = await credentials.create({ id, label, scopes, secretHash: hashSecret(secret) });
    return { key: keyOf(made), secret };
  },
  revoke: (id) => credentials.revoke(id),
  rotate: async (id) => {
    const secret = newSecret();
    const isThere = await credentials.rotate(id, hashSecret(secret));
    const key = credentials.find(id);
    return isThere && key !== undefined ? { key: keyOf(key), secret } : undefined;
  },
});

const keyOf = ({ secretHash: _, ...key }: Credential): Key => key;
