import { randomUUID } from 'node:crypto';
import type { Scope } from '../../src/credentials/scope.ts';
import { createApp } from '../../src/http/create-app.ts';
import { POLICY } from '../../src/http/policy.ts';
import { basicOf, cairnOfFile, type Key } from './start-cairn.ts';
import { ADA, query, statementOf } from './statement-parts.ts';

const file = cairnOfFile({ settings: { pageSize: 1 } });

const COLUMNS: readonly (Scope | undefined)[] = [
  'all',
  'all/read',
  'statements/write',
  'statements/read',
  'statements/read/mine',
  'state',
  'define',
  'profile',
  'launch',
  'metrics/read',
  'audit/read',
  'admin',
  undefined,
];

type Row = readonly [method: string, path: string, may: string, status: number];

/** Who may what: y or . for each column above, and the status of a good request that is allowed. */
const TABLE: readonly Row[] = [
  ['GET', 'statements', 'yy.yy........', 200],
  ['PUT', 'statements', 'y.y..........', 204],
  ['POST', 'statements', 'y.y..........', 200],
  ['GET', 'statements/more', 'yy.yy........', 200],
  ['GET', 'activities/state', 'yy...y.......', 200],
  ['PUT', 'activities/state', 'y....y.......', 204],
  ['POST', 'activities/state', 'y....y.......', 204],
  ['DELETE', 'activities/state', 'y....y.......', 204],
  ['GET', 'activities/profile', 'yy.....y.....', 200],
  ['PUT', 'activities/profile', 'y......y.....', 204],
  ['POST', 'activities/profile', 'y......y.....', 204],
  ['DELETE', 'activities/profile', 'y......y.....', 204],
  ['GET', 'agents/profile', 'yy.....y.....', 200],
  ['PUT', 'agents/profile', 'y......y.....', 204],
  ['POST', 'agents/profile', 'y......y.....', 204],
  ['DELETE', 'agents/profile', 'y......y.....', 204],
  ['GET', 'activities', 'yy.yyyyy.....', 200],
  ['GET', 'agents', 'yy.y...y.....', 200],
  ['GET', 'about', 'yyyyyyyyyyyyy', 200],
];

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  statements: ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'],
  'statements/more': ['GET', 'HEAD', 'OPTIONS'],
  'activities/state': ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'],
  'activities/profile': ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'],
  'agents/profile': ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'],
  activities: ['GET', 'HEAD', 'OPTIONS'],
  agents: ['GET', 'HEAD', 'OPTIONS'],
  about: ['GET', 'HEAD', 'OPTIONS'],
};

type Good = {
  readonly path: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly body?: string;
};
let more = '';
beforeAll(async () => {
  await file.cairn.all.post('/xapi/statements').send([statementOf(), statementOf()]).expect(200);
  more = (await file.cairn.all.get('/xapi/statements').expect(200)).body.more;
});

const DOCUMENTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'activities/state': { activityId: 'a:a', agent: ADA },
  'activities/profile': { activityId: 'a:a' },
  'agents/profile': { agent: ADA },
};

/** A request that only a missing scope can spoil. */
const goodRequest = (method: string, path: string): Good => {
  const address = DOCUMENTS[path];
  if (address !== undefined) {
    const id = path === 'activities/state' ? 'stateId' : 'profileId';
    const parameters = method === 'GET' ? address : { ...address, [id]: randomUUID() };
    return { path: `/xapi/${path}`, parameters, ...(/^P/.test(method) ? { body: '{"a":1}' } : {}) };
  }
  if (path === 'statements/more') return { path: more, parameters: {} };
  const statement = statementOf();
  const needed: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'PUT statements': { statementId: statement.id },
    'GET activities': { activityId: 'a:a' },
    'GET agents': { agent: ADA },
  };
  const parameters = needed[`${method} ${path}`];
  const body = /^P/.test(method) ? { body: JSON.stringify(statement) } : {};
  return { path: `/xapi/${path}`, parameters: parameters ?? {}, ...body };
};

const JSON_BODY = { 'Content-Type': 'application/json', 'If-None-Match': '"none"' };

const plainly = async (method: string, path: string, authorization: string | undefined) => {
  const good = goodRequest(method === 'HEAD' ? 'GET' : method, path);
  const { status } = await file.cairn.wire({
    method,
    path: `${good.path}?${query(good.parameters)}`,
    headers: { ...JSON_BODY, Authorization: authorization ?? [] },
    ...(good.body === undefined ? {} : { body: good.body }),
  });
  return status;
};

const asForm = async (method: string, path: string, authorization: string | undefined) => {
  const good = goodRequest(method === 'HEAD' ? 'GET' : method, path);
  const fields = {
    ...good.parameters,
    ...(good.body === undefined ? {} : { ...JSON_BODY, content: good.body }),
    ...(authorization === undefined ? {} : { Authorization: authorization }),
    'X-Experience-API-Version': '1.0.3',
  };
  const { status } = await file.cairn.wire({
    method: 'POST',
    path: `${good.path}?method=${method}`,
    headers: { Authorization: [], 'X-Experience-API-Version': [] },
    body: query(fields),
  });
  return status;
};

const rowsWithHead = TABLE.flatMap((row): readonly Row[] =>
  row[0] === 'GET' ? [row, ['HEAD', row[1], row[2], row[3]]] : [row],
);

/** What each row answers to a credential, plainly and by the alternate syntax. */
const answersTo = async (authorization: string | undefined) => {
  const answers: string[] = [];
  for (const [method, path] of rowsWithHead) {
    const [plain, form] = [
      await plainly(method, path, authorization),
      await asForm(method, path, authorization),
    ];
    answers.push(`${method} ${path}: ${plain} ${form}`);
  }
  return answers;
};
const expected = (statusOf: (row: Row) => number) =>
  rowsWithHead.map((row) => `${row[0]} ${row[1]}: ${statusOf(row)} ${statusOf(row)}`);

describe('the policy', () => {
  it('has every route in the table of this test', () => {
    expect(TABLE.map(([method, path]) => `${method} ${path}`).sort()).toEqual(
      Object.keys(POLICY)
        .filter((row) => !row.includes('/api/') && row !== 'GET metrics')
        .sort(),
    );
  });

  it.each(COLUMNS.map((scope, at) => [scope ?? 'no scope', scope, at] as const))(
    'lets a key with %s do what the table says, whatever the syntax',
    async (_name, scope, at) => {
      const key: Key = await file.cairn.key(...(scope === undefined ? [] : [scope]));
      expect(await answersTo(key.authorization)).toEqual(
        expected(([, , may, status]) => (may[at] === 'y' ? status : 403)),
      );
    },
  );

  it('lets a key with several scopes do what each of them may', async () => {
    const key = await file.cairn.key('statements/write', 'profile');
    expect(await answersTo(key.authorization)).toEqual(
      expected(([, , may, status]) => (may[2] === 'y' || may[7] === 'y' ? status : 403)),
    );
  });

  it('refuses whoever says nothing but about, and a bad secret or revoked key everywhere', async () => {
    expect(await answersTo(undefined)).toEqual(expected(([, path]) => (path === 'about' ? 200 : 401)));
    expect(await answersTo(basicOf(file.cairn.master.id, 'bad'))).toEqual(expected(() => 401));
    const revoked = await file.cairn.key('all');
    await file.cairn.storage.credentials.revoke(revoked.id);
    expect(await answersTo(revoked.authorization)).toEqual(expected(() => 401));
  });

  it('says which scopes would do', async () => {
    const key = await file.cairn.key('state');
    const { body } = await file.cairn.as(key).get('/xapi/statements').expect(403);
    expect(body).toMatchObject({ reason: 'forbidden', problems: [{ clause: 'Communication 4.2' }] });
    expect(body.message).toContain('all, all/read, statements/read, statements/read/mine');
  });
});

describe('a method that a resource has not', () => {
  const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'LINK', 'SEARCH'];

  it.each(Object.entries(ALLOWED))('is 405 at %s, with those that it has', async (path, allowed) => {
    const good = goodRequest('GET', path).path;
    for (const method of METHODS.filter((one) => !allowed.includes(one))) {
      const { status, headers } = await file.cairn.wire({ method, path: good });
      expect(`${method} ${status}`).toBe(`${method} 405`);
      expect(headers.allow?.split(', ').sort()).toEqual(allowed);
      if (!['PUT', 'POST', 'DELETE'].includes(method)) continue;
      const form = `X-Experience-API-Version=1.0.3&content=%7B%7D`;
      const asked = await file.cairn.wire({ method: 'POST', path: `${good}?method=${method}`, body: form });
      expect(`${method} ${asked.status}`).toBe(`${method} 405`);
    }
    const { status, headers } = await file.cairn.wire({
      method: 'OPTIONS',
      path: good,
      headers: { Authorization: [] },
    });
    expect([status, headers['access-control-allow-origin']]).toEqual([204, '*']);
  });

  it('tells nothing to whoever has not signed in', async () => {
    for (const [path] of Object.entries(ALLOWED).filter(([name]) => name !== 'about')) {
      const headers = { Authorization: [] };
      expect((await file.cairn.wire({ method: 'PATCH', path: `/xapi/${path}`, headers })).status).toBe(401);
    }
  });
});

describe('an app whose routes and policy disagree does not boot', () => {
  const table = POLICY as Record<string, unknown>;

  it('for a route without a row', () => {
    const { 'GET agents': row } = table;
    delete table['GET agents'];
    expect(() => createApp(file.cairn.services)).toThrow('GET agents');
    table['GET agents'] = row;
    expect(() => createApp(file.cairn.services)).not.toThrow();
  });

  it('for a row without a route', () => {
    table['GET nowhere'] = ['all'];
    expect(() => createApp(file.cairn.services)).toThrow('GET nowhere');
    delete table['GET nowhere'];
    expect(() => createApp(file.cairn.services)).not.toThrow();
  });
});
