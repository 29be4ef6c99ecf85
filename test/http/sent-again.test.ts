import { cairnOfFile } from './start-cairn.ts';
import { ADA, idsOf, query, statementOf, VERB } from './statement-parts.ts';

const file = cairnOfFile();
const STATEMENTS = '/xapi/statements';
const post = (body: unknown, version = '1.0.3') =>
  file.cairn
    .as(file.cairn.master, version)
    .post(STATEMENTS)
    .send(body as object);
const stored = async (id: string) =>
  (await file.cairn.wire({ path: `${STATEMENTS}?statementId=${id}` })).text;

const rich = () =>
  statementOf({
    actor: { objectType: 'Group', name: 'Crew', member: [ADA, { mbox: 'mailto:Bob@EXAMPLE.org' }] },
    verb: { id: VERB, display: { en: 'did' } },
    object: { id: 'https://example.org/rich', definition: { name: { en: 'Rich' } } },
    result: { duration: 'PT1.234S', score: { raw: 1 } },
    context: {
      registration: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee',
      contextActivities: { parent: { id: 'https://example.org/parent' } },
    },
    timestamp: '2020-01-01T12:00:00.123+01:00',
  });

describe.each(['1.0.3', '2.0.0'])('a statement that is sent again in %s', (version) => {
  it.each<[string, (statement: ReturnType<typeof rich>) => object]>([
    ['as it was', (statement) => statement],
    ['with its id in another case', (statement) => ({ ...statement, id: statement.id.toUpperCase() })],
    ['with another display', (statement) => ({ ...statement, verb: { id: VERB, display: { de: 'tat' } } })],
    [
      'with another definition',
      (statement) => ({ ...statement, object: { id: 'https://example.org/rich' } }),
    ],
    [
      'at the same moment in another zone',
      (statement) => ({ ...statement, timestamp: '2020-01-01T11:00:00.123Z' }),
    ],
    [
      'with its members in another order and case',
      (statement) => ({
        ...statement,
        actor: { objectType: 'Group', name: 'Crew', member: [{ mbox: 'mailto:Bob@example.ORG' }, ADA] },
      }),
    ],
    [
      'with another stored and authority',
      (statement) => ({ ...statement, stored: '2001-01-01T00:00:00Z', authority: ADA }),
    ],
  ])('%s is taken for the same, and nothing changes', async (_name, again) => {
    const statement = rich();
    await post(statement, version).expect(200);
    const before = await stored(statement.id);
    const sent = again(statement) as { id: string };
    expect((await post(sent, version).expect(200)).body).toEqual([sent.id]);
    expect(await stored(statement.id)).toBe(before);
  });

  it('in its stored form, as a forwarder or a client that has read it sends it, is the same', async () => {
    const [one, two] = [rich(), statementOf()];
    await post([one, two], version).expect(200);
    const [first, second] = [await stored(one.id), await stored(two.id)];
    const sent = [statementOf(), JSON.parse(second), JSON.parse(first)];
    expect((await post(sent, version).expect(200)).body).toEqual(sent.map(({ id }) => id));
    expect([await stored(one.id), await stored(two.id)]).toEqual([first, second]);
    const formatted = await file.cairn.all.get(`${STATEMENTS}?statementId=${one.id}&format=canonical`);
    await post(formatted.body, version).expect(200);
  });

  it.each<[string, object]>([
    ['verb', { verb: { id: 'https://example.org/verbs/other' } }],
    ['object', { object: { id: 'https://example.org/other' } }],
    ['actor’s name', { actor: { objectType: 'Group', name: 'Other', member: [ADA] } }],
    ['score', { result: { duration: 'PT1.234S', score: { raw: 2 } } }],
    ['result', { result: undefined }],
  ])('with another %s is a conflict that names it, and changes nothing', async (_name, more) => {
    const statement = rich();
    await post(statement, version).expect(200);
    const before = await stored(statement.id);
    const fresh = statementOf();
    const { body } = await post([fresh, { ...statement, ...more }], version).expect(409);
    expect(body.problems).toEqual([expect.objectContaining({ index: 1, pointer: '/id' })]);
    expect(body.message).toContain(statement.id);
    expect(await stored(statement.id)).toBe(before);
    await file.cairn.all.get(`${STATEMENTS}?statementId=${fresh.id}`).expect(404);
  });

  it.each([
    ['12345678901234567890', '12345678901234567891'],
    ['1e400', '1e999'],
  ])('with a number that no double holds, %s, is the same, and with %s a conflict', async (one, other) => {
    const { id } = statementOf();
    const put = async (number: string) => {
      const text = JSON.stringify(statementOf({ id, result: { extensions: { 'a:n': 'N' } } }));
      const path = `${STATEMENTS}?statementId=${id}`;
      const headers = { 'Content-Type': 'application/json', 'X-Experience-API-Version': version };
      return (await file.cairn.wire({ method: 'PUT', path, headers, body: text.replace('"N"', number) }))
        .status;
    };
    expect([await put(one), await put(one), await put(other), await put(one)]).toEqual([204, 204, 409, 204]);
  });

  it('leaves definitions and names as they are', async () => {
    const activity = `https://example.org/unchanged-${version}`;
    const object = { id: activity, definition: { name: { en: 'first' } } };
    const account = { homePage: 'https://example.org', name: `unchanged-${version}` };
    const statement = statementOf({ actor: { account, name: 'First' }, object });
    await post(statement, version).expect(200);
    const again = {
      ...statement,
      object: { id: activity, definition: { name: { en: 'second', de: 'zweite' } } },
    };
    await post(again, version).expect(200);
    const known = await file.cairn.all.get(`/xapi/activities?${query({ activityId: activity })}`).expect(200);
    expect(known.body.definition).toEqual({ name: { en: 'first' } });
    const person = await file.cairn.all.get(`/xapi/agents?${query({ agent: { account } })}`).expect(200);
    expect(person.body.name).toEqual(['First']);
  });
});

describe('what 1.0.3 and 2.0.0 tell apart', () => {
  it.each<[string, object]>([
    ['another timestamp', { timestamp: '2020-01-01T12:00:00.124+01:00' }],
    ['a duration beyond 0.01 s', { result: { duration: 'PT1.239S', score: { raw: 1 } } }],
  ])('%s: a conflict in 1.0.3, the same in 2.0.0', async (_name, more) => {
    for (const [version, status] of [
      ['1.0.3', 409],
      ['2.0.0', 200],
    ] as const) {
      const statement = rich();
      await post(statement, version).expect(200);
      await post({ ...statement, ...more }, version).expect(status);
    }
  });
});

describe('an empty batch', () => {
  it('is answered with no ids', async () => {
    const before = idsOf((await file.cairn.all.get(STATEMENTS)).body);
    expect((await post([]).expect(200)).body).toEqual([]);
    expect(idsOf((await file.cairn.all.get(STATEMENTS)).body)).toEqual(before);
  });
});
