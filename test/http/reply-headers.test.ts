import { cairnOfFile, withCairn } from './start-cairn.ts';
import { ADA, query, statementOf, voiding } from './statement-parts.ts';
import type { Answer, Wire } from './wire.ts';

const file = cairnOfFile({ settings: { maxBody: 2000, maxStatements: 2 } });
const STATEMENTS = '/xapi/statements';
const THROUGH = 'x-experience-api-consistent-through';
const TYPE = { 'Content-Type': 'application/json' };
const body = (...statements: readonly object[]) => JSON.stringify(statements);
const state = (parameters = {}) =>
  `/xapi/activities/state?${query({ activityId: 'a:a', agent: ADA, ...parameters })}`;

/** Requests to statements with every kind of answer. */
const everyAnswer = async (): Promise<readonly [number, Wire][]> => {
  const known = statementOf();
  const gone = statementOf();
  await file.cairn.all.post(STATEMENTS).send([known, gone]).expect(200);
  await file.cairn.all.post(STATEMENTS).send(voiding(gone.id)).expect(200);
  const changed = { ...known, verb: { id: 'a:changed' } };
  const page = await file.cairn.all.get(`${STATEMENTS}?limit=1`).expect(200);
  const state403 = (await file.cairn.key('state')).authorization;
  const put = (statement: object, id: string): Wire => ({
    method: 'PUT',
    path: `${STATEMENTS}?statementId=${id}`,
    headers: TYPE,
    body: JSON.stringify(statement),
  });
  const fresh = statementOf();
  return [
    [200, { path: STATEMENTS }],
    [200, { path: `${STATEMENTS}?attachments=true` }],
    [200, { path: `${STATEMENTS}?format=canonical` }],
    [200, { path: `${STATEMENTS}?statementId=${known.id}` }],
    [200, { path: `${STATEMENTS}?voidedStatementId=${gone.id}` }],
    [200, { path: page.body.more }],
    [200, { method: 'POST', path: STATEMENTS, headers: TYPE, body: body(known) }],
    [204, put(fresh, fresh.id)],
    [204, { method: 'OPTIONS', path: STATEMENTS }],
    [400, { path: `${STATEMENTS}?limit=-1` }],
    [400, { path: `${STATEMENTS}?x=%ff` }],
    [400, { path: `${STATEMENTS}/more/no` }],
    [400, { path: `${STATEMENTS}/more/%zz` }],
    [400, { method: 'POST', path: STATEMENTS, headers: TYPE, body: 'no' }],
    [400, { path: STATEMENTS, headers: { 'X-Experience-API-Version': '0.9' } }],
    [401, { path: STATEMENTS, headers: { Authorization: 'Basic eDp5' } }],
    [403, { path: STATEMENTS, headers: { Authorization: state403 } }],
    [404, { path: `${STATEMENTS}?statementId=${gone.id}` }],
    [405, { method: 'DELETE', path: STATEMENTS }],
    [409, put(changed, known.id)],
    [413, { method: 'POST', path: STATEMENTS, headers: TYPE, body: body({}, {}, {}) }],
    [413, { method: 'POST', path: STATEMENTS, headers: TYPE, body: 'x'.repeat(3000) }],
  ];
};

describe('every answer of the statements', () => {
  it('says through when it is consistent, and may be read by scripts of any origin', async () => {
    const before = new Date(Date.now() - 60_000).toISOString();
    for (const [status, wire] of await everyAnswer()) {
      const answer = await file.cairn.wire(wire);
      expect([wire.path, answer.status]).toEqual([wire.path, status]);
      const through = answer.headers[THROUGH] as string;
      expect(through).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/);
      expect(through > before).toBe(true);
      expect(Date.parse(through)).toBeLessThanOrEqual(Date.now() + 1);
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });

  it('never goes back', async () => {
    const told: string[] = [];
    for (const [, wire] of await everyAnswer()) {
      told.push((await file.cairn.wire(wire)).headers[THROUGH] as string);
    }
    expect(told).toEqual([...told].sort());
  });

  it('says what it is when it refuses', async () => {
    for (const [status, wire] of (await everyAnswer()).filter(([code]) => code >= 400)) {
      const { headers, text } = await file.cairn.wire(wire);
      expect(headers['content-type']).toBe('application/json');
      const { reason, message, problems } = JSON.parse(text);
      expect(reason).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(message).toBe(problems[0].message);
      for (const problem of problems) expect(typeof problem.pointer).toBe('string');
      if (status === 405) expect(headers.allow).toBeDefined();
    }
  });
});

describe('HEAD', () => {
  const changing = ['date', THROUGH, 'connection', 'keep-alive', 'x-request-id'];
  const lasting = ({ status, headers }: Answer) => ({
    status,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !changing.includes(name))),
  });

  it('is GET without its body: the same status and headers', async () => {
    await file.cairn.all
      .put(state({ stateId: 'head' }))
      .type('text/x-odd')
      .send('five!')
      .expect(204);
    const known = statementOf();
    await file.cairn.all.post(STATEMENTS).send(known).expect(200);
    const paths = [
      STATEMENTS,
      `${STATEMENTS}?statementId=${known.id}`,
      `${STATEMENTS}?statementId=${statementOf().id}`,
      `${STATEMENTS}?limit=x`,
      `${STATEMENTS}/more/x`,
      state(),
      state({ stateId: 'head' }),
      state({ stateId: 'absent' }),
      `/xapi/activities?${query({ activityId: 'a:a' })}`,
      `/xapi/agents?${query({ agent: ADA })}`,
      '/xapi/agents',
      '/xapi/about',
      '/xapi/nothing',
      '/health/live',
    ];
    for (const path of paths) {
      const [get, head] = [await file.cairn.wire({ path }), await file.cairn.wire({ method: 'HEAD', path })];
      expect([path, lasting(head)]).toEqual([path, lasting(get)]);
      expect(head.bytes).toHaveLength(0);
      expect(get.bytes).toHaveLength(Number(get.headers['content-length']));
      expect(get.bytes.length).toBeGreaterThan(0);
    }
  });

  it('has no body in the alternate syntax either', async () => {
    const form = query({ 'X-Experience-API-Version': '1.0.3' });
    const path = `${STATEMENTS}?method=HEAD`;
    const { status, headers, bytes } = await file.cairn.wire({ method: 'POST', path, body: form });
    expect([status, headers['content-type'], bytes.length]).toEqual([200, 'application/json', 0]);
  });
});

describe('scripts of any origin', () => {
  it.each(['null', 'https://content.example.org', 'capacitor://localhost', 'file://'])(
    'are told before they send that %s may, without credentials',
    async (origin) => {
      for (const path of [STATEMENTS, state(), '/xapi/2.0/about', `${STATEMENTS}/more/x`]) {
        const { status, headers, bytes } = await file.cairn.wire({
          method: 'OPTIONS',
          path,
          headers: {
            Origin: origin,
            'Access-Control-Request-Method': 'PUT',
            'Access-Control-Request-Headers': 'authorization,content-type,x-experience-api-version,if-match',
            Authorization: [],
            'X-Experience-API-Version': [],
          },
        });
        expect([status, bytes.length]).toEqual([204, 0]);
        expect(headers['access-control-allow-origin']).toBe('*');
        const methods = headers['access-control-allow-methods']?.split(', ');
        expect(methods?.sort()).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);
        const allowed = headers['access-control-allow-headers']?.toLowerCase().split(', ');
        expect(allowed).toEqual(
          expect.arrayContaining([
            'authorization',
            'content-type',
            'x-experience-api-version',
            'if-match',
            'if-none-match',
            'accept-language',
            'x-requested-with',
          ]),
        );
        expect(Number(headers['access-control-max-age'])).toBeGreaterThanOrEqual(600);
      }
    },
  );

  it('may read the headers that clients use, on errors too', async () => {
    for (const path of [STATEMENTS, `${STATEMENTS}?limit=x`, state({ stateId: 'absent' }), '/xapi/nothing']) {
      const { headers } = await file.cairn.wire({ path, headers: { Origin: 'null' } });
      const exposed = headers['access-control-expose-headers']?.toLowerCase().split(', ');
      for (const name of ['etag', 'last-modified', 'content-type', 'x-experience-api-version', THROUGH]) {
        expect(exposed).toContain(name);
      }
    }
  });

  it('are let through to be told that an address is wrong', async () => {
    for (const path of ['/xapi/statement', '/xapistatements', '/xapi/2.0/x/y']) {
      const { status, headers } = await file.cairn.wire({ method: 'OPTIONS', path });
      expect([status, headers['access-control-allow-headers']]).toEqual([204, expect.stringMatching(/\*$/)]);
    }
  });
});

describe('what is kept of an answer', () => {
  it('is nothing: a browser would show it to whoever signs in next', async () => {
    await file.cairn.all
      .put(state({ stateId: 'kept' }))
      .type('text/plain')
      .send('x')
      .expect(204);
    for (const path of [STATEMENTS, state({ stateId: 'kept' }), '/xapi/x', '/health/live', '/']) {
      const { headers } = await file.cairn.wire({ path });
      expect([path, headers['cache-control']]).toEqual([path, 'no-store']);
    }
  });
});

describe('a fault', () => {
  it('is 500 with a request id, the headers of its resource and nothing of our inside', async () => {
    await withCairn(
      {
        services: (services) => ({
          ...services,
          statements: { ...services.statements, page: () => Promise.reject(new Error('a secret of ours')) },
        }),
      },
      async (cairn) => {
        const { status, headers, text } = await cairn.wire({ path: '/xapi/2.0/statements' });
        expect(status).toBe(500);
        expect(headers['x-experience-api-version']).toBe('1.0.3');
        expect(headers[THROUGH]).toBeDefined();
        expect(headers['access-control-allow-origin']).toBe('*');
        expect(text).toContain(headers['x-request-id'] as string);
        expect(text).not.toContain('secret');
        expect(cairn.faults.splice(0)).toEqual([new Error('a secret of ours')]);
      },
    );
  });

  it('is so too when it comes up while the answer is sent', async () => {
    await withCairn({}, async (cairn) => {
      const key = { resource: 'activity-profile', activity: 'a:a', id: 'x' } as const;
      const content = { contentType: 'a\r\nb', content: Buffer.from('x') };
      await cairn.storage.documents.change(key, () => content);
      const path = '/xapi/activities/profile?activityId=a:a&profileId=x';
      const { status, headers, text } = await cairn.wire({ path });
      expect([status, headers['x-experience-api-version']]).toEqual([500, '1.0.3']);
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(headers['x-request-id']).toMatch(/^[0-9a-f]{16}-[0-9a-z]+$/);
      expect(text).toContain(headers['x-request-id'] as string);
      expect(cairn.faults.splice(0)).toHaveLength(1);
    });
  });
});
