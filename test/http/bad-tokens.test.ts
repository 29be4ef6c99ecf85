import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  base64url,
  CompactEncrypt,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { issuerOf, withIssuers } from './with-issuers.ts';

describe('a token', () => {
  type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
  let keys: Keys;
  let others: Keys;
  let server: Server;
  let issuer = '';
  let published: JWK[] = [];
  let asked = 0;

  beforeAll(async () => {
    [keys, others] = await Promise.all([
      generateKeyPair('RS256', { extractable: true }),
      generateKeyPair('RS256', { extractable: true }),
    ]);
    published = [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }];
    server = createServer((request, response) => {
      asked += 1;
      response.setHeader('Content-Type', 'application/json');
      if (request.url === '/keys') response.end(JSON.stringify({ keys: published }));
      else response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/keys` }));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const now = () => Math.floor(Date.now() / 1000);
  const claims = (change: JWTPayload = {}): JWTPayload => ({
    iss: issuer,
    aud: 'cairn',
    sub: 'ada',
    scope: 'lrs-reader',
    exp: now() + 60,
    ...change,
  });
  const signed = (payload: JWTPayload, header: object = {}, key: Keys = keys) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(key.privateKey);
  const unsigned = (header: object, payload: JWTPayload, signature = '') =>
    [
      base64url.encode(JSON.stringify(header)),
      base64url.encode(JSON.stringify(payload)),
      base64url.encode(signature),
    ].join('.');
  const without = (name: string): JWTPayload => {
    const { [name]: _, ...rest } = claims();
    return rest;
  };
  const hmacOfPublicKey = async () => {
    const secret = Buffer.from(await exportSPKI(keys.publicKey));
    return new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);
  };
  const encrypted = () =>
    new CompactEncrypt(Buffer.from(JSON.stringify(claims())))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(Buffer.alloc(32));

  const BAD: readonly (readonly [name: string, make: () => Promise<string> | string])[] = [
    ['without a signature', () => unsigned({ alg: 'none' }, claims())],
    ['that calls itself None', () => unsigned({ alg: 'None', kid: 'one' }, claims())],
    ['with an empty signature', () => unsigned({ alg: 'RS256', kid: 'one' }, claims())],
    ['signed with the public key as a secret', hmacOfPublicKey],
    ['of another key', () => signed(claims(), {}, others)],
    ['of a key that is not known', () => signed(claims(), { kid: 'two' }, others)],
    [
      'that brings its key along',
      async () => signed(claims(), { jwk: await exportJWK(others.publicKey) }, others),
    ],
    ['that says where its keys are', () => signed(claims(), { jku: `${issuer}/evil` }, others)],
    ['that says where its certificate is', () => signed(claims(), { x5u: `${issuer}/evil` }, others)],
    ['whose kid is a path', () => signed(claims(), { kid: '../../etc/passwd' }, others)],
    [
      'with an extension that nobody knows',
      () => unsigned({ alg: 'RS256', kid: 'one', crit: ['x'], x: 1 }, claims(), 's'),
    ],
    ['that has expired', () => signed(claims({ exp: now() - 60 }))],
    ['that never expires', () => signed(without('exp'))],
    ['that expires at a text', () => signed(claims({ exp: 'never' as never }))],
    ['that is not yet good', () => signed(claims({ nbf: now() + 60 }))],
    ['for somebody else', () => signed(claims({ aud: 'another' }))],
    ['for some others', () => signed(claims({ aud: ['another', 'cairn2'] }))],
    ['for nobody', () => signed(without('aud'))],
    ['of an issuer with a slash more', () => signed(claims({ iss: `${issuer}/` }))],
    ['of an issuer in capitals', () => signed(claims({ iss: issuer.toUpperCase() }))],
    ['of nobody', () => signed(without('iss'))],
    ['of a list of issuers', () => signed(claims({ iss: [issuer] as never }))],
    ['about nobody', () => signed(without('sub'))],
    ['about an object', () => signed(claims({ sub: {} as never }))],
    ['that is encrypted', encrypted],
    ['that is huge', () => signed(claims({ pad: 'x'.repeat(10_000) }))],
    [
      'whose payload was changed',
      async () => {
        const [head, , tail] = (await signed(claims())).split('.');
        return [head, base64url.encode(JSON.stringify(claims({ scope: 'lrs-writer' }))), tail].join('.');
      },
    ],
    ['with something behind it', async () => `${await signed(claims())}.x`],
    ['that is no JSON', () => `${base64url.encode('{"alg')}.${base64url.encode('{')}.x`],
  ];

  it.each(BAD)('%s is refused', async (_name, make) => {
    await withIssuers([issuerOf(issuer)], async (cairn) => {
      const { status, body } = await cairn.as(`Bearer ${await make()}`).get('/xapi/statements');
      expect([status, body.reason]).toEqual([401, 'unauthenticated']);
      expect(cairn.faults).toEqual([]);
    });
  });

  it('that is good is taken, for one of several audiences, and a second or two late', async () => {
    await withIssuers([issuerOf(issuer)], async (cairn) => {
      const before = asked;
      for (const change of [{}, { aud: ['x', 'cairn'] }, { exp: now() - 2 }, { nbf: now() + 2 }]) {
        await cairn
          .as(`Bearer ${await signed(claims(change))}`)
          .get('/xapi/statements')
          .expect(200);
      }
      expect(asked - before).toBe(2);
    });
  });

  it('of a type is asked for where the operator says so', async () => {
    await withIssuers([issuerOf(issuer, { type: 'at+jwt' })], async (cairn) => {
      const statusOf = async (header: object) =>
        (await cairn.as(`Bearer ${await signed(claims(), header)}`).get('/xapi/statements')).status;
      expect(await statusOf({ typ: 'at+jwt' })).toBe(200);
      expect(await statusOf({ typ: 'JWT' })).toBe(401);
      expect(await statusOf({})).toBe(401);
    });
  });

  it('binds a learner by an address that has been verified, or of which nothing is said', async () => {
    await withIssuers([issuerOf(issuer, { learner: { mailboxClaim: '/email' } })], async (cairn) => {
      const statusOf = async (verified: JWTPayload) => {
        const token = await signed(claims({ email: 'ada@example.org', ...verified }));
        return (await cairn.as(`Bearer ${token}`).get('/xapi/statements')).status;
      };
      for (const good of [{}, { email_verified: true }, { email_verified: 'true' }])
        expect([good, await statusOf(good)]).toEqual([good, 200]);
      for (const email_verified of [false, 'false', 0, null, '', 'no', {}])
        expect([email_verified, await statusOf({ email_verified })]).toEqual([email_verified, 401]);
    });
  });

  it('may have its audience in another claim, as those of Cognito have', async () => {
    await withIssuers([issuerOf(issuer, { audienceClaim: '/client_id' })], async (cairn) => {
      const statusOf = async (payload: JWTPayload) =>
        (await cairn.as(`Bearer ${await signed(payload)}`).get('/xapi/statements')).status;
      expect(await statusOf({ ...without('aud'), client_id: 'cairn' })).toBe(200);
      expect(await statusOf({ ...without('aud'), client_id: 'x' })).toBe(401);
    });
  });
});
