import { cairnOfFile, withCairn } from './start-cairn.ts';
import { ADA, query, statementOf } from './statement-parts.ts';

const file = cairnOfFile();
const VERSION = 'x-experience-api-version';
const MOUNTS = [
  ['/xapi', '1.0.3'],
  ['/xapi/2.0', '2.0.0'],
] as const;
const RESOURCES = [
  'statements',
  'statements/more/x',
  `activities?${query({ activityId: 'a:a' })}`,
  `activities/state?${query({ activityId: 'a:a', agent: ADA })}`,
  `activities/profile?${query({ activityId: 'a:a' })}`,
  `agents?${query({ agent: ADA })}`,
  `agents/profile?${query({ agent: ADA })}`,
];

describe.each(MOUNTS)('the version at %s', (mount, own) => {
  const ask = (path: string, version: string | string[]) =>
    file.cairn.wire({ path: `${mount}/${path}`, headers: { 'X-Experience-API-Version': version } });

  it.each([
    ['1.0', '1.0.3'],
    ['1.0.0', '1.0.3'],
    ['1.0.1', '1.0.3'],
    ['1.0.3', '1.0.3'],
    ['1.0.9', '1.0.3'],
    ['1.0.10', '1.0.3'],
    ['2.0', '2.0.0'],
    ['2.0.0', '2.0.0'],
    ['2.0.5', '2.0.0'],
  ])('%s is spoken, and answered as %s', async (asked, answered) => {
    for (const path of RESOURCES) {
      const { status, headers } = await ask(path, asked);
      expect([path, status, headers[VERSION]]).toEqual([
        path,
        path.startsWith('statements/more') ? 400 : 200,
        answered,
      ]);
    }
  });

  it.each([
    '0.9',
    '0.95',
    '1',
    '1.',
    '1.1',
    '1.1.0',
    '2.1',
    '3.0.0',
    '10.0',
    '1.0.',
    '1.0.x',
    '1.0.3-rc1',
    '1.0.3 1.0.3',
    'v1.0.3',
    '1.0.3\u00a0',
    '*',
    '1.0.99999999999999999999',
  ])('%j is not: 400 everywhere, in the version of the endpoint', async (asked) => {
    for (const path of RESOURCES) {
      const { status, headers, text } = await ask(path, asked);
      expect([path, status, headers[VERSION]]).toEqual([path, 400, own]);
      expect(JSON.parse(text)).toMatchObject({
        reason: 'version-unsupported',
        problems: [{ pointer: '/X-Experience-API-Version', clause: 'Communication 3.3' }],
      });
    }
  });

  it('is needed, and given once', async () => {
    for (const path of RESOURCES) {
      for (const version of [[], ['1.0.3', '2.0.0'], ['1.0.3', '1.0.3']]) {
        const { status, headers } = await ask(path, version);
        expect([path, status, headers[VERSION]]).toEqual([path, 400, own]);
      }
    }
  });

  it.each([[], '0.9', '1.0.3', '2.0.0', 'junk'])('about answers %j', async (version) => {
    const { status, headers, text } = await ask('about', version);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ version: ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'] });
    const answered = version === '1.0.3' || version === '2.0.0' ? version : own;
    expect(headers[VERSION]).toBe(answered);
  });

  it('decides what a statement may be and becomes', async () => {
    const context = { contextAgents: [{ objectType: 'contextAgent', agent: ADA }] };
    for (const [asked, status, version] of [
      ['1.0.3', 400, '1.0.0'],
      ['2.0.0', 200, '2.0.0'],
    ] as const) {
      const post = (statement: object) =>
        file.cairn.as(file.cairn.master, asked).post(`${mount}/statements`).send(statement);
      await post(statementOf({ context })).expect(status);
      const plain = statementOf();
      await post(plain).expect(200);
      const { body } = await file.cairn.all.get(`/xapi/statements?statementId=${plain.id}`).expect(200);
      expect(body.version).toBe(version);
    }
  });

  it('stands on every kind of answer, in the family that was asked for', async () => {
    const state = `${mount}/activities/state?${query({ activityId: 'a:a', agent: ADA, stateId: 'v' })}`;
    for (const asked of ['1.0.3', '2.0.0'] as const) {
      const headers = { 'X-Experience-API-Version': asked, 'Content-Type': 'application/json' };
      const wires = [
        [200, { path: `${mount}/statements` }],
        [204, { method: 'PUT', path: state, body: '1', headers: { ...headers, 'If-None-Match': '"x"' } }],
        [204, { method: 'OPTIONS', path: state }],
        [304, { path: state, headers: { ...headers, 'If-None-Match': '*' } }],
        [400, { path: `${mount}/statements?agent=%zz` }],
        [400, { path: `${mount}/statements?limit=1&limit=1` }],
        [400, { path: `${mount}/statements/more/%zz` }],
        [400, { method: 'POST', path: `${mount}/statements`, body: '{' }],
        [401, { path: state, headers: { ...headers, Authorization: 'Basic eDp5' } }],
        [404, { path: `${mount}/statements?statementId=${statementOf().id}` }],
        [404, { path: `${mount}/nothing/here` }],
        [404, { path: `${mount}/%zz` }],
        [405, { method: 'PATCH', path: `${mount}/about` }],
        [412, { method: 'PUT', path: state, body: '1', headers: { ...headers, 'If-Match': '"x"' } }],
      ] as const;
      for (const [status, wire] of wires) {
        const answer = await file.cairn.wire({ headers, ...wire });
        expect([wire.path, answer.status, answer.headers[VERSION]]).toEqual([wire.path, status, asked]);
      }
    }
  });
});

describe('the default version', () => {
  it('of /xapi is a setting; that of /xapi/2.0 is not', async () => {
    await withCairn({ settings: { defaultVersion: '2.0.0' } }, async ({ bare }) => {
      for (const [mount] of MOUNTS) {
        const { headers } = await bare.get(`${mount}/statements`).expect(400);
        expect(headers[VERSION]).toBe('2.0.0');
      }
    });
  });
});
