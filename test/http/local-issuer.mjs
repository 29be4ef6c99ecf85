/** A real issuer (OpenID Connect) on this machine for tests: prints where it listens; a line on stdin has it draw new keys. */
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

const newKey = async () => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    ...(await exportJWK(privateKey)),
    alg: 'RS256',
    use: 'sig',
    kid: `key-${Date.now()}-${Math.random()}`,
  };
};

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const resource = {
  scope: 'lrs-writer lrs-reader unknown-word',
  audience: 'cairn',
  accessTokenFormat: 'jwt',
  accessTokenTTL: 60,
};

const serve = async () => {
  const provider = new Provider(issuer, {
    jwks: { keys: [await newKey()] },
    clients: [
      {
        client_id: 'lms',
        client_secret: 'a secret of the client',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    scopes: ['lrs-writer', 'lrs-reader', 'unknown-word'],
    features: {
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'https://cairn.example',
        getResourceServerInfo: (_context, indicator) => ({
          ...resource,
          audience: indicator === 'https://cairn.example' ? 'cairn' : 'somebody else',
        }),
        useGrantedResource: () => true,
      },
      devInteractions: { enabled: false },
    },
    extraTokenClaims: () => ({ email: 'ada@example.org', roles: { deep: ['lrs-reader'] } }),
  });
  server.removeAllListeners('request');
  server.on('request', provider.callback());
};

await serve();
console.log(issuer);
process.stdin.on('data', async () => {
  await serve();
  console.log('new keys');
});
