import { cairnOfFile } from './start-cairn.ts';
import { ADA, query, statementOf } from './statement-parts.ts';

const file = cairnOfFile();
const post = (...statements: object[]) =>
  file.cairn.all.post('/xapi/statements').send(statements).expect(200);
const activity = async (activityId: string) =>
  (await file.cairn.all.get(`/xapi/activities?${query({ activityId })}`).expect(200)).body;
const person = async (agent: unknown) =>
  (await file.cairn.all.get(`/xapi/agents?${query({ agent })}`).expect(200)).body;

describe('an activity', () => {
  it('that is unknown is its id', async () => {
    expect(await activity('urn:x:unknown')).toEqual({ objectType: 'Activity', id: 'urn:x:unknown' });
  });

  it('is what all statements say of it, wherever they do: languages and extensions united, the later winning', async () => {
    const id = 'https://example.org/known';
    const about = (definition: object) => ({ id, definition });
    const inner = { objectType: 'SubStatement', actor: ADA, verb: { id: 'a:v' } };
    await post(
      statementOf({ object: about({ name: { en: 'one' }, extensions: { 'a:a': { deep: [1] } } }) }),
      statementOf({
        context: { contextActivities: { other: about({ name: { de: 'eins' }, type: 'a:type' }) } },
      }),
      statementOf({
        object: { ...inner, object: about({ description: { en: 'text' }, extensions: { 'a:b': 2 } }) },
      }),
      statementOf({
        object: about({ name: { en: 'two', fr: 'deux' }, moreInfo: 'https://example.org/more' }),
      }),
    );
    const expected = {
      objectType: 'Activity',
      id,
      definition: {
        name: { en: 'two', de: 'eins', fr: 'deux' },
        description: { en: 'text' },
        type: 'a:type',
        moreInfo: 'https://example.org/more',
        extensions: { 'a:a': { deep: [1] }, 'a:b': 2 },
      },
    };
    expect(await activity(id)).toEqual(expected);
    await file.cairn.reopen();
    expect(await activity(id)).toEqual(expected);
  });

  it('is told apart by every character of its id', async () => {
    const ids = [
      'https://example.org/A',
      'https://example.org/a',
      'https://example.org/a/',
      'https://EXAMPLE.org/a',
    ];
    await post(
      ...ids.map((id, at) => statementOf({ object: { id, definition: { name: { en: `${at}` } } } })),
    );
    for (const [at, id] of ids.entries()) {
      expect((await activity(id)).definition).toEqual({ name: { en: `${at}` } });
    }
  });

  it('may have extensions that look like our inside', async () => {
    const id = 'https://example.org/odd';
    const extensions = '{"a:a":{"__proto__":{"x":1},"constructor":"c","a.b":1,"$c":2}}';
    const text = JSON.stringify(statementOf({ object: { id, definition: { extensions: 0 } } }));
    const body = text.replace('"extensions":0', `"extensions":${extensions}`);
    await file.cairn.all.post('/xapi/statements').type('application/json').send(body).expect(200);
    const answer = await file.cairn.wire({ path: `/xapi/activities?${query({ activityId: id })}` });
    expect(answer.text).toContain(extensions);
  });
});

describe('a person', () => {
  it('is known by each identifier apart, whatever the letter case of what has none', async () => {
    const sha1 = 'ebd31e95054c018b10727ccffd2ef2ec3a016ee9';
    await post(
      statementOf({ actor: { mbox: 'mailto:grace@example.org', name: 'Grace' } }),
      statementOf({ actor: { mbox_sha1sum: sha1.toUpperCase(), name: 'Hopper' } }),
      statementOf({ object: { objectType: 'Agent', openid: 'https://grace.example.org/', name: 'G. H.' } }),
    );
    expect((await person({ mbox: 'mailto:grace@example.org' })).name).toEqual(['Grace']);
    expect((await person({ mbox_sha1sum: sha1 })).name).toEqual(['Hopper']);
    expect((await person({ openid: 'https://grace.example.org/' })).name).toEqual(['G. H.']);
    expect(await person({ mbox: 'mailto:hopper@example.org' })).not.toHaveProperty('name');
  });

  it('with accounts of which one text is the other is not mistaken', async () => {
    const [one, two] = [
      { homePage: 'https://example.org/a', name: 'b c' },
      { homePage: 'https://example.org/a b', name: 'c' },
    ];
    await post(statementOf({ actor: { account: one, name: 'One' } }));
    const { status } = await file.cairn.all.get(`/xapi/agents?${query({ agent: { account: two } })}`);
    expect(status).toBe(400);
    expect((await person({ account: one })).name).toEqual(['One']);
  });

  it('keeps names that hide in groups and contexts, and the one that is asked with', async () => {
    const agent = { account: { homePage: 'https://example.org', name: 'names' } };
    const group = { objectType: 'Group', member: [{ ...agent, name: 'In a team' }] };
    const instructor = { ...agent, name: 'As instructor' };
    await post(statementOf({ context: { team: group } }), statementOf({ context: { instructor } }));
    await file.cairn.all2
      .post('/xapi/statements')
      .send(
        statementOf({
          context: {
            contextAgents: [{ objectType: 'contextAgent', agent: { ...agent, name: 'In context' } }],
            contextGroups: [
              { objectType: 'contextGroup', group: { ...group, member: [{ ...agent, name: 'Deep' }] } },
            ],
          },
        }),
      )
      .expect(200);
    expect((await person({ ...agent, name: 'Asked' })).name.sort()).toEqual([
      'As instructor',
      'Asked',
      'Deep',
      'In a team',
      'In context',
    ]);
  });

  it('is asked for by one Agent, and nothing else', async () => {
    for (const agent of ['', '{}', '{"name":"x"}', '{"mbox":"mailto:a@b.c","x":1}', '[]', 'null', '"x"']) {
      await file.cairn.all.get(`/xapi/agents?${query({ agent })}`).expect(400);
    }
    await file.cairn.all.get('/xapi/agents').expect(400);
  });
});
