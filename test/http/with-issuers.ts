import type { Issuer } from '../../src/credentials/issuer.ts';
import { tokenIssuers } from '../../src/http/issuers.ts';
import { type Cairn, withCairn } from './start-cairn.ts';

export const issuerOf = (issuer: string, change: Partial<Issuer> = {}): Issuer => ({
  issuer,
  audience: ['cairn'],
  audienceClaim: '/aud',
  algorithms: ['RS256'],
  scopeClaims: ['/scope'],
  scopes: new Map([
    ['lrs-writer', ['statements/write', 'statements/read/mine']],
    ['lrs-reader', ['statements/read']],
  ]),
  nameClaim: '/sub',
  ...change,
});

/** A Cairn that takes tokens of these issuers. */
export const withIssuers = (issuers: readonly Issuer[], use: (cairn: Cairn) => Promise<void>) =>
  withCairn({ services: (services) => ({ ...services, issuers: tokenIssuers(issuers) }) }, use);
