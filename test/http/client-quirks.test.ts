import { createHash, randomUUID } from 'node:crypto';
import { cairnOfFile } from './start-cairn.ts';
import { ADA, idsOf, type Json, query, statementOf } from './statement-parts.ts';

const file = cairnOfFile({ settings: { pageSize: 2 } });
const STATEMENTS = '/xapi/statements';
const state = (stateId: string, more: Json = {}) =>
  `/xapi/activities/state?${query({ activityId: 'http://6abcDEF_course_id', agent: ADA, stateId, ...more })}`;
const post = (statement: object, version = '1.0.1') =>
  file.cairn.as(file.cairn.master, version).post(STATEMENTS).send(statement);
const stored = async (id: string) =>
  (await file.cairn.all.get(`${STATEMENTS}?statementId=${id}`).expect(200)).body;
const isTaken = async (more: Json) => {
  const statement = statementOf(more);
  await post(statement).expect(200);
  return stored(statement.id);
};

describe('what clients in the field do', () => {
  it('Q1, Q2: launch parameters and cache busters on every request are passed over', async () => {
    const extra = 'content_token=abc&cachebuster=1700000000000&_=17';
    const statement = statementOf();
    await file.cairn.all
      .put(`${STATEMENTS}?statementId=${statement.id}&${extra}`)
      .send(statement)
      .expect(204);
    await file.cairn.all.get(`${STATEMENTS}?statementId=${statement.id}&${extra}`).expect(200);
    await file.cairn.all.post(`${STATEMENTS}?${extra}`).send(statementOf()).expect(200);
    await file.cairn.all
      .put(`${state('q1')}&${extra}`)
      .type('text/plain')
      .send('x')
      .expect(204);
    await file.cairn.all.get(`${state('q1')}&${extra}`).expect(200, 'x');
    await file.cairn.all.get(`/xapi/about?${extra}`).expect(200);
    const { more } = (await file.cairn.all.get(`${STATEMENTS}?limit=1&${extra}`).expect(200)).body;
    await file.cairn.all.get(`${more}?${extra}`).expect(200);
  });

  it('Q3: empty credentials are none', async () => {
    await file.cairn.as('Basic Og==').get(STATEMENTS).expect(401);
    await file.cairn.as('Basic Og==').get('/xapi/about').expect(200);
  });

  it.each(['null', 'undefined', ''])('Q3: a script that has no credentials may send %j', async (none) => {
    await file.cairn.as(none).get(STATEMENTS).expect(401);
    await file.cairn.as(none).get('/xapi/about').expect(200);
  });

  it('Q4: a Content-Type on a GET or DELETE without a body says nothing', async () => {
    const type = { 'Content-Type': 'application/json' };
    await file.cairn.all.get(STATEMENTS).set(type).expect(200);
    await file.cairn.all.put(state('q4')).type('text/plain').send('x').expect(204);
    await file.cairn.all.get(state('q4')).set(type).expect(200, 'x');
    const withBody = { method: 'DELETE', path: state('q4'), headers: type, body: '{not JSON' };
    expect((await file.cairn.wire(withBody)).status).toBe(204);
    await file.cairn.all.get(state('q4')).expect(404);
  });

  it('Q5: any language will do', async () => {
    for (const format of ['exact', 'ids', 'canonical']) {
      await file.cairn.all.get(`${STATEMENTS}?format=${format}`).set('Accept-Language', '*').expect(200);
    }
  });

  it.each(['{not JSON', '"plain"', '17', 'true', '', '{"a":1,"a":2}'])(
    'Q6, Q7: the state %j that is called JSON comes back as it is, in 1.0.x',
    async (body) => {
      const headers = { 'Content-Type': 'application/json', 'X-Experience-API-Version': '1.0.2' };
      const path = state('cumulative_time');
      expect((await file.cairn.wire({ method: 'PUT', path, headers, body })).status).toBe(204);
      const { text, headers: told } = await file.cairn.wire({ path, headers });
      expect([text, told['content-type']]).toEqual([body, 'application/json']);
    },
  );

  it('Q8, Q9: a lone context activity becomes a list, and none at all is fine', async () => {
    const activity = { id: 'http://6abcDEF_course_id' };
    const { context } = await isTaken({ context: { contextActivities: { parent: activity } } });
    expect(context).toEqual({ contextActivities: { parent: [activity] } });
    expect((await isTaken({ context: { contextActivities: {} } })).context).toEqual({
      contextActivities: {},
    });
  });

  it.each([
    'http://6abcDEF_course_id',
    'http://5xWvCu3BJ1y_rise',
    'urn:articulate:storyline:5abc',
    'ispring://presentations/5F0C7B4E/slides/0',
    'tag:example.org,2020:a',
    'https://site/h5p/embed/7?subContentId=6d2f?page=1',
    'https://example.org/a#',
    'https://example.org/é/日本',
  ])('Q10, Q16: %s is an activity’s id, and it is found by it', async (id) => {
    const { id: statementId } = await isTaken({ object: { id } });
    const { body } = await file.cairn.all.get(`${STATEMENTS}?${query({ activity: id })}`).expect(200);
    expect(idsOf(body)[0]).toBe(statementId);
  });

  it('Q11: the language may be undetermined', async () => {
    const name = { und: 'Safety' };
    const body = await isTaken({ object: { id: 'a:und', definition: { name, description: { und: '…' } } } });
    const canonical = await file.cairn.all
      .get(`${STATEMENTS}?${query({ statementId: body.id, format: 'canonical' })}`)
      .set('Accept-Language', 'de');
    expect(canonical.body.object.definition.name).toEqual(name);
  });

  it.each([['text/plain;charset=UTF-8'], [undefined]])(
    'Q12: old players send forms as %s, with a slash behind the resource',
    async (type) => {
      const form = query({
        activityId: 'a:a',
        agent: ADA,
        stateId: 'suspend_data',
        content: '2p1a&=%+',
        'Content-Type': 'text/plain',
        Authorization: file.cairn.master.authorization,
        'X-Experience-API-Version': '1.0.1',
      });
      const answer = await file.cairn.wire({
        method: 'POST',
        path: '/xapi/activities/state/?method=PUT',
        headers: {
          Authorization: [],
          'X-Experience-API-Version': [],
          ...(type === undefined ? {} : { 'Content-Type': type }),
        },
        body: form,
      });
      expect(answer.status).toBe(204);
      await file.cairn.all.get(state('suspend_data', { activityId: 'a:a' })).expect(200, '2p1a&=%+');
    },
  );

  it('Q13: a probe is answered as any other', async () => {
    const probe = {
      activityId: 'http://example.com/authorization_test',
      agent: { mbox: 'mailto:temp@example.com' },
    };
    const request = file.cairn.as(file.cairn.master, '1.0.0').put(state('temp', probe));
    await request.type('application/octet-stream').send('[1]').expect(204);
  });

  it('Q14: scores without scaled, and of nothing out of nothing', async () => {
    for (const score of [
      { raw: 80, min: 0, max: 100 },
      { min: 0, max: 0, raw: 0, scaled: 0 },
      { max: 0, min: 0 },
    ]) {
      expect((await isTaken({ result: { score } })).result).toEqual({ score });
    }
  });

  it('Q15: neither an id nor a timestamp', async () => {
    const { id: _id, ...nameless } = statementOf();
    const [id] = (await post(nameless).expect(200)).body;
    const { timestamp, stored: moment } = await stored(id);
    expect(timestamp).toBe(moment);
  });

  it('Q19: an actor of 0.9 is refused with what to send instead', async () => {
    const actor = { name: ['Ada'], mbox: ['mailto:ada@example.org'] };
    const { body } = await post(statementOf({ actor })).expect(400);
    const problems = body.problems as { pointer: string; message: string }[];
    expect(problems.map(({ pointer }) => pointer).sort()).toEqual(['/actor/mbox', '/actor/name']);
    for (const { message } of problems) expect(message).toMatch(/string|mailto/);
    await file.cairn.all.get(`${STATEMENTS}?${query({ agent: actor })}`).expect(400);
  });

  it('Q20: a POST is answered with 200 and nothing else', async () => {
    expect((await post([statementOf(), statementOf()])).status).toBe(200);
    expect((await post(statementOf())).status).toBe(200);
  });

  it('Q21, Q28: scripts of any origin may read what they need', async () => {
    await file.cairn.all.put(state('q21')).type('text/plain').send('x').expect(204);
    const { headers } = await file.cairn.all.get(state('q21')).set('Origin', 'null').expect(200);
    expect(headers['access-control-allow-origin']).toBe('*');
    for (const name of ['ETag', 'Last-Modified', 'Content-Type']) {
      expect(headers['access-control-expose-headers']).toContain(name);
      expect(headers[name.toLowerCase()]).toBeDefined();
    }
  });

  it('Q23: a queue that sends again what was answered into the void', async () => {
    const batch = Array.from({ length: 5 }, () =>
      statementOf({ timestamp: '2020-01-01T00:00:00.1234567+02:00' }),
    );
    await post(batch.slice(0, 3)).expect(200);
    const ids = batch.map(({ id }) => id);
    expect((await post(batch).expect(200)).body).toEqual(ids);
    expect((await post([...batch].reverse()).expect(200)).body).toEqual([...ids].reverse());
  });

  it('Q24: what forwarders send along is taken or put right', async () => {
    const authority = { objectType: 'Agent', account: { homePage: 'https://else.example', name: 'x' } };
    const sent = { stored: '2001-01-01T00:00:00Z', authority, version: '1.0.3' };
    const body = await isTaken(sent);
    expect([body.version, body.stored > '2020']).toEqual(['1.0.3', true]);
    expect(body.authority.account.name).toBe(file.cairn.master.id);
  });

  it('Q25: moments long ago, in the future and without a zone', async () => {
    for (const timestamp of ['1999-12-31T23:59:59Z', '2999-01-01T00:00:00.000Z', '2020-01-01T12:00:00']) {
      expect((await isTaken({ timestamp })).timestamp).toBe(timestamp);
    }
  });

  it('Q26: more goes behind the origin', async () => {
    await post([statementOf(), statementOf(), statementOf()]).expect(200);
    const { more } = (await file.cairn.all.get(STATEMENTS)).body;
    expect(more).toMatch(/^\/xapi\/statements\/more\/[\w.-]+$/);
    expect(new URL(more, 'https://lrs.example.org:8080').href).toBe(`https://lrs.example.org:8080${more}`);
    await file.cairn.all.get(more).expect(200);
  });

  it('Q27: 1.0.1 is among the versions', async () => {
    expect((await file.cairn.bare.get('/xapi/about').expect(200)).body.version).toContain('1.0.1');
  });

  it('Q29: the tag is the SHA-1 that the client computes over its own text', async () => {
    const text = '{"bookmark":"Füße – 日本 😀"}';
    const path = `/xapi/agents/profile?${query({ agent: ADA, profileId: randomUUID() })}`;
    const tag = `"${createHash('sha1').update(text, 'utf8').digest('hex')}"`;
    await file.cairn.all.put(path).set('If-None-Match', '*').type('application/json').send(text).expect(204);
    expect((await file.cairn.all.get(path)).headers['etag']).toBe(tag);
    await file.cairn.all.put(path).set('If-Match', tag).type('application/json').send('{}').expect(204);
  });
});
