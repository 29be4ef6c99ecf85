import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Canaries } from './canaries.ts';

/** An issuer of tokens on this machine, with good ones and bad ones that are canaries, by what is the matter with them. */
export const startIssuer = async ({ plant, watch }: Canaries) => {
  const [own, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const keys = [{ ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }];
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(
      JSON.stringify(request.url === '/keys' ? { keys } : { issuer: url, jwks_uri: `${url}/keys` }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const now = Math.floor(Date.now() / 1000);
  const sign = async (what: string, change: JWTPayload, key = own.privateKey) => {
    const claims = { iss: url, aud: 'cairn', sub: 'course', scope: 'lrs', exp: now + 600, ...change };
    const jti = plant(`the jti of ${what}`, 'secret');
    const token = await new SignJWT({ ...claims, jti })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(key);
    // Its last part is what makes it one.
    watch(`the signature of ${what}`, token.split('.')[2] ?? '', 'secret');
    return token;
  };
  const broken = (where: string) => Buffer.from(plant(where, 'secret')).toString('base64url');
  return {
    url,
    tokens: {
      'a good token': await sign('a good token', {}),
      'an expired token': await sign('an expired token', { exp: now - 600 }),
      'a token for others': await sign('a token for others', { aud: 'others' }),
      'a token of a stranger': await sign('a token of a stranger', { iss: 'https://stranger.example.org' }),
      'a token with a wrong signature': await sign('a forged token', {}, foreign.privateKey),
      'what only looks like a token': `${broken('a head')}.${broken('claims')}.${broken('a signature')}`,
    },
    close: () => server.close(),
  };
};
