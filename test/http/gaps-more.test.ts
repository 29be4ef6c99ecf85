import { randomBytes } from 'node:crypto';
import { type Agent, cairnOfFile } from './start-cairn.ts';
import { ADA, idsOf, query, statementOf } from './statement-parts.ts';

const file = cairnOfFile({ settings: { basePath: '/behind/a-proxy', pageSize: 3 } });
const STATEMENTS = '/xapi/statements';

describe('gap 11: more', () => {
  const group = { objectType: 'Group', mbox: 'mailto:gap-11@example.org' };
  const activity = 'https://example.org/gap-11?a=b&c=d#e';
  const registration = '6690e6c9-3ef0-4ed3-8b37-7f3964730bee';
  const verb = 'https://example.org/verbs/gap-11';
  const context = { registration, team: group, contextActivities: { grouping: [{ id: activity }] } };
  /** Each fails one condition. */
  const others = [
    { context: { ...context, team: { objectType: 'Group', mbox: 'mailto:else@example.org' } } },
    { verb: { id: 'https://example.org/verbs/else' } },
    { context: { ...context, contextActivities: { grouping: [{ id: 'a:else' }] } } },
    { context: { ...context, registration: '00000000-0000-4000-8000-000000000000' } },
  ];
  let ids: string[];
  let outside: string[];

  beforeAll(async () => {
    const sent = (more = {}) =>
      statementOf({
        actor: ADA,
        verb: { id: verb, display: { en: 'did', de: 'tat' } },
        object: { id: 'https://example.org/gap-11/part' },
        context,
        ...more,
      });
    const first = sent();
    await file.cairn.all.post(STATEMENTS).send(first).expect(200);
    const batch = Array.from({ length: 8 }, () => sent());
    const bad = others.map(sent);
    const mixed = [...batch.slice(0, 3), ...bad, ...batch.slice(3)];
    await file.cairn.all.post(STATEMENTS).send(mixed).expect(200);
    const last = sent();
    await file.cairn.all.post(STATEMENTS).send(last).expect(200);
    ids = batch.map(({ id }) => id);
    outside = [first.id, last.id, ...bad.map(({ id }) => id)];
  });

  /** As a proxy does it: everything under the prefix goes on to Cairn without it. */
  const throughProxy = (more: string) => {
    expect(more).toMatch(/^\/behind\/a-proxy\/xapi\//);
    return more.slice('/behind/a-proxy'.length);
  };
  const storedAt = async (id: string) =>
    (await file.cairn.all.get(`${STATEMENTS}?statementId=${id}`)).body.stored as string;
  const walk = async (
    agent: () => Agent,
    start: string,
    between: () => Promise<unknown> = async () => {},
  ) => {
    const found: string[] = [];
    let path = start;
    for (;;) {
      const { body, headers } = await agent().get(path).expect(200);
      found.push(...idsOf(body));
      expect(headers['content-type']).toBe('application/json');
      if (body.more === '') return found;
      expect(body.statements).toHaveLength(2);
      await between();
      path = throughProxy(body.more);
    }
  };
  const everyParameter = async () =>
    query({
      agent: group,
      verb,
      activity,
      registration,
      related_activities: true,
      related_agents: true,
      since: await storedAt(outside[0] as string),
      until: await storedAt(ids.at(-1) as string),
      limit: 2,
      ascending: true,
      attachments: false,
      format: 'ids',
    });

  it.each(['/xapi', '/xapi/2.0'])('keeps every parameter and its mount: %s', async (mount) => {
    const start = `${mount}/statements?${await everyParameter()}`;
    const agent = () => (mount === '/xapi' ? file.cairn.all : file.cairn.all2);
    expect(await walk(agent, start)).toEqual(ids);
    const backwards = start.replace('ascending=true', 'ascending=false');
    expect(await walk(agent, backwards)).toEqual([...ids].reverse());
    const { body } = await agent().get(start).expect(200);
    expect(body.more.startsWith(`/behind/a-proxy${mount}/statements/more/`)).toBe(true);
    const next = (await agent().get(throughProxy(body.more)).expect(200)).body;
    expect(next.statements[0].verb).toEqual({ id: verb });
  });

  it.each(['since', 'until', 'agent', 'verb', 'activity', 'registration', 'related_agents', 'ascending'])(
    'differs on the second page without %s, so that keeping it shows',
    async (name) => {
      const parameters = new URLSearchParams(await everyParameter());
      parameters.delete(name);
      parameters.set('limit', '1000');
      const { body } = await file.cairn.all.get(`${STATEMENTS}?${parameters}`).expect(200);
      expect(idsOf(body)).not.toEqual(ids);
    },
  );

  it('keeps attachments, and the language of the first request', async () => {
    const parameters = query({ verb, limit: 2, attachments: true });
    const first = await file.cairn.all
      .get(`${STATEMENTS}?${parameters}`)
      .buffer(true)
      .parse(textOf)
      .expect(200);
    const more = /"more":"([^"]+)"/.exec(first.body as string)?.[1] as string;
    const next = await file.cairn.all.get(throughProxy(more)).buffer(true).parse(textOf).expect(200);
    expect(next.headers['content-type']).toMatch(/^multipart\/mixed; boundary=/);
    const canonical = query({ verb, limit: 2, format: 'canonical' });
    const german = await file.cairn.all.get(`${STATEMENTS}?${canonical}`).set('Accept-Language', 'de');
    const page = await file.cairn.all.get(throughProxy(german.body.more)).set('Accept-Language', 'en');
    expect(page.body.statements[0].verb.display).toEqual({ de: 'tat' });
  });

  it('neither skips nor repeats while more is stored, and outlives a restart between pages', async () => {
    const between = async () => {
      await file.cairn.all
        .post(STATEMENTS)
        .send(statementOf({ verb: { id: verb } }))
        .expect(200);
      await file.cairn.reopen();
    };
    const before = await walk(() => file.cairn.all, `${STATEMENTS}?${query({ verb, limit: 2 })}`);
    expect(await walk(() => file.cairn.all, `${STATEMENTS}?${query({ verb, limit: 2 })}`, between)).toEqual(
      before,
    );
  });

  it('is refused when it has been changed in any place', async () => {
    const { body } = await file.cairn.all.get(`${STATEMENTS}?${query({ verb })}`).expect(200);
    const path = throughProxy(body.more);
    const token = path.slice(path.lastIndexOf('/') + 1);
    const at = path.length - token.length;
    const changes = [0, 5, 20, Math.floor(token.length / 2), token.length - 3].map((place) => {
      const other = path[at + place] === 'A' ? 'B' : 'A';
      return path.slice(0, at + place) + other + path.slice(at + place + 1);
    });
    for (const odd of [
      ...changes,
      path.slice(0, -2),
      `${path}A`,
      `${path}.x`,
      `${path.slice(0, at)}x`,
      path.slice(0, at),
    ]) {
      expect((await file.cairn.all.get(odd)).status).toBe(400);
    }
  });

  it('tells nothing of how much is stored, not even by its length', async () => {
    const secret = { id: 'https://example.org/verbs/read-in-a-link' };
    for (let at = 0; at < 3; at += 1)
      await file.cairn.all.post(STATEMENTS).send(statementOf({ verb: secret }));
    const tokenOf = async () => {
      const { body } = await file.cairn.all.get(`${STATEMENTS}?${query({ verb: secret.id, limit: 1 })}`);
      return Buffer.from(body.more.slice(body.more.lastIndexOf('/') + 1), 'base64url');
    };
    const first = await tokenOf();
    expect((await tokenOf()).equals(first)).toBe(true);
    const many = Array.from({ length: 1200 }, () => statementOf({ verb: secret }));
    await file.cairn.all.post(STATEMENTS).send(many).expect(200);
    const later = await tokenOf();
    expect(later).toHaveLength(first.length);
    expect(first.filter((byte, at) => byte === later[at]).length).toBeLessThan(first.length / 4);
  });

  it.each([13_000, 20_000])('can be followed for an activity whose id has %d characters', async (length) => {
    const id = `https://example.org/${randomBytes(length).toString('hex').slice(0, length)}`;
    const sent = Array.from({ length: 3 }, () => statementOf({ object: { id } }));
    await file.cairn.all.post(STATEMENTS).send(sent).expect(200);
    const asked = query({ activity: id, limit: 1, ascending: true });
    const asForm = await file.cairn.wire({
      method: 'POST',
      path: `${STATEMENTS}?method=GET`,
      body: asked,
    });
    const plain = await file.cairn.all.get(`${STATEMENTS}?${asked}`).expect(200);
    for (const more of [plain.body.more, JSON.parse(asForm.text).more]) {
      const next = await file.cairn.wire({ path: throughProxy(more) });
      expect([next.status, idsOf(JSON.parse(next.text))]).toEqual([200, [sent[1]?.id]]);
    }
  });

  it('is not made for what it could not hold: the query is refused, however it came', async () => {
    const asked = query({ activity: `https://example.org/${'x'.repeat(30_000)}` });
    const path = `${STATEMENTS}?method=GET`;
    for (const answer of [
      await file.cairn.wire({ path: `${STATEMENTS}?${asked}` }),
      await file.cairn.wire({ method: 'POST', path, body: asked }),
    ]) {
      expect([answer.status, JSON.parse(answer.text).reason]).toEqual([400, 'parameter-invalid']);
      expect(JSON.parse(answer.text).message).toContain('24576');
    }
  });

  it('is judged again under the credential that presents it', async () => {
    const mine = await file.cairn.key('statements/write', 'statements/read/mine');
    const own = statementOf({ verb: { id: verb } });
    const { body } = await file.cairn.all.get(`${STATEMENTS}?${query({ verb, limit: 1, ascending: true })}`);
    await file.cairn.as(mine).post(STATEMENTS).send(own).expect(200);
    const path = throughProxy(body.more);
    expect(idsOf((await file.cairn.as(mine).get(path).expect(200)).body)).toEqual([own.id]);
    await file.cairn
      .as(await file.cairn.key('state'))
      .get(path)
      .expect(403);
    await file.cairn.bare.get(path).set('X-Experience-API-Version', '1.0.3').expect(401);
  });
});

const textOf = (response: unknown, done: (error: Error | null, text: string) => void): void => {
  const stream = response as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks).toString()));
};
