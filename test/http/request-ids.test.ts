import { connect } from 'node:net';
import { createApp } from '../../src/http/create-app.ts';
import { createServer } from '../../src/http/create-server.ts';
import { cairnOfFile, withCairn } from './start-cairn.ts';
import { statementOf } from './statement-parts.ts';
import type { Wire } from './wire.ts';

const file = cairnOfFile();
const MADE = /^[0-9a-f]{16}-[0-9a-z]+$/;

const idOf = async (wire: Wire): Promise<string | string[] | undefined> =>
  (await file.cairn.wire(wire)).headers['x-request-id'];

describe('X-Request-Id', () => {
  const statement = statementOf();
  it.each<[number, Wire]>([
    [200, { path: '/' }],
    [200, { path: '/health/live' }],
    [200, { path: '/health/ready' }],
    [200, { path: '/xapi/about' }],
    [200, { path: '/xapi/statements' }],
    [204, { path: '/xapi/statements', method: 'OPTIONS' }],
    [
      204,
      {
        path: `/xapi/statements?statementId=${statement.id}`,
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(statement),
      },
    ],
    [400, { path: '/xapi/statements?limit=x' }],
    [401, { path: '/xapi/statements', headers: { Authorization: 'Basic eDp5' } }],
    [403, { path: '/metrics' }],
    [404, { path: '/nowhere' }],
    [405, { path: '/xapi/about', method: 'DELETE' }],
    [417, { path: '/xapi/about', headers: { Expect: 'the-worst' } }],
  ])('stands on an answer of %d to %j', async (status, wire) => {
    const { status: answered, headers } = await file.cairn.wire(wire);
    expect([answered, headers['x-request-id']]).toEqual([status, expect.stringMatching(MADE)]);
  });

  it('is the sender’s own where it is short and plain', async () => {
    for (const sent of ['a', 'trace_7.B-2', 'x'.repeat(128)]) {
      for (const path of ['/xapi/statements', '/xapi/statements?limit=x', '/health/live', '/nowhere']) {
        expect(await idOf({ path, headers: { 'X-Request-Id': sent } })).toBe(sent);
      }
    }
  });

  it('is made anew where it is not', async () => {
    for (const sent of ['', 'x'.repeat(129), 'a b', 'a,b', '{"a":1}', 'ä', ['a', 'b']]) {
      const headers = { 'X-Request-Id': sent };
      expect(await idOf({ path: '/health/live', headers })).toMatch(MADE);
    }
  });

  it('differs from request to request', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => idOf({ path: '/health/live' })));
    expect(new Set(ids).size).toBe(20);
  });

  it('is named by a fault, as the log has it', async () => {
    const faults: unknown[] = [];
    const page = () => Promise.reject(new Error('broken'));
    await withCairn(
      {
        services: (services) => ({
          ...services,
          statements: { ...services.statements, page },
          settings: { ...services.settings, onFault: (_error, id) => void faults.push(id) },
        }),
      },
      async (cairn) => {
        const headers = { 'X-Request-Id': 'mine' };
        const answer = await cairn.wire({ path: '/xapi/statements', headers });
        expect([answer.status, answer.headers['x-request-id']]).toEqual([500, 'mine']);
        expect(answer.text).toContain('request id mine.');
        expect(faults).toEqual(['mine']);
      },
    );
  });

  it('stands on an answer to what is no HTTP', async () => {
    const server = createServer(createApp(file.cairn.services), { family: '2.0.0' });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const socket = connect(port, '127.0.0.1').end('no http\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    server.close();
    expect(text).toMatch(/\r\nX-Request-Id: [0-9a-f]{16}-[0-9a-z]+\r\n/);
  });
});
