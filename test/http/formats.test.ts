import { cairnOfFile } from './start-cairn.ts';
import { ADA, idsOf, query, referenceTo, statementOf, VERB, voiding } from './statement-parts.ts';

const file = cairnOfFile();
const STATEMENTS = '/xapi/statements';
const store = async (...statements: object[]) => {
  await file.cairn.all.post(STATEMENTS).send(statements).expect(200);
};
const read = async (id: string, format: string, language?: string) => {
  const request = file.cairn.all.get(`${STATEMENTS}?${query({ statementId: id, format })}`);
  if (language !== undefined) request.set('Accept-Language', language);
  return (await request.expect(200)).body;
};
const list = async (parameters: Record<string, unknown>) =>
  idsOf((await file.cairn.all.get(`${STATEMENTS}?${query(parameters)}`).expect(200)).body);

describe('formats', () => {
  const bob = { objectType: 'Agent', name: 'Bob', account: { homePage: 'https://example.org', name: 'bob' } };
  const activity = (name: string) => ({
    id: `https://example.org/formats/${name}`,
    objectType: 'Activity',
    definition: { name: { de: `${name} de`, 'en-GB': `${name} en`, und: name }, type: 'a:t' },
  });
  const inner = {
    objectType: 'SubStatement',
    actor: { objectType: 'Group', name: 'Anonymous', member: [{ ...ADA, name: 'Ada' }] },
    verb: { id: VERB, display: { de: 'tat', en: 'did' } },
    object: activity('inner'),
  };
  const statement = statementOf({
    actor: { ...ADA, name: 'Ada' },
    verb: { id: VERB, display: { de: 'tat', en: 'did' } },
    object: inner,
    context: { instructor: bob, contextActivities: { parent: activity('parent') } },
  });
  beforeAll(() => store(statement, statementOf({ object: activity('inner') })));

  it('ids: activities and verbs are an id, agents an identifier, anonymous groups their members so', async () => {
    const body = await read(statement.id, 'ids');
    expect(body).toMatchObject({ id: statement.id, verb: { id: VERB } });
    expect(body.actor).toEqual(ADA);
    expect(body.verb).toEqual({ id: VERB });
    expect(body.object).toEqual({
      objectType: 'SubStatement',
      actor: { objectType: 'Group', member: [ADA] },
      verb: { id: VERB },
      object: { id: 'https://example.org/formats/inner' },
    });
    expect(body.context).toEqual({
      instructor: { objectType: 'Agent', account: bob.account },
      contextActivities: { parent: [{ id: 'https://example.org/formats/parent' }] },
    });
    expect(Object.keys(body.authority)).toEqual(['objectType', 'account']);
  });

  it.each([
    [undefined, 'de', 'de'],
    ['en', 'en-GB', 'en'],
    ['en-GB, de;q=0.9', 'en-GB', 'en'],
    ['fr, de;q=0.5, en;q=0.9', 'en-GB', 'en'],
    ['*', 'de', 'de'],
    ['de;q=0, en', 'en-GB', 'en'],
    ['xx', 'de', 'de'],
    [';;q=x,,', 'de', 'de'],
  ])('canonical: with Accept-Language %s one language in each map', async (language, inMap, inDisplay) => {
    const body = await read(statement.id, 'canonical', language);
    const names = activity('inner').definition.name as Record<string, string>;
    expect(body.object.object.definition.name).toEqual({ [inMap]: names[inMap] });
    expect(Object.keys(body.context.contextActivities.parent[0].definition.name)).toEqual([inMap]);
    expect(Object.keys(body.verb.display)).toEqual([inDisplay]);
    expect(Object.keys(body.object.verb.display)).toEqual([inDisplay]);
    expect(body.actor).toEqual({ ...ADA, name: 'Ada' });
  });

  it('canonical: with the definition that all statements together gave, in lists too', async () => {
    const id = 'https://example.org/formats/canonical';
    const bare = statementOf({ object: { id } });
    await store(bare, statementOf({ object: { id, definition: { name: { de: 'eins' }, type: 'a:t' } } }));
    await store(statementOf({ object: { id, definition: { name: { en: 'one' } } } }));
    expect((await read(bare.id, 'canonical', 'en')).object).toEqual({
      id,
      definition: { name: { en: 'one' }, type: 'a:t' },
    });
    const page = await file.cairn.all
      .get(`${STATEMENTS}?${query({ activity: id, format: 'canonical' })}`)
      .set('Accept-Language', 'de');
    const names = page.body.statements.map(({ object }: typeof page.body) => object.definition.name);
    expect(names).toEqual([{ de: 'eins' }, { de: 'eins' }, { de: 'eins' }]);
    expect((await read(bare.id, 'exact', 'en')).object).toEqual({ id });
  });

  it('exact: whatever the language', async () => {
    const body = await read(statement.id, 'exact', 'en');
    expect(body.verb).toEqual(statement['verb']);
    expect(body.object).toEqual(inner);
  });
});

describe('voiding', () => {
  const status = async (name: 'statementId' | 'voidedStatementId', id: string) =>
    (await file.cairn.all.get(`${STATEMENTS}?${name}=${id}`)).status;

  it('hides the target from lists and by its id, and shows it by voidedStatementId', async () => {
    const verb = 'https://example.org/verbs/to-void';
    const [target, other] = [statementOf({ verb: { id: verb } }), statementOf({ verb: { id: verb } })];
    await store(target, other);
    expect(await status('voidedStatementId', target.id)).toBe(404);
    const [first, second] = [voiding(target.id), voiding(target.id.toUpperCase())];
    await store(first);
    await store(second);
    expect([await status('statementId', target.id), await status('voidedStatementId', target.id)]).toEqual([
      404, 200,
    ]);
    expect(await list({ verb, ascending: true })).toEqual([other.id, first.id, second.id]);
    expect(await status('statementId', first.id)).toBe(200);
  });

  it('of a voiding statement, of itself or inside a SubStatement has no effect', async () => {
    const target = statementOf();
    const first = voiding(target.id);
    await store(target, first, voiding(first.id));
    expect([await status('statementId', first.id), await status('statementId', target.id)]).toEqual([
      200, 404,
    ]);
    const untouched = statementOf();
    const { id: _id, ...void_ } = voiding(untouched.id);
    await store(untouched, statementOf({ object: { objectType: 'SubStatement', ...void_ } }));
    expect(await status('statementId', untouched.id)).toBe(200);
    const self = statementOf();
    await store(voiding(self.id, { id: self.id }));
    expect(await status('statementId', self.id)).toBe(200);
  });

  it('needs a StatementRef', async () => {
    for (const object of [{ id: 'a:a' }, ADA]) {
      await file.cairn.all.post(STATEMENTS).send(voiding('', { object })).expect(400);
    }
  });

  it('keeps a voided id from being used again, and a retry of it harmless', async () => {
    const target = statementOf();
    await store(target, voiding(target.id));
    await store(target);
    expect(await status('statementId', target.id)).toBe(404);
    await file.cairn.all
      .post(STATEMENTS)
      .send({ ...target, verb: { id: 'a:b' } })
      .expect(409);
  });

  it('leaves what refers to the target findable by it', async () => {
    const verb = 'https://example.org/verbs/voided-target';
    const target = statementOf({ verb: { id: verb } });
    const referring = statementOf({ object: referenceTo(target.id) });
    const voider = voiding(target.id);
    await store(target, referring);
    await store(voider);
    expect(await list({ verb })).toEqual([voider.id, referring.id]);
  });
});

describe('a StatementRef', () => {
  it('matches by its target, each condition on its own; since, until and limit are its own', async () => {
    const [verb, other] = ['https://example.org/verbs/target', 'https://example.org/verbs/pointer'];
    const registration = '11111111-2222-4333-8444-555555555555';
    const target = statementOf({ verb: { id: verb }, context: { registration } });
    const pointer = statementOf({ verb: { id: other }, object: referenceTo(target.id.toUpperCase()) });
    await store(target);
    await store(pointer);
    expect(await list({ registration })).toEqual([pointer.id, target.id]);
    expect(await list({ registration, verb: other })).toEqual([pointer.id]);
    expect(await list({ verb, limit: 1 })).toEqual([pointer.id]);
    const { stored } = (await file.cairn.all.get(`${STATEMENTS}?statementId=${target.id}`)).body;
    expect(await list({ verb, since: stored })).toEqual([pointer.id]);
    expect(await list({ verb, until: stored })).toEqual([target.id]);
  });

  it('in a context does not', async () => {
    const verb = 'https://example.org/verbs/context-target';
    const target = statementOf({ verb: { id: verb } });
    await store(target, statementOf({ context: { statement: referenceTo(target.id) } }));
    expect(await list({ verb })).toEqual([target.id]);
  });
});
