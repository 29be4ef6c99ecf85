import { randomUUID } from 'node:crypto';
import { attaching, multipartOf } from './multipart-request.ts';
import { type CairnOptions, cairnOfFile, withCairn } from './start-cairn.ts';
import { ADA, idsOf, query, statementOf } from './statement-parts.ts';
import type { Wire } from './wire.ts';

const file = cairnOfFile({ settings: { pageSize: 20 } });
const STATEMENTS = '/xapi/statements';
const TYPE = { 'Content-Type': 'application/json' };
const THROUGH = 'x-experience-api-consistent-through';
type Everything = { readonly found: Page['statements']; readonly through: string };
type Page = { readonly statements: { id: string; stored: string }[]; readonly more: string };

/** All pages of a list, and what Consistent-Through said before the first of them was read. */
const everything = async (parameters: Record<string, unknown>): Promise<Everything> => {
  const first = await file.cairn.all.get(`${STATEMENTS}?${query(parameters)}`).expect(200);
  const found: Page['statements'] = [];
  let page = first.body as Page;
  for (;;) {
    found.push(...page.statements);
    if (page.more === '') return { found, through: first.headers[THROUGH] as string };
    page = (await file.cairn.all.get(page.more).expect(200)).body as Page;
  }
};

describe('gap 4: Consistent-Through admits no late arrival', () => {
  const verb = 'https://example.org/verbs/polled';

  it('pollers by it and by the last stored skip nothing, under concurrent writers', async () => {
    let writing = true;
    const written: string[] = [];
    const writer = async (size: number) => {
      for (let round = 0; round < 25; round += 1) {
        const batch = Array.from({ length: size }, () => statementOf({ verb: { id: verb } }));
        await file.cairn.all.post(STATEMENTS).send(batch).expect(200);
        written.push(...batch.map(({ id }) => id));
      }
    };
    /** Polls until the writers are done and once more, each time with what `next` makes of the answer. */
    const poll = async (
      parameters: Record<string, unknown>,
      next: (answer: Everything) => string | undefined,
    ) => {
      const seen: string[] = [];
      let since = '2000-01-01T00:00:00Z';
      for (let wasWriting = true; wasWriting; ) {
        wasWriting = writing;
        const answer = await everything({ ...parameters, verb, since });
        seen.push(...answer.found.map(({ id }) => id));
        since = next(answer) ?? since;
      }
      return seen;
    };
    const byThrough = () => poll({}, ({ through }) => through);
    const byStored = () => poll({ ascending: true, limit: 7 }, ({ found }) => found.at(-1)?.stored);
    const pollers = Promise.all([byThrough(), byThrough(), byStored()]);
    await Promise.all([1, 1, 3, 5, 2].map(writer));
    writing = false;
    const [one, two, exact] = await pollers;
    expect([...new Set(one)].sort()).toEqual([...written].sort());
    expect([...new Set(two)].sort()).toEqual([...written].sort());
    expect([...exact].sort()).toEqual([...written].sort());
  });

  it('nothing that is stored while an answer is being made is covered by it', async () => {
    const late = statementOf({ verb: { id: verb } });
    const slowly: CairnOptions = {
      services: (services) => ({
        ...services,
        attachments: {
          ...services.attachments,
          get: async (sha2) => {
            const headers = { 'Content-Type': 'application/json' };
            await meanwhile({ method: 'POST', path: STATEMENTS, headers, body: JSON.stringify(late) });
            return services.attachments.get(sha2);
          },
        },
      }),
    };
    let meanwhile: (request: Wire) => Promise<unknown> = async () => undefined;
    await withCairn(slowly, async (cairn) => {
      meanwhile = cairn.wire;
      const bytes = Buffer.from('slow');
      const { contentType, body } = multipartOf(statementOf({ attachments: [attaching(bytes)] }), [bytes]);
      await cairn.all.post(STATEMENTS).type(contentType).send(body).expect(200);
      const slow = await cairn.all.get(`${STATEMENTS}?attachments=true`).expect(200);
      const since = slow.headers[THROUGH];
      const missed = await cairn.all.get(`${STATEMENTS}?${query({ since })}`).expect(200);
      expect(idsOf(missed.body)).toContain(late.id);
    });
  });

  it('it goes on while nothing is stored', async () => {
    const read = async () => (await file.cairn.all.get(`${STATEMENTS}?limit=1`).expect(200)).headers[THROUGH];
    const start = new Date().toISOString();
    let through = await read();
    while ((through as string) <= start) through = await read();
    expect(Date.parse(through as string)).toBeLessThanOrEqual(Date.now() + 1);
  });
});

describe('gap 7: at the same time', () => {
  it('PUTs of one new id: one is stored, the equal ones are 204 and the others 409', async () => {
    const [id, activity] = [randomUUID(), `https://example.org/${randomUUID()}`];
    const variants = ['a', 'b', 'c'].map((name) =>
      statementOf({ id, verb: { id: `https://example.org/verbs/${name}` }, object: { id: activity } }),
    );
    const sent = Array.from({ length: 24 }, (_, at) => variants[at % 3]);
    const put = (statement: unknown): Wire => ({
      method: 'PUT',
      path: `${STATEMENTS}?statementId=${id}`,
      headers: TYPE,
      body: JSON.stringify(statement),
    });
    const statuses = (await file.cairn.together(sent.map(put))).map(({ status }) => status);
    const { body } = await file.cairn.all.get(`${STATEMENTS}?statementId=${id}`).expect(200);
    expect(statuses).toEqual(sent.map((one) => ((one as typeof body).verb.id === body.verb.id ? 204 : 409)));
    const stored = await file.cairn.all.get(`${STATEMENTS}?${query({ activity })}`);
    expect(idsOf(stored.body)).toEqual([id]);
  });

  it('a conflicting batch does not sink its neighbours', async () => {
    const taken = statementOf();
    await file.cairn.all.post(STATEMENTS).send(taken).expect(200);
    const good = Array.from({ length: 12 }, () => [statementOf(), statementOf()]);
    const bad = good.map(() => [statementOf(), { ...taken, verb: { id: 'a:other' } }]);
    const post = (batch: unknown): Wire => ({
      path: STATEMENTS,
      headers: TYPE,
      body: JSON.stringify(batch),
    });
    const answers = await file.cairn.together(good.flatMap((batch, at) => [post(batch), post(bad[at])]));
    expect(answers.map(({ status }) => status)).toEqual(good.flatMap(() => [200, 409]));
    for (const [lost] of bad) {
      await file.cairn.all.get(`${STATEMENTS}?statementId=${(lost as { id: string }).id}`).expect(404);
    }
  });

  describe.each([
    ['activities/state', { activityId: 'a:a', agent: ADA, stateId: 'race' }],
    ['activities/profile', { activityId: 'a:a', profileId: 'race' }],
    ['agents/profile', { agent: ADA, profileId: 'race' }],
  ])('%s', (resource, address) => {
    const path = `/xapi/${resource}?${query(address)}`;
    let round = 0;
    const race = async (method: 'PUT' | 'POST' | 'DELETE', header: string, value: string) => {
      round += 1;
      const answers = await file.cairn.together(
        Array.from({ length: 10 }, (_, at) => ({
          method,
          path,
          headers: { ...TYPE, [header]: value },
          body: JSON.stringify({ round, by: at }),
        })),
      );
      const winners = answers.flatMap(({ status }, at) => (status === 204 ? [at] : []));
      expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(9).fill(412)]);
      return winners[0];
    };
    const etag = async () => (await file.cairn.all.get(path).expect(200)).headers['etag'] as string;

    it('of writers with the same precondition exactly one wins, and it is its document', async () => {
      const made = await race('PUT', 'If-None-Match', '*');
      expect((await file.cairn.all.get(path)).body).toEqual({ round: 1, by: made });
      const replaced = await race('PUT', 'If-Match', await etag());
      expect((await file.cairn.all.get(path)).body).toEqual({ round: 2, by: replaced });
      await file.cairn.all.put(path).set('If-Match', '*').send({ old: true }).expect(204);
      const merged = await race('POST', 'If-Match', await etag());
      expect((await file.cairn.all.get(path)).body).toEqual({ old: true, round: 3, by: merged });
      await race('DELETE', 'If-Match', await etag());
      await file.cairn.all.get(path).expect(404);
    });
  });
});

describe('gap 9: statements within one millisecond', () => {
  const paged = async (parameters: Record<string, unknown>) =>
    (await everything(parameters)).found.map(({ id }) => id);

  it('page without skip or repeat, both ways, in pages of every size', async () => {
    const verb = 'https://example.org/verbs/at-once';
    const batch = Array.from({ length: 60 }, () => statementOf({ verb: { id: verb } }));
    const ids = batch.map(({ id }) => id);
    await file.cairn.all.post(STATEMENTS).send(batch).expect(200);
    const { found } = await everything({ verb });
    expect(new Set(found.map(({ stored }) => stored.slice(0, 23))).size).toBeLessThan(60);
    for (const limit of [1, 7, 20]) {
      expect(await paged({ verb, limit, ascending: true })).toEqual(ids);
      expect(await paged({ verb, limit })).toEqual([...ids].reverse());
    }
  });

  it('ascend by a microsecond while the clock stands still, and since and until cut between them', async () => {
    const verb = 'https://example.org/verbs/standing-clock';
    const now = Date.now() + 1000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
    const batch = Array.from({ length: 9 }, () => statementOf({ verb: { id: verb } }));
    for (const statement of batch) await file.cairn.all.post(STATEMENTS).send(statement).expect(200);
    clock.mockRestore();
    const ids = batch.map(({ id }) => id);
    const { found } = await everything({ verb, ascending: true });
    const stored = found.map((statement) => statement.stored);
    expect(stored).toEqual([...new Set(stored)].sort());
    // The digits below a millisecond go on, so that a next one may begin among them; never a third.
    expect(new Set(stored.map((moment) => moment.slice(0, 23))).size).toBeLessThanOrEqual(2);
    for (const [at, moment] of stored.entries()) {
      expect(moment).toMatch(/\.\d{6}Z$/);
      expect(await paged({ verb, ascending: true, since: moment })).toEqual(ids.slice(at + 1));
      expect(await paged({ verb, ascending: true, until: moment })).toEqual(ids.slice(0, at + 1));
    }
  });
});
