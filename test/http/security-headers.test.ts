import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApp } from '../../src/http/create-app.ts';
import { createServer } from '../../src/http/create-server.ts';
import { ROOT } from '../house/source-files.ts';
import { cairnOfFile } from './start-cairn.ts';
import { ADA, query } from './statement-parts.ts';
import type { Wire } from './wire.ts';

const file = cairnOfFile({ settings: { apiOrigins: ['https://admin.example.org'] } });

/** What differs from answer to answer, or is tested with what it is about. */
const OWN = ['date', 'connection', 'keep-alive', 'x-request-id', 'content-length', 'etag', 'last-modified'];
const lasting = async (wire: Wire) => {
  const { headers } = await file.cairn.wire(wire);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN.includes(name)));
};

const ALWAYS = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };
const FOREIGN = {
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
};
const OPEN = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': expect.any(String),
  'x-experience-api-version': '1.0.3',
};

const document = (type: string, content: string) => {
  const path = `/xapi/activities/state?${query({ activityId: 'a:a', agent: ADA, stateId: type })}`;
  return { path, put: { method: 'PUT', path, headers: { 'Content-Type': type }, body: content } };
};

describe('the headers of an answer', () => {
  it('let the page at / load nothing, run nothing and stand in no frame', async () => {
    const wire = { path: '/', headers: { Accept: 'text/html' } };
    const { text } = await file.cairn.wire(wire);
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
    expect(await lasting(wire)).toEqual({
      ...ALWAYS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      vary: 'Accept',
    });
  });

  it('are few where nothing is shown', async () => {
    const plain = { ...ALWAYS, 'content-type': 'application/json' };
    expect(await lasting({ path: '/' })).toEqual({ ...plain, vary: 'Accept' });
    expect(await lasting({ path: '/health/ready' })).toEqual(plain);
    expect(await lasting({ path: '/api/v1/openapi.json' })).toEqual({ ...plain, vary: 'Origin' });
    expect(await lasting({ path: '/nothing' })).toEqual({ ...plain, ...OPEN });
    expect(await lasting({ path: '/xapi/about' })).toEqual({ ...plain, ...OPEN });
  });

  it('let scripts of named origins alone read /api/v1, and never with cookies', async () => {
    const problem = { ...ALWAYS, 'content-type': 'application/problem+json', vary: 'Origin' };
    const path = '/api/v1/status';
    expect(await lasting({ path, headers: { Origin: 'https://other.example.org' } })).toEqual(problem);
    expect(await lasting({ path, headers: { Origin: 'https://admin.example.org' } })).toEqual({
      ...problem,
      'access-control-allow-origin': 'https://admin.example.org',
      'access-control-expose-headers': expect.any(String),
    });
  });

  it('make a document that somebody stored as a page harmless when a browser shows it', async () => {
    const types = ['text/html', 'image/svg+xml', 'application/xhtml+xml; charset=utf-8', 'text/plain'];
    for (const type of types) {
      const { path, put } = document(type, '<script>alert(1)</script>');
      expect((await file.cairn.wire(put)).status).toBe(204);
      expect(await lasting({ path })).toEqual({ ...ALWAYS, ...OPEN, ...FOREIGN, 'content-type': type });
    }
    const { path, put } = document('application/json', '{}');
    expect((await file.cairn.wire(put)).status).toBe(204);
    expect(await lasting({ path })).toEqual({ ...ALWAYS, ...OPEN, 'content-type': 'application/json' });
  });

  it('do so with what stands in quarantine', async () => {
    const key = await file.cairn.key('statements/write');
    await file.cairn.storage.credentials.change(key.id, { quarantines: true });
    const headers = { Authorization: key.authorization, 'Content-Type': 'application/json' };
    await file.cairn.wire({ method: 'POST', path: '/xapi/statements', headers, body: '<script>' });
    const { authorization } = await file.cairn.key('admin');
    const admin = { Authorization: authorization };
    const { text } = await file.cairn.wire({ path: '/api/v1/quarantine', headers: admin });
    const [{ id }] = JSON.parse(text).quarantine;
    expect(await lasting({ path: `/api/v1/quarantine/${id}`, headers: admin })).toEqual({
      ...ALWAYS,
      ...FOREIGN,
      'content-disposition': 'attachment',
      'content-type': 'application/json',
      vary: 'Origin',
    });
  });
});

describe('Strict-Transport-Security', () => {
  const fixture = (name: string) => readFileSync(join(ROOT, 'test/fixtures', name));

  it('stands on every answer over TLS, and on none without', async () => {
    const tls = { cert: fixture('localhost-certificate.pem'), key: fixture('localhost-key.pem') };
    const server = createServer(createApp(file.cairn.services), { family: '1.0.3', tls });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const told = (path: string) =>
      new Promise<unknown>((resolve, refuse) => {
        const options = { host: '127.0.0.1', port, path, ca: tls.cert, agent: false as const };
        get(options, (response) => {
          response.resume();
          resolve(response.headers['strict-transport-security']);
        }).on('error', refuse);
      });
    for (const path of ['/', '/xapi/about', '/xapi/statements', '/api/v1/status', '/nothing', '/launch/x']) {
      expect([path, await told(path)]).toEqual([path, 'max-age=31536000']);
      const { headers } = await file.cairn.wire({ path });
      expect(headers).not.toHaveProperty('strict-transport-security');
    }
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
});
