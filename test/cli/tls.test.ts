import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { readSettings } from '../../src/cli/settings.ts';
import { ROOT } from '../house/source-files.ts';
import { cleanUp, newFolder, runCairn, serveCairn } from './cairn.ts';
import { statement, uuid } from './statements.ts';

jest.setTimeout(60_000);
afterEach(cleanUp);

/** The certificate for localhost and its key are for tests only. */
const fixture = (name: string): string => join(ROOT, 'test/fixtures', name);
const CERT = fixture('localhost-certificate.pem');
const KEY = fixture('localhost-key.pem');

const ask = (url: string, method: string, path: string, body = ''): Promise<[number | undefined, string]> =>
  new Promise((resolve, refuse) => {
    const headers = {
      Authorization: `Basic ${Buffer.from('first:first-secret').toString('base64')}`,
      'X-Experience-API-Version': '1.0.3',
      'Content-Type': 'application/json',
    };
    const options = { method, headers, ca: readFileSync(CERT), agent: false };
    const outgoing = request(`${url}${path}`, options, async (response) => {
      resolve([response.statusCode, Buffer.concat(await response.toArray()).toString()]);
    });
    outgoing.on('error', refuse).end(body);
  });

describe('cairn serve with a certificate', () => {
  it('takes and answers statements over https', async () => {
    const { url, stop } = await serveCairn(newFolder(), {
      CAIRN_TLS_CERT_FILE: CERT,
      CAIRN_TLS_KEY_FILE: KEY,
    });
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(await ask(url, 'POST', '/xapi/statements', statement(1))).toEqual([200, `["${uuid(1)}"]`]);
    const [status, text] = await ask(url, 'GET', `/xapi/statements?statementId=${uuid(1)}`);
    expect([status, JSON.parse(text).id]).toEqual([200, uuid(1)]);
    expect(await ask(url, 'GET', '/xapi/statements?verbs=x')).toEqual([
      400,
      expect.stringContaining('There is no parameter verbs.'),
    ]);
    await expect(fetch(url.replace('https', 'http'))).rejects.toThrow();
    expect(await stop()).toBe(0);
  });

  it('tells at start of files that cannot be read, with all else that is wrong, and makes no store', async () => {
    const folder = newFolder();
    const more = {
      CAIRN_TLS_CERT_FILE: folder,
      CAIRN_TLS_KEY_FILE: '/none.pem',
      CAIRN_PORT: 'x',
      CAIRN_KEY: 'k',
    };
    const { code, out, err } = await runCairn(join(folder, 'data'), ['serve'], { more });
    expect([code, out]).toEqual([1, '']);
    expect(err.split('\n')).toEqual([
      'cairn serve: CAIRN_PORT is a whole number from 0 to 65535, not x.',
      `CAIRN_TLS_CERT_FILE names ${folder}, which cannot be read.`,
      'CAIRN_TLS_KEY_FILE names /none.pem, which cannot be read.',
      'CAIRN_KEY and CAIRN_SECRET go together.',
      '',
    ]);
  });
});

describe('CAIRN_TLS_CERT_FILE and CAIRN_TLS_KEY_FILE', () => {
  const complaintsOf = (cert: string | undefined, key: string | undefined): readonly string[] => {
    try {
      readSettings({ CAIRN_TLS_CERT_FILE: cert, CAIRN_TLS_KEY_FILE: key });
      return [];
    } catch (error) {
      return (error as Error).message.split('\n');
    }
  };
  const holding = (content: string | Buffer): string => {
    const path = join(newFolder(), 'file');
    writeFileSync(path, content);
    return path;
  };
  const noCertificate = (path: string) =>
    `CAIRN_TLS_CERT_FILE names ${path}, which holds no certificate in PEM.`;
  const noKey = (path: string) =>
    `CAIRN_TLS_KEY_FILE names ${path}, which holds no private key in PEM that needs no passphrase.`;

  it('are none, or both', () => {
    expect(readSettings({}).tls).toBeUndefined();
    expect(readSettings({ CAIRN_TLS_CERT_FILE: CERT, CAIRN_TLS_KEY_FILE: KEY }).tls).toEqual({
      cert: readFileSync(CERT),
      key: readFileSync(KEY),
    });
    const together = 'CAIRN_TLS_CERT_FILE and CAIRN_TLS_KEY_FILE go together.';
    expect(complaintsOf(CERT, undefined)).toEqual([together]);
    expect(complaintsOf(undefined, KEY)).toEqual([together]);
    expect(complaintsOf(undefined, '/none')).toEqual([
      together,
      'CAIRN_TLS_KEY_FILE names /none, which cannot be read.',
    ]);
  });

  it('may hold a chain', () => {
    const chain = holding(readFileSync(CERT, 'utf8') + readFileSync(fixture('ec-certificate.pem'), 'utf8'));
    expect(complaintsOf(chain, KEY)).toEqual([]);
  });

  it.each<[string, () => string | Buffer]>([
    ['nothing', () => ''],
    ['a text', () => 'no PEM'],
    ['DER', () => new X509Certificate(readFileSync(CERT)).raw],
    ['half of one', () => readFileSync(CERT, 'utf8').slice(0, 300)],
    ['nonsense in PEM', () => '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['encrypted', () => '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAA\n-----END ENCRYPTED PRIVATE KEY-----\n'],
  ])('are refused when they hold %s', (_, content) => {
    const path = holding(content());
    expect(complaintsOf(path, path)).toEqual([noCertificate(path), noKey(path)]);
  });

  it('are refused the wrong way round, and when they do not belong together', () => {
    expect(complaintsOf(KEY, CERT)).toEqual([noCertificate(KEY), noKey(CERT)]);
    expect(complaintsOf(CERT, fixture('signer-key.pem'))).toEqual([
      'CAIRN_TLS_KEY_FILE does not hold the key of the certificate in CAIRN_TLS_CERT_FILE.',
    ]);
  });
});
