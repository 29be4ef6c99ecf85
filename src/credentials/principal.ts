import type { Account } from '../xapi/statement.ts';
import type { Bounds } from './bounds.ts';
import type { Credential } from './credential.ts';
import type { Scope } from './scope.ts';

/** Who is asking, once that has been checked. */
export type Principal = {
  /** The credential's id; '' for who came with a token of an issuer, or with nothing. */
  readonly credential: string;
  readonly scopes: readonly Scope[];
  /** Whom a token of an issuer names; it is the authority of what they store. */
  readonly account?: Account;
  readonly bounds?: Bounds;
  readonly quarantines?: boolean;
};

/** Who comes without credentials where none are needed. */
export const NOBODY: Principal = { credential: '', scopes: [] };

export const principalOf = ({ id, scopes, bounds, quarantines }: Credential): Principal => ({
  credential: id,
  scopes,
  ...(bounds === undefined ? {} : { bounds }),
  ...(quarantines === true ? { quarantines } : {}),
});

/** The account that vouches for what a principal stores. */
export const authorityAccount = ({ account, credential }: Principal, installation: string): Account =>
  account ?? { homePage: installation, name: credential };

/** What it is called by in logs and lists. */
export const nameOf = ({ account, credential }: Principal): string =>
  account === undefined ? credential : `${account.homePage} ${account.name}`;
