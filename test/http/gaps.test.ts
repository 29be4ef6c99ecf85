import { randomUUID } from 'node:crypto';
import { cairnOfFile } from './start-cairn.ts';
import { ADA, idsOf, query, referenceTo, statementOf, VERB, voiding } from './statement-parts.ts';

const file = cairnOfFile();
const STATEMENTS = '/xapi/statements';
const list = async (parameters: Record<string, unknown>) =>
  idsOf((await file.cairn.all.get(`${STATEMENTS}?${query(parameters)}`).expect(200)).body);
const post = (body: unknown) => file.cairn.all.post(STATEMENTS).send(body as object);

describe('gap 1: a registration is part of a state document’s address', () => {
  const [one, two] = [randomUUID(), randomUUID()];
  const scope = (registration?: string) => ({
    activityId: 'https://example.org/gap-1',
    agent: ADA,
    ...(registration === undefined ? {} : { registration }),
  });
  const path = (registration?: string, stateId?: string) =>
    `/xapi/activities/state?${query({ ...scope(registration), ...(stateId === undefined ? {} : { stateId }) })}`;
  const whole = async () => {
    const read = async (registration?: string) =>
      ((await file.cairn.all.get(path(registration)).expect(200)).body as string[]).sort();
    return { none: await read(), one: await read(one), two: await read(two) };
  };

  beforeEach(async () => {
    for (const registration of [undefined, one, two]) {
      for (const stateId of ['a', 'b']) {
        const body = `${registration}-${stateId}`;
        await file.cairn.all.put(path(registration, stateId)).type('text/plain').send(body).expect(204);
      }
    }
  });

  it('one delete takes one row, and the others keep their content', async () => {
    await file.cairn.all.delete(path(one, 'a')).expect(204);
    expect(await whole()).toEqual({ none: ['a', 'b'], one: ['b'], two: ['a', 'b'] });
    await file.cairn.all.delete(path(undefined, 'b')).expect(204);
    expect(await whole()).toEqual({ none: ['a'], one: ['b'], two: ['a', 'b'] });
    await file.cairn.all.get(path(one, 'a')).expect(404);
    expect((await file.cairn.all.get(path(two, 'a'))).text).toBe(`${two}-a`);
    expect((await file.cairn.all.get(path(undefined, 'a'))).text).toBe('undefined-a');
  });

  it('a multiple delete with one takes the rows of that one', async () => {
    await file.cairn.all.delete(path(one)).expect(204);
    expect(await whole()).toEqual({ none: ['a', 'b'], one: [], two: ['a', 'b'] });
  });

  it('a multiple delete without one takes only the rows without', async () => {
    await file.cairn.all.delete(path()).expect(204);
    expect(await whole()).toEqual({ none: [], one: ['a', 'b'], two: ['a', 'b'] });
  });

  it('its letter case makes no other address', async () => {
    await file.cairn.all.delete(path(one.toUpperCase())).expect(204);
    expect((await whole()).one).toEqual([]);
  });
});

describe('gap 2: a PUT replaces the content type too', () => {
  it.each([
    ['activities/state', { activityId: 'a:a', agent: ADA, stateId: 'type' }],
    ['activities/profile', { activityId: 'a:a', profileId: 'type' }],
    ['agents/profile', { agent: ADA, profileId: 'type' }],
  ])('%s', async (resource, address) => {
    const path = `/xapi/${resource}?${query(address)}`;
    const put = (type: string, body: string) =>
      file.cairn.all.put(path).set('If-None-Match', '"other"').type(type).send(body).expect(204);
    await put('text/plain', '{"a":1}');
    await put('application/json', '{"a":1}');
    const { headers } = await file.cairn.all.get(path).expect(200);
    expect(headers['content-type']).toBe('application/json');
    await file.cairn.all.post(path).send({ b: 2 }).expect(204);
    await put('image/png', '{}');
    expect((await file.cairn.all.get(path)).headers['content-type']).toBe('image/png');
  });
});

describe('gap 3: the order of arrival', () => {
  it('a void that arrives first voids its target on arrival', async () => {
    const target = statementOf({ verb: { id: 'https://example.org/verbs/late-target' } });
    const voider = voiding(target.id);
    await post(voider).expect(200);
    await file.cairn.all.get(`${STATEMENTS}?voidedStatementId=${target.id}`).expect(404);
    await post(target).expect(200);
    await file.cairn.all.get(`${STATEMENTS}?statementId=${target.id}`).expect(404);
    await file.cairn.all.get(`${STATEMENTS}?voidedStatementId=${target.id}`).expect(200);
    expect(await list({ verb: 'https://example.org/verbs/late-target' })).toEqual([voider.id]);
  });

  it('a StatementRef that arrives first matches from its target’s arrival on, through any number of them', async () => {
    const verb = 'https://example.org/verbs/referred';
    const target = statementOf({ verb: { id: verb } });
    const near = statementOf({ object: referenceTo(target.id) });
    const far = statementOf({ object: referenceTo(near.id) });
    await post([far, near]).expect(200);
    expect(await list({ verb })).toEqual([]);
    await post(target).expect(200);
    expect(await list({ verb })).toEqual([target.id, near.id, far.id]);
    expect(await list({ activity: (target['object'] as { id: string }).id })).toEqual([
      target.id,
      near.id,
      far.id,
    ]);
  });

  it('a StatementRef that comes last matches by all that it leads to, through any number of them', async () => {
    const verb = 'https://example.org/verbs/led-to';
    const target = statementOf({ verb: { id: verb } });
    const near = statementOf({ object: referenceTo(target.id) });
    const far = statementOf({ object: referenceTo(near.id) });
    for (const each of [target, near, far]) await post(each).expect(200);
    expect(await list({ verb })).toEqual([far.id, near.id, target.id]);
  });

  it('references in a circle end', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const [first, second] = ['https://example.org/verbs/circle-a', 'https://example.org/verbs/circle-b'];
    await post([
      statementOf({ id: a, verb: { id: first }, object: referenceTo(b) }),
      statementOf({ id: b, verb: { id: second }, object: referenceTo(a) }),
    ]).expect(200);
    expect(await list({ verb: first })).toEqual([b, a]);
    expect(await list({ verb: second })).toEqual([b, a]);
    const self = randomUUID();
    await post(statementOf({ id: self, object: referenceTo(self) })).expect(200);
    await file.cairn.all.get(`${STATEMENTS}?statementId=${self}`).expect(200);
  });
});

describe('gap 5: ids that repeat', () => {
  it.each([
    [3, 0],
    [3, 1],
    [4, 1],
    [4, 3],
  ])(
    'within a batch of %i and one more, the %i-th once more in another case, are named and nothing is stored',
    async (count, nth) => {
      const verb = `https://example.org/verbs/repeated-${count}-${nth}`;
      const batch = Array.from({ length: count }, () => statementOf({ verb: { id: verb } }));
      const id = (batch[nth] as { id: string }).id.toUpperCase();
      const { body } = await post([...batch, statementOf({ verb: { id: verb }, id })]).expect(400);
      expect(body.problems).toEqual([expect.objectContaining({ index: count, pointer: '/id' })]);
      expect(await list({ verb })).toEqual([]);
    },
  );

  it('and differ only in case are one id, however they are sent', async () => {
    const statement = statementOf({ id: '5f1a0c3e-0000-4abc-8def-00000000beef' });
    const upper = { ...statement, id: statement.id.toUpperCase() };
    await post(statement).expect(200);
    expect((await post(upper).expect(200)).body).toEqual([upper.id]);
    await post({ ...upper, verb: { id: 'https://example.org/verbs/else' } }).expect(409);
    await file.cairn.all.put(`${STATEMENTS}?statementId=${upper.id}`).send(statement).expect(204);
    const { body } = await file.cairn.all.get(`${STATEMENTS}?statementId=${upper.id}`).expect(200);
    expect(body.id).toBe(statement.id);
    expect(await list({ activity: (statement['object'] as { id: string }).id })).toEqual([statement.id]);
  });
});

describe('gap 6: what is sent again', () => {
  it('answers with its id, and is there once', async () => {
    const statement = statementOf();
    expect((await post(statement).expect(200)).body).toEqual([statement.id]);
    expect((await post([statement]).expect(200)).body).toEqual([statement.id]);
    expect(await list({ activity: (statement['object'] as { id: string }).id })).toEqual([statement.id]);
  });

  it('with new ones answers all ids in the order sent', async () => {
    const batch = [statementOf(), statementOf(), statementOf(), statementOf()];
    const ids = batch.map(({ id }) => id);
    await post([batch[2], batch[0]]).expect(200);
    expect((await post(batch).expect(200)).body).toEqual(ids);
    await post(batch).expect(200);
    for (const id of ids) await file.cairn.all.get(`${STATEMENTS}?statementId=${id}`).expect(200);
  });
});

describe('gap 8: a Person', () => {
  const person = async (agent: unknown) =>
    (await file.cairn.all.get(`/xapi/agents?${query({ agent })}`).expect(200)).body;

  it('keeps every name, wherever a statement gave it, each once', async () => {
    const account = { homePage: 'https://example.org', name: 'gap 8' };
    const [actor, member, instructor] = ['Ada', 'A. Lovelace', '艾达'].map((name) => ({ account, name }));
    await post(statementOf({ actor })).expect(200);
    await post(statementOf({ actor: { objectType: 'Group', member: [member, ADA] } })).expect(200);
    await post(statementOf({ context: { instructor } })).expect(200);
    await post(statementOf({ actor })).expect(200);
    expect(await person({ account })).toEqual({
      objectType: 'Person',
      name: ['Ada', 'A. Lovelace', '艾达'],
      account: [account],
    });
  });

  it.each([
    ['mbox', 'mailto:nobody@example.org'],
    ['mbox_sha1sum', 'ebd31e95054c018b10727ccffd2ef2ec3a016ee9'],
    ['openid', 'https://nobody.example.org/'],
    ['account', { homePage: 'https://example.org', name: 'nobody' }],
  ])('that is unknown is itself, by its %s', async (kind, identifier) => {
    expect(await person({ [kind]: identifier, name: 'No One' })).toEqual({
      objectType: 'Person',
      name: ['No One'],
      [kind]: [identifier],
    });
  });
});

describe('gap 12: exactly as sent', () => {
  const stored = async (id: string) =>
    (await file.cairn.all.get(`${STATEMENTS}?statementId=${id}`).expect(200)).text;
  const sent = (extensions: string, id: string) =>
    `{"id":"${id}","actor":${JSON.stringify(ADA)},"verb":{"id":"${VERB}"},"object":{"id":"a:a"},"context":{"extensions":${extensions}}}`;
  const postText = (text: string) => file.cairn.all.post(STATEMENTS).type('application/json').send(text);

  it.each([
    ['a key that repeats', '{"a:a":1,"a:a":2}', '/context/extensions/a:a'],
    ['one that is the same only without its escapes', '{"a:a":1,"\\u0061:a":2}', '/context/extensions/a:a'],
    ['one deep inside', '{"a:a":[{"b":{"c":1,"c":1}}]}', '/context/extensions/a:a/0/b/c'],
    ['__proto__ twice', '{"a:a":{"__proto__":1,"__proto__":2}}', '/context/extensions/a:a/__proto__'],
  ])('%s is refused, and nothing stored', async (_name, extensions, pointer) => {
    const id = randomUUID();
    const { body } = await postText(sent(extensions, id)).expect(400);
    expect(body).toMatchObject({ reason: 'json-invalid', problems: [{ pointer }] });
    await file.cairn.all.get(`${STATEMENTS}?statementId=${id}`).expect(404);
  });

  it.each([
    '{"a:a":0.10,"a:b":1e400,"a:c":12345678901234567890,"a:d":-0,"a:e":1E+2}',
    '{"a:a":{"__proto__":{"admin":true},"constructor":1,"hasOwnProperty":2}}',
    '{"https://example.org/a.b.$c":{"$set":{"x.y":1},".":0,"$":null,"":[]}}',
  ])('%s comes back as it is, after a restart too', async (extensions) => {
    const id = randomUUID();
    await postText(sent(extensions, id)).expect(200);
    expect(await stored(id)).toContain(`"extensions":${extensions}}`);
    await file.cairn.reopen();
    expect(await stored(id)).toContain(`"extensions":${extensions}}`);
    await postText(sent(extensions, id)).expect(200);
    expect(Object.prototype).not.toHaveProperty('admin');
  });
});
