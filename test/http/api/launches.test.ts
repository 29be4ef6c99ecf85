import { cairnOfFile } from '../start-cairn.ts';
import { statementOf } from '../statement-parts.ts';

const file = cairnOfFile();

const LEARNER = { mbox: 'mailto:learner@example.org' };
const OTHER = { mbox: 'mailto:other@example.org' };
const REGISTRATION = '00000000-0000-4000-8000-0000000000aa';
const COURSE = 'https://example.org/course';
const LAUNCH = { actor: LEARNER, registration: REGISTRATION, activities: [COURSE] };

const launchOf = async (wish: object = LAUNCH) => {
  const lms = file.cairn.as(await file.cairn.key('launch'));
  const { body } = await lms.post('/api/v1/launches').send(wish).expect(201);
  return { lms, body };
};
/** As content does: fetches its token, and signs in with it. */
const contentOf = async (wish: object = LAUNCH) => {
  const { lms, body } = await launchOf(wish);
  const fetched = await file.cairn.bare.post(new URL(body.fetch).pathname).expect(200);
  return { lms, launch: body, content: file.cairn.as(`Basic ${fetched.body['auth-token']}`) };
};
const about = (change: object = {}) =>
  statementOf({ actor: LEARNER, object: { id: COURSE }, context: { registration: REGISTRATION }, ...change });

describe('a launch', () => {
  it('gives its token once, even when a hundred ask at once', async () => {
    const { body } = await launchOf();
    const path = new URL(body.fetch).pathname;
    const asking = Array.from({ length: 100 }, () =>
      file.cairn.wire({ method: 'POST', path, headers: { Authorization: [] } }),
    );
    const answers = await Promise.all(asking);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const tokens = answers.flatMap(({ text }) => JSON.parse(text)['auth-token'] ?? []);
    expect(tokens).toHaveLength(1);
    const refusals = answers.flatMap(({ text }) => JSON.parse(text)['error-code'] ?? []);
    expect(refusals).toEqual(Array(99).fill('1'));
    await file.cairn.as(`Basic ${tokens[0]}`).post('/xapi/statements').send(about()).expect(200);
  });

  it('gives nothing to another token, another method or another launch', async () => {
    const { body } = await launchOf();
    const path = new URL(body.fetch).pathname;
    const wrong = await file.cairn.bare.post(`${path}x`).expect(200);
    expect(wrong.body).toMatchObject({ 'error-code': '2' });
    const unknown = await file.cairn.bare.post('/launch/cl_none.x').expect(200);
    expect(unknown.body).toMatchObject({ 'error-code': '2' });
    await file.cairn.bare.get(path).expect(405);
    const asked = await file.cairn.bare.options(path).set('Origin', 'https://content.example').expect(204);
    expect(asked.headers['access-control-allow-origin']).toBe('*');
    const good = await file.cairn.bare.post(path).expect(200);
    expect(good.body).toHaveProperty('auth-token');
    expect(good.headers['cache-control']).toBe('no-store');
  });

  it('is handed out ready for the URL of the content', async () => {
    const { body } = await launchOf();
    const query = new URLSearchParams(body.query);
    expect(query.get('endpoint')).toBe(body.endpoint);
    expect(query.get('fetch')).toBe(body.fetch);
    expect(JSON.parse(query.get('actor') ?? '')).toEqual({ objectType: 'Agent', ...LEARNER });
    expect([query.get('registration'), query.get('activityId')]).toEqual([REGISTRATION, COURSE]);
    const legacy = await launchOf({ ...LAUNCH, deliver: 'auth' });
    expect(new URLSearchParams(legacy.body.query).get('activity_id')).toBe(COURSE);
    await file.cairn.as(legacy.body.auth).post('/xapi/statements').send(about()).expect(200);
    expect(legacy.body).not.toHaveProperty('fetch');
  });

  it('lets its content store what it is bound to, and nothing else', async () => {
    const { content } = await contentOf({ ...LAUNCH, verbs: ['https://example.org/verbs/did'] });
    const did = { verb: { id: 'https://example.org/verbs/did' } };
    for (const object of [{ id: COURSE }, { id: `${COURSE}/page/1` }, { id: `${COURSE}#q1` }]) {
      await content
        .post('/xapi/statements')
        .send(about({ ...did, object }))
        .expect(200);
    }
    const outside: readonly (readonly [string, object])[] = [
      ['/actor', { actor: OTHER }],
      ['/actor', { actor: { ...LEARNER, objectType: 'Group' } }],
      ['/context/registration', { context: { registration: REGISTRATION.replace('aa', 'ab') } }],
      ['/context/registration', { context: {} }],
      ['/verb/id', { verb: { id: 'https://example.org/verbs/passed' } }],
      ['/object', { object: { id: `${COURSE}-2` } }],
      ['/object', { object: { id: 'https://example.org/' } }],
      ['/object', { object: { objectType: 'Agent', ...LEARNER } }],
    ];
    for (const [pointer, change] of outside) {
      const good = about(did);
      const bad = about({ ...did, ...change });
      const { body } = await content.post('/xapi/statements').send([good, bad]).expect(403);
      expect(body.problems).toMatchObject([{ index: 1, pointer }]);
      await file.cairn.all.get(`/xapi/statements?statementId=${good.id}`).expect(404);
      await content.put(`/xapi/statements?statementId=${bad.id}`).send(bad).expect(403);
    }
  });

  it('lets its content read what the learner did under the registration, and nothing else', async () => {
    const mine = about();
    await file.cairn.all
      .post('/xapi/statements')
      .send([
        mine,
        about({ actor: OTHER }),
        about({ context: { registration: REGISTRATION.replace('aa', 'ac') } }),
        statementOf({
          actor: OTHER,
          object: { objectType: 'StatementRef', id: mine.id },
          context: { registration: REGISTRATION },
        }),
        statementOf({
          actor: OTHER,
          object: { objectType: 'Agent', ...LEARNER },
          context: { registration: REGISTRATION },
        }),
      ])
      .expect(200);
    const { content } = await contentOf();
    const all = await content.get('/xapi/statements?limit=0').expect(200);
    for (const { actor, context } of all.body.statements) {
      expect(actor.mbox).toBe(LEARNER.mbox);
      expect(context.registration).toBe(REGISTRATION);
    }
    expect(all.body.statements.map(({ id }: { id: string }) => id)).toContain(mine.id);
    const others = await content
      .get(`/xapi/statements?agent=${encodeURIComponent(JSON.stringify(OTHER))}`)
      .expect(200);
    expect(others.body.statements).toEqual([]);
    await content.get(`/xapi/statements?statementId=${mine.id}`).expect(200);
  });

  it('lets its content keep state and read profiles of its learner alone', async () => {
    const { content } = await contentOf();
    const state = (change: object = {}) => {
      const address = {
        activityId: COURSE,
        agent: JSON.stringify(LEARNER),
        registration: REGISTRATION,
        ...change,
      };
      return `/xapi/activities/state?${new URLSearchParams({ stateId: 's', ...address })}`;
    };
    await content.put(state()).send({ a: 1 }).expect(204);
    expect((await content.get(state()).expect(200)).body).toEqual({ a: 1 });
    const refused = [
      { agent: JSON.stringify(OTHER) },
      { activityId: 'https://example.org/other' },
      { registration: REGISTRATION.replace('aa', 'ad') },
    ];
    for (const change of refused) {
      await content.put(state(change)).send({}).expect(403);
      await content.get(state(change)).expect(403);
      await content.delete(state(change)).expect(403);
    }
    const profile = (agent: object) =>
      `/xapi/agents/profile?${new URLSearchParams({ profileId: 'p', agent: JSON.stringify(agent) })}`;
    await content.put(profile(LEARNER)).set('If-None-Match', '*').send({}).expect(204);
    await content.get(profile(OTHER)).expect(403);
    const activity = `/xapi/activities/profile?${new URLSearchParams({ profileId: 'p', activityId: COURSE })}`;
    await content.get(activity).expect(404);
    await content.put(activity).set('If-None-Match', '*').send({}).expect(403);
    await content.get(`/xapi/agents?agent=${encodeURIComponent(JSON.stringify(LEARNER))}`).expect(200);
    await content.get(`/xapi/agents?agent=${encodeURIComponent(JSON.stringify(OTHER))}`).expect(403);
  });

  it('has nothing to say at /api/v1, and describes no activity', async () => {
    const { content } = await contentOf();
    await content.get('/api/v1/statements/count').expect(403);
    await content.get('/api/v1/statements/stream').expect(403);
    await content.post('/api/v1/launches').send(LAUNCH).expect(403);
    const described = about({ object: { id: `${COURSE}/x`, definition: { name: { en: 'Mine' } } } });
    await content.post('/xapi/statements').send(described).expect(200);
    const { body } = await file.cairn.all.get(
      `/xapi/activities?activityId=${encodeURIComponent(`${COURSE}/x`)}`,
    );
    expect(body).not.toHaveProperty('definition');
  });

  it('is over when its maker says so, when it expires, and soon after its content has terminated', async () => {
    const { lms, launch, content } = await contentOf();
    const stranger = file.cairn.as(await file.cairn.key('launch'));
    await stranger.delete(`/api/v1/launches/${launch.id}`).expect(404);
    expect((await stranger.get('/api/v1/launches').expect(200)).body.launches).toEqual([]);
    const terminated = { verb: { id: 'http://adlnet.gov/expapi/verbs/terminated' } };
    await content.post('/xapi/statements').send(about(terminated)).expect(200);
    const [listed] = (await lms.get('/api/v1/launches').expect(200)).body.launches;
    expect(listed.id).toBe(launch.id);
    expect(Date.parse(listed.expires)).toBeLessThan(Date.now() + 6 * 60_000);
    await content.post('/xapi/statements').send(about()).expect(200);
    await lms.delete(`/api/v1/launches/${launch.id}`).expect(204);
    await content.post('/xapi/statements').send(about()).expect(401);
    expect((await lms.get('/api/v1/launches').expect(200)).body.launches).toEqual([]);
    const brief = await launchOf({ ...LAUNCH, minutes: 1 });
    await file.cairn.storage.credentials.change(brief.body.id, { expires: Date.now() * 1000 - 1 });
    const late = await file.cairn.bare.post(new URL(brief.body.fetch).pathname).expect(200);
    expect(late.body).toMatchObject({ 'error-code': '2' });
  });

  it('is handed out only for what may be launched, and to whom may launch', async () => {
    const { lms } = await launchOf();
    const odd = {
      actor: { name: 'x' },
      registration: '1',
      activities: ['a b'],
      scopes: ['all'],
      minutes: 0,
      deliver: 'mail',
      x: 1,
    };
    const { body } = await lms.post('/api/v1/launches').send(odd).expect(400);
    const pointers = body.problems.map(({ pointer }: { pointer: string }) => pointer);
    for (const name of ['/registration', '/activities', '/scopes', '/minutes', '/deliver', '/x'])
      expect(pointers).toContain(name);
    expect(pointers.some((pointer: string) => pointer.startsWith('/actor'))).toBe(true);
    await lms.post('/api/v1/launches').send({}).expect(400);
    const writer = file.cairn.as(await file.cairn.key('statements/write'));
    await writer.post('/api/v1/launches').send(LAUNCH).expect(403);
  });
});
