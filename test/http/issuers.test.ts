import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Cairn } from './start-cairn.ts';
import { statementOf } from './statement-parts.ts';
import { issuerOf, withIssuers } from './with-issuers.ts';

describe('tokens of a real issuer', () => {
  let provider: ChildProcess;
  let issuer = '';
  const lines: string[] = [];

  beforeAll(async () => {
    provider = spawn(process.execPath, [join(__dirname, 'local-issuer.mjs')], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const reading = createInterface({ input: provider.stdout as NodeJS.ReadableStream });
    reading.on('line', (line) => lines.push(line));
    [issuer] = (await once(reading, 'line')) as [string];
  });
  afterAll(() => provider.kill());

  const tokenOf = async (scope: string, resource = 'https://cairn.example'): Promise<string> => {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from('lms:a+secret+of+the+client').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope, resource }),
    });
    const { access_token: token } = (await response.json()) as { readonly access_token: string };
    return token;
  };
  const statusOf = async (cairn: Cairn, token: string) =>
    (await cairn.as(`Bearer ${token}`).post('/xapi/statements').send(statementOf())).status;

  it('are taken for what their words grant, and stand behind what they store', async () => {
    await withIssuers([issuerOf(issuer)], async (cairn) => {
      const writer = cairn.as(`Bearer ${await tokenOf('lrs-writer')}`);
      const sent = statementOf();
      await writer.post('/xapi/statements').send(sent).expect(200);
      await cairn.all.post('/xapi/statements').send(statementOf()).expect(200);
      const { body } = await writer.get('/xapi/statements').expect(200);
      expect(body.statements).toHaveLength(1);
      expect(body.statements[0]).toMatchObject({
        id: sent.id,
        authority: { account: { homePage: issuer, name: 'lms' } },
      });
      expect(await statusOf(cairn, await tokenOf('lrs-reader'))).toBe(403);
      expect(await statusOf(cairn, await tokenOf('unknown-word'))).toBe(403);
      expect(await statusOf(cairn, await tokenOf('lrs-writer', 'https://other.example'))).toBe(401);
    });
  });

  it('are refused of who is not named', async () => {
    await withIssuers([issuerOf('https://other.example')], async (cairn) =>
      expect(await statusOf(cairn, await tokenOf('lrs-writer'))).toBe(401),
    );
    await withIssuers([issuerOf(issuer, { audience: ['another'] })], async (cairn) =>
      expect(await statusOf(cairn, await tokenOf('lrs-writer'))).toBe(401),
    );
    await withIssuers([issuerOf(issuer, { algorithms: ['ES256'] })], async (cairn) =>
      expect(await statusOf(cairn, await tokenOf('lrs-writer'))).toBe(401),
    );
  });

  it('bind to a learner, and have their words where they are said to be', async () => {
    const learner = { mailboxClaim: '/email' };
    const change = { learner, scopeClaims: ['/scope', '/roles/deep'] };
    await withIssuers([issuerOf(issuer, change)], async (cairn) => {
      const token = await tokenOf('lrs-writer');
      const ada = cairn.as(`Bearer ${token}`);
      await ada
        .post('/xapi/statements')
        .send(statementOf({ actor: { mbox: 'mailto:ada@example.org' } }))
        .expect(200);
      await ada
        .post('/xapi/statements')
        .send(statementOf({ actor: { mbox: 'mailto:bo@example.org' } }))
        .expect(403);
      await cairn.all
        .post('/xapi/statements')
        .send(statementOf({ actor: { mbox: 'mailto:ada@example.org' } }));
      const { body } = await ada.get('/xapi/statements').expect(200);
      expect(body.statements).toHaveLength(2);
    });
  });

  it('wait while the issuer is away, and are taken when its keys have changed', async () => {
    const token = await tokenOf('lrs-writer');
    // A port at which nobody listens stands for an issuer that is away.
    const away = createServer();
    await new Promise<void>((resolve) => {
      away.listen(0, '127.0.0.1', resolve);
    });
    const { port } = away.address() as AddressInfo;
    await new Promise((resolve) => {
      away.close(resolve);
    });
    await withIssuers([issuerOf(issuer, { jwksUri: `http://127.0.0.1:${port}/keys` })], async (cairn) => {
      const { status, headers } = await cairn.as(`Bearer ${token}`).get('/xapi/statements');
      expect([status, headers['retry-after']]).toEqual([503, '5']);
      await cairn.all.get('/xapi/statements').expect(200);
    });
    await withIssuers([issuerOf(issuer)], async (cairn) => {
      provider.stdin?.write('new keys\n');
      while (!lines.includes('new keys')) await new Promise((resolve) => setTimeout(resolve, 10));
      const later = await tokenOf('lrs-writer');
      expect(await statusOf(cairn, later)).toBe(200);
      expect(await statusOf(cairn, token)).toBe(401);
    });
  });
});
