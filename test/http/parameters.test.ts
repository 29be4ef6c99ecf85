import { cairnOfFile } from './start-cairn.ts';
import { ADA, idsOf, query, statementOf } from './statement-parts.ts';

const file = cairnOfFile({
  settings: { ignoredParameters: ['cachebuster', '_'], maxPageSize: 4, pageSize: 2 },
});
const STATEMENTS = '/xapi/statements';
const UUID = '6690e6c9-3ef0-4ed3-8b37-7f3964730bee';
const get = (path: string) => file.cairn.wire({ path });
const refused = async (path: string, method = 'GET') => {
  const { status, text } = await file.cairn.wire({
    method,
    path,
    headers: { 'Content-Type': 'application/json' },
    ...(method[0] === 'P' ? { body: '{}' } : {}),
  });
  expect(`${path} ${status}`).toBe(`${path} 400`);
  const { reason, problems } = JSON.parse(text);
  expect(reason).toBe('parameter-invalid');
  return problems as { readonly pointer: string; readonly message: string; readonly clause: string }[];
};

const KNOWN: readonly (readonly [string, string, readonly string[]])[] = [
  ['GET', 'statements', ['statementId', 'agent', 'related_agents', 'since']],
  ['PUT', 'statements', ['statementId']],
  ['POST', 'statements', []],
  ['GET', 'statements/more/x', []],
  ['GET', 'activities/state', ['activityId', 'agent', 'registration', 'stateId', 'since']],
  ['PUT', 'activities/state', ['activityId', 'agent', 'registration', 'stateId']],
  ['POST', 'activities/profile', ['activityId', 'profileId']],
  ['DELETE', 'agents/profile', ['agent', 'profileId']],
  ['GET', 'activities', ['activityId']],
  ['GET', 'agents', ['agent']],
  ['GET', 'about', []],
];

describe('a parameter', () => {
  it.each(KNOWN)(
    'that %s %s does not know is refused; in another case with the right one',
    async (method, path, known) => {
      const [problem] = await refused(`/xapi/${path}?nonsense=1`, method);
      expect(problem).toMatchObject({ pointer: '/nonsense', clause: 'Communication 3.2' });
      for (const name of known) {
        expect(problem?.message).toContain(name);
        const miscased = name[0]?.toUpperCase() + name.slice(1);
        const [told] = await refused(`/xapi/${path}?${miscased}=x`, method);
        expect(told?.message).toBe(`There is no parameter ${miscased}. Did you mean ${name}?`);
      }
    },
  );

  it('that is wrong is told with all others', async () => {
    const problems = await refused(`${STATEMENTS}?Agent=x&format=ids&foo=1&b%2Fr~=2&=3`);
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/Agent', '/foo', '/b~1r~0', '/']);
  });

  it.each(['agent', 'limit', 'cachebuster'])('%s is given once', async (name) => {
    const [problem] = await refused(`${STATEMENTS}?${name}=1&${name}=1`);
    expect(problem?.message).toBe(`${name} is given more than once.`);
    await refused(`${STATEMENTS}?${name}=1&%${name.charCodeAt(0).toString(16)}${name.slice(1)}=1`);
  });

  it('that is ignored is so everywhere, and only as it is spelled', async () => {
    const statement = statementOf();
    const post = (path: string) => file.cairn.all.post(path).send(statement);
    await post(`${STATEMENTS}?cachebuster=17&_=18`).expect(200);
    for (const path of ['about?cachebuster=1', `statements?statementId=${statement.id}&_=1`]) {
      expect((await get(`/xapi/${path}`)).status).toBe(200);
    }
    await refused('/xapi/about?CacheBuster=1');
    await refused('/xapi/about?content_token=1');
  });

  it.each(['%', '%z', '%zz', '%ff', '%c3', '%c3%28', '%ed%a0%80', '%f8%80%80%80'])(
    'with the percent-encoding fault %s is refused, as name and as value',
    async (fault) => {
      expect((await refused(`${STATEMENTS}?verb=a:${fault}`))[0]?.message).toMatch(/percent-encoded UTF-8/);
      await refused(`${STATEMENTS}?${fault}=1`);
    },
  );
});

describe('the value of a parameter', () => {
  it.each(['related_agents', 'related_activities', 'attachments', 'ascending'])(
    '%s is true or false',
    async (name) => {
      for (const value of ['true', 'false'])
        expect((await get(`${STATEMENTS}?${name}=${value}`)).status).toBe(200);
      for (const odd of ['True', 'TRUE', '1', '0', 'yes', '', 'true%20', 'null']) {
        expect((await refused(`${STATEMENTS}?${name}=${odd}`))[0]?.pointer).toBe(`/${name}`);
      }
    },
  );

  it('limit is a whole number; 0 and what is too much are the most', async () => {
    const verb = 'a:limits';
    const batch = Array.from({ length: 6 }, () => statementOf({ verb: { id: verb } }));
    await file.cairn.all.post(STATEMENTS).send(batch).expect(200);
    const count = async (limit: string) =>
      idsOf((await file.cairn.all.get(`${STATEMENTS}?verb=${verb}${limit}`).expect(200)).body).length;
    expect([await count(''), await count('&limit=1'), await count('&limit=3')]).toEqual([2, 1, 3]);
    expect([await count('&limit=0'), await count('&limit=999999999999999')]).toEqual([4, 4]);
    for (const odd of ['-1', '1.5', '1e2', '+1', ' 1', '', 'x', '0x1', '1'.repeat(400), 'NaN', '٣']) {
      await refused(`${STATEMENTS}?limit=${encodeURIComponent(odd)}`);
    }
  });

  it.each(['since', 'until'])('%s is a timestamp', async (name) => {
    for (const good of ['2015-11-18T12:17:00Z', '2015-11-18T12:17:00.123456+01:00', '2999-01-01T00:00:00Z']) {
      expect((await get(`${STATEMENTS}?${name}=${encodeURIComponent(good)}`)).status).toBe(200);
    }
    for (const odd of ['', 'yesterday', '2015-02-30T00:00:00Z', '2015-11-18T12:17:00-00:00', '1447849020']) {
      await refused(`${STATEMENTS}?${name}=${encodeURIComponent(odd)}`);
    }
  });

  it('since is exclusive and until inclusive, in any zone', async () => {
    const verb = 'a:moments';
    for (let at = 0; at < 3; at += 1) {
      await file.cairn.all
        .post(STATEMENTS)
        .send(statementOf({ verb: { id: verb } }))
        .expect(200);
    }
    const list = async (parameters: object) =>
      (
        await file.cairn.all
          .get(`${STATEMENTS}?${query({ verb, limit: 4, ascending: true, ...parameters })}`)
          .expect(200)
      ).body.statements as { id: string; stored: string }[];
    const [first, second, third] = await list({});
    expect(await list({ since: first?.stored })).toEqual([second, third]);
    expect(await list({ until: second?.stored })).toEqual([first, second]);
    expect(await list({ since: first?.stored, until: second?.stored })).toEqual([second]);
    const moved = `${new Date(Date.parse(second?.stored as string) + 7_200_000).toISOString().slice(0, 20)}${second?.stored.slice(20, 26)}+02:00`;
    expect(await list({ since: moved })).toEqual([third]);
  });

  it.each(['exact', 'ids', 'canonical'])('format may be %s', async (format) => {
    expect((await get(`${STATEMENTS}?format=${format}`)).status).toBe(200);
    await refused(`${STATEMENTS}?format=${format.toUpperCase()}`);
  });

  it.each([
    ['statements', 'statementId', 'x'],
    ['statements', 'statementId', `{${UUID}}`],
    ['statements', 'voidedStatementId', `urn:uuid:${UUID}`],
    ['statements', 'registration', UUID.slice(1)],
    ['statements', 'verb', 'did'],
    ['statements', 'activity', '/relative'],
    ['statements', 'activity', 'http://a b'],
    ['statements', 'agent', 'mailto:ada@example.org'],
    ['statements', 'agent', '{}'],
    ['statements', 'agent', '{"objectType":"Group","member":[{"mbox":"mailto:a@b.c"}]}'],
    ['statements', 'agent', '{"mbox":"mailto:a@b.c","mbox":"mailto:a@b.c"}'],
    ['statements', 'agent', '{"mbox":"mailto:a@b.c","openid":"https://a.example"}'],
    ['statements', 'agent', '{"mbox":"mailto:a@b.c","name":null}'],
    ['agents', 'agent', '{"objectType":"Group","mbox":"mailto:a@b.c"}'],
    ['agents', 'agent', ''],
    ['activities', 'activityId', ''],
    ['activities', 'activityId', 'no-iri'],
  ])('of %s: %s=%s is refused', async (path, name, value) => {
    const problems = await refused(`/xapi/${path}?${query({ [name]: value })}`);
    expect(problems[0]?.pointer).toMatch(new RegExp(`^/${name}`));
  });

  it('agent may be an identified Group for statements, and ids may be of any case', async () => {
    const agent = { objectType: 'Group', mbox: 'mailto:team@example.org', member: [ADA] };
    const registration = UUID.toUpperCase();
    const statement = statementOf({ actor: agent, context: { registration: UUID } });
    await file.cairn.all.post(STATEMENTS).send(statement).expect(200);
    const { body } = await file.cairn.all.get(`${STATEMENTS}?${query({ agent, registration })}`).expect(200);
    expect(idsOf(body)).toEqual([statement.id]);
    await file.cairn.all.get(`${STATEMENTS}?statementId=${statement.id.toUpperCase()}`).expect(200);
  });

  it.each(['agent', 'verb', 'since', 'limit', 'ascending', 'related_agents'])(
    '%s does not go with an id; format and attachments do',
    async (name) => {
      const [problem] = await refused(`${STATEMENTS}?statementId=${UUID}&${name}=1`);
      expect(problem?.pointer).toBe(`/${name}`);
      await refused(`${STATEMENTS}?voidedStatementId=${UUID}&${name}=1`);
      await refused(`${STATEMENTS}?voidedStatementId=${UUID}&statementId=${UUID}`);
      expect((await get(`${STATEMENTS}?statementId=${UUID}&format=ids&attachments=true`)).status).toBe(404);
    },
  );
});
