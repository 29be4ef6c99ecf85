import type { Credential } from './credential.ts';

/** Where credentials are kept. Every act but `used` is an entry of the log. Held to `test/storage/credential-store.contract.ts`. */
export type CredentialStore = {
  /** The credential of this id, whether or not it is in use. */
  find(id: string): Credential | undefined;

  /** All of them, oldest first. */
  list(): readonly Credential[];

  /**
   * Those that were handed out for launches and have expired more than a day ago are forgotten on the way: there may
   * be as many as there are launches.
   *
   * @throws Rejection `statement-conflict` when the id is taken.
   */
  create(credential: NewCredential): Promise<Credential>;

  /** From the next request on it is refused, and so are the launches that it made. Answers whether there was such a credential. */
  revoke(id: string): Promise<boolean>;

  /** Gives it a new secret; the old one is refused from the next request on. Answers whether one is in use. */
  rotate(id: string, secretHash: string): Promise<boolean>;

  /** Changes what it is called, when it expires or whether it quarantines. Answers whether there is one that is not revoked. */
  change(id: string, change: CredentialChange): Promise<boolean>;

  /** Gives it a new secret for its fetch token, which is used up by that: of any number at once one is answered true. */
  fetch(id: string, fetchHash: string, secretHash: string): Promise<boolean>;

  /** Notes that it has been used just now; kept to some ten minutes. */
  used(id: string): void;
};

export type NewCredential = Omit<Credential, 'created' | 'revoked' | 'lastUsed'>;

/** `expires: null` lets it never expire. */
export type CredentialChange = {
  readonly label?: string;
  readonly expires?: number | null;
  readonly quarantines?: boolean;
};
