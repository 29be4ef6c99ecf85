import type { Credential } from './credential.ts';
import type { Scope } from './scope.ts';

/** Where credentials are kept. Every act is an entry of the log. Held to `test/storage/credential-store.contract.ts`. */
export type CredentialStore = {
  /** The credential of this id, revoked or not. */
  find(id: string): Credential | undefined;

  /** All of them, oldest first. */
  list(): readonly Credential[];

  /** @throws Rejection `statement-conflict` when the id is taken. */
  create(credential: NewCredential): Promise<Credential>;

  /** From the next request on it is refused. Answers whether there was such a credential. */
  revoke(id: string): Promise<boolean>;

  /** Gives it a new secret; the old one is refused from the next request on. Answers whether there was one. */
  rotate(id: string, secretHash: string): Promise<boolean>;
};

export type NewCredential = {
  readonly id: string;
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly secretHash: string;
};
