import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { SCOPES } from '../../../src/credentials/scope.ts';
import { type Issuers, tokenIssuers } from '../../../src/http/issuers.ts';
import { issuerOf } from '../with-issuers.ts';

/** Two issuers on this machine whose words are scopes: that of services, and that of learners. */
export type OwnIssuers = {
  readonly issuers: Issuers;
  /** Of services; the home page of their accounts. */
  readonly services: string;
  readonly learners: string;
  /** A token that ends after so many seconds. */
  token(issuer: string, claims: Readonly<Record<string, unknown>>, seconds?: number): Promise<string>;
  close(): Promise<void>;
};

export const ownIssuers = async (): Promise<OwnIssuers> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }];
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [services, learners] = [`${origin}/services`, `${origin}/learners`];
  const common = { jwksUri: `${origin}/keys`, scopes: new Map(SCOPES.map((scope) => [scope, [scope]])) };
  return {
    services,
    learners,
    issuers: tokenIssuers([
      issuerOf(services, common),
      issuerOf(learners, { ...common, learner: { mailboxClaim: '/email' } }),
    ]),
    token: (iss, claims, seconds = 3600) => {
      const exp = Math.floor(Date.now() / 1000) + seconds;
      return new SignJWT({ iss, aud: 'cairn', exp, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .sign(privateKey);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
