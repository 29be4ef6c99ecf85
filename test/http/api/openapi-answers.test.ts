import { type Sender, stopSenders, until } from '../../forwarding/sender.ts';
import { uuid } from '../../storage/sample-statements.ts';
import { cairnOfFile, withCairn } from '../start-cairn.ts';
import { query, statementOf, voiding } from '../statement-parts.ts';
import { askAboutMetrics } from './ask-about-metrics.ts';
import { askAboutPeople } from './ask-about-people.ts';
import { listen } from './listen.ts';
import { type Answer, type Operation, operations, unlike, wrongBody } from './openapi-document.ts';
import { senderToNobody } from './sender-to-nobody.ts';

let sender: Sender;
beforeAll(async () => {
  sender = await senderToNobody('warehouse');
});
afterAll(stopSenders);
const file = cairnOfFile({
  settings: { maxBody: 20_000 },
  services: (services) => ({ ...services, forwards: sender.forwards }),
});
/** Which statuses have been seen of each operation. */
const seen = new Map<string, Set<number>>();

/** Compares what came with what the document says of it. */
const check = (name: string, answer: Answer, status: number): void => {
  const operation = operations.find((one) => one.name === name) as Operation;
  expect([name, answer.status, answer.status === status ? '' : answer.text]).toEqual([name, status, '']);
  expect([name, status, unlike(operation, answer)]).toEqual([name, status, []]);
  seen.set(name, new Set([...(seen.get(name) ?? []), status]));
};
const wished = (name: string, body: object): object => {
  expect([name, wrongBody(operations.find((one) => one.name === name) as Operation, body)]).toEqual([
    name,
    [],
  ]);
  return body;
};
const admin = async () => file.cairn.as(await file.cairn.key('admin', 'all'));
const API = '/api/v1';
type Body = Record<string, never> & { readonly id: string };

describe('real answers are as specs/openapi.json has them', () => {
  it('when nobody, or somebody who may not, or with an unknown parameter asks', async () => {
    const [good, poor] = [await admin(), file.cairn.as(await file.cairn.key('profile'))];
    for (const { name, path, security } of operations.filter((one) => one.path.startsWith(API))) {
      const at = path.replace(/\{\w+\}/, 'x');
      const ask = (agent: typeof good, query = '') => {
        const method = name.split(' ', 1)[0]?.toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
        return agent[method](`${at}${query}`);
      };
      check(name, await ask(good, '?odd=1'), 400);
      if (security.length === 0) continue;
      check(name, await ask(file.cairn.bare), 401);
      check(name, await ask(poor), 403);
    }
  });

  it('of the server', async () => {
    const agent = await admin();
    check(`GET ${API}/openapi.json`, await file.cairn.bare.get(`${API}/openapi.json`), 200);
    check(`GET ${API}/status`, await agent.get(`${API}/status`), 200);
    check('GET /health/live', await file.cairn.bare.get('/health/live'), 200);
    check('GET /health/ready', await file.cairn.bare.get('/health/ready'), 200);
    check('GET /metrics', await agent.get('/metrics'), 200);
    check('GET /metrics', await file.cairn.bare.get('/metrics'), 401);
    check('GET /metrics', await file.cairn.all.get('/metrics'), 403);
  });

  it('of credentials', async () => {
    const agent = await admin();
    const at = `${API}/credentials`;
    const wish = {
      id: 'lms',
      label: 'An LMS',
      scopes: ['statements/write'],
      expires: '2100-01-01T00:00:00Z',
      quarantines: true,
    };
    check(`POST ${at}`, await agent.post(at).send(wished(`POST ${at}`, wish)), 201);
    check(`POST ${at}`, await agent.post(at).send(wish), 409);
    check(`POST ${at}`, await agent.post(at).send({ ...wish, odd: 1 }), 400);
    check(`POST ${at}`, await agent.post(at).send({ label: 'x'.repeat(30_000) }), 413);
    const made = await agent.post(at).send(wished(`POST ${at}`, { scopes: ['all'], expires: null }));
    check(`POST ${at}`, made, 201);
    expect(wrongBody(operations.find(({ name }) => name === `POST ${at}`) as Operation, {})).toHaveLength(1);
    await file.cairn
      .as(`Bearer ${(made.body as Body)['bearer']}`)
      .get('/xapi/statements')
      .expect(200);
    const one = `${at}/{id}`;
    check(`GET ${one}`, await agent.get(`${at}/lms`), 200);
    check(`GET ${one}`, await agent.get(`${at}/none`), 404);
    const change = wished(`PATCH ${one}`, { label: 'It', expires: null, quarantines: false });
    check(`PATCH ${one}`, await agent.patch(`${at}/lms`).send(change), 200);
    check(`PATCH ${one}`, await agent.patch(`${at}/none`).send(change), 404);
    check(`POST ${one}/secret`, await agent.post(`${at}/lms/secret`), 200);
    check(`POST ${one}/secret`, await agent.post(`${at}/none/secret`), 404);
    check(`DELETE ${one}`, await agent.delete(`${at}/lms`), 204);
    check(`DELETE ${one}`, await agent.delete(`${at}/none`), 404);
    check(`GET ${at}`, await agent.get(at), 200);
  });

  it('of launches', async () => {
    const agent = await admin();
    const at = `${API}/launches`;
    const wish = {
      actor: { objectType: 'Agent', name: 'Ada', account: { homePage: 'https://example.org/', name: 'ada' } },
      registration: '00000000-0000-4000-8000-0000000000aa',
      activities: ['https://example.org/course'],
      verbs: ['https://example.org/verbs/did'],
      scopes: ['statements/write'],
      minutes: 5,
    };
    const made = await agent.post(at).send(wished(`POST ${at}`, { ...wish, deliver: 'fetch' }));
    check(`POST ${at}`, made, 201);
    const plain = { actor: { mbox: 'mailto:a@example.org' }, deliver: 'auth' };
    check(`POST ${at}`, await agent.post(at).send(wished(`POST ${at}`, plain)), 201);
    check(`POST ${at}`, await agent.post(at).send({ ...wish, minutes: 0 }), 400);
    const { pathname } = new URL((made.body as Body)['fetch'] ?? '');
    for (const _ of ['the token', 'used'])
      check('POST /launch/{token}', await file.cairn.bare.post(pathname), 200);
    check('POST /launch/{token}', await file.cairn.bare.get(pathname), 405);
    const { id } = made.body as Body;
    check(`GET ${at}`, await agent.get(at), 200);
    check(`GET ${API}/credentials`, await agent.get(`${API}/credentials`), 200);
    check(`GET ${API}/credentials/{id}`, await agent.get(`${API}/credentials/${id}`), 200);
    check(`DELETE ${at}/{id}`, await agent.delete(`${at}/${id}`), 204);
    check(`DELETE ${at}/{id}`, await agent.delete(`${at}/none`), 404);
  });

  it('of statements', async () => {
    const at = `${API}/statements`;
    const [one, other] = [statementOf(), statementOf()];
    await file.cairn.all.post('/xapi/statements').send([one, other]).expect(200);
    await file.cairn.all.post('/xapi/statements').send(voiding(other.id)).expect(200);
    const ids = [one.id, other.id, statementOf().id].join(',');
    check(`GET ${at}`, await file.cairn.all.get(`${at}?ids=${ids}`), 200);
    check(`GET ${at}`, await file.cairn.all.get(at), 400);
    const filters = query({ agent: one['actor'], since: '2020-01-01T00:00:00Z', related_agents: true });
    check(`GET ${at}/count`, await file.cairn.all.get(`${at}/count?${filters}`), 200);
    check(`GET ${at}/count`, await file.cairn.all.get(`${at}/count?verb=x`), 400);
  });

  it('of the stream', async () => {
    const name = `GET ${API}/statements/stream`;
    const url = `${file.cairn.origin}${API}/statements/stream?after=0`;
    const { authorization } = file.cairn.master;
    const streams = await Promise.all(Array.from({ length: 100 }, () => listen(url, authorization)));
    const { response } = streams[0] as (typeof streams)[number];
    check(name, { status: response.status, headers: Object.fromEntries(response.headers), text: '' }, 200);
    check(name, await file.cairn.all.get(`${API}/statements/stream`), 503);
    for (const stream of streams) stream.close();
    check(name, await file.cairn.all.get(`${API}/statements/stream`).set('Last-Event-ID', 'x'), 400);
  });

  it('of sending on', async () => {
    const agent = await admin();
    const at = `${API}/forwards`;
    await until(async () => (await sender.forwards.list())[0]?.failing !== undefined);
    const failing = await agent.get(at);
    check(`GET ${at}`, failing, 200);
    expect(failing.body.forwards[0]).toHaveProperty('failing.nextTry');
    expect(failing.body.forwards[0]).toHaveProperty('lastSuccess');
    const letters = `${at}/{name}/dead-letters`;
    check(`GET ${letters}`, await agent.get(`${at}/warehouse/dead-letters?limit=1`), 200);
    check(`GET ${letters}`, await agent.get(`${at}/warehouse/dead-letters?after=1`), 200);
    check(`GET ${letters}`, await agent.get(`${at}/none/dead-letters`), 404);
    for (const act of ['retries', 'discards']) {
      const name = `POST ${at}/{name}/${act}`;
      const which = wished(name, { statements: [uuid(1)] });
      check(name, await agent.post(`${at}/warehouse/${act}`).send(which), 200);
      check(name, await agent.post(`${at}/none/${act}`), 404);
      check(name, await agent.post(`${at}/warehouse/${act}`).send({ statements: ['x'] }), 400);
    }
  });

  it('of quarantine', async () => {
    const agent = await admin();
    const at = `${API}/quarantine`;
    const key = await file.cairn.key('statements/write');
    await file.cairn.storage.credentials.change(key.id, { quarantines: true });
    const lms = file.cairn.as(key);
    const bad = (n: number) => ({ ...statementOf(), x: n });
    for (const n of [1, 2])
      await lms
        .post('/xapi/statements')
        .send([bad(n)])
        .expect(400);
    const { id: statementId, ...nameless } = statementOf();
    await lms
      .put(`/xapi/statements?statementId=${statementId}`)
      .send({ ...nameless, x: 3 })
      .expect(400);
    const list = await agent.get(`${at}?limit=2`);
    check(`GET ${at}`, list, 200);
    const rest = await agent.get(`${at}${list.body.more}`);
    check(`GET ${at}`, rest, 200);
    expect(rest.body.quarantine[0].statementId).toBe(statementId);
    const [first, second] = list.body.quarantine as readonly Body[];
    const one = `${at}/{id}`;
    check(`GET ${one}`, await agent.get(`${at}/${first?.id}`), 200);
    check(`GET ${one}`, await agent.get(`${at}/none`), 404);
    check(`DELETE ${one}`, await agent.delete(`${at}/${second?.id}`), 204);
    check(`DELETE ${one}`, await agent.delete(`${at}/${second?.id}`), 404);
    const name = `POST ${one}/statements`;
    check(name, await agent.post(`${at}/${first?.id}/statements`), 400);
    const good = wished(name, [statementOf()]);
    check(name, await agent.post(`${at}/${first?.id}/statements`).send(good), 200);
    check(name, await agent.post(`${at}/${first?.id}/statements`).send(good), 404);
  });

  it('of people and of metrics', async () => {
    await askAboutPeople(file.cairn.as(await file.cairn.key('people')), check, wished);
    await askAboutMetrics(file.cairn, check, wished);
  });

  it('when it goes wrong by our own fault', async () => {
    const broken = () => Promise.reject(new Error('broken'));
    const services = { proveWritable: broken, status: broken };
    await withCairn({ services: (given) => ({ ...given, ...services }) }, async (cairn) => {
      const agent = cairn.as(await cairn.key('admin'));
      check(`GET ${API}/status`, await agent.get(`${API}/status`), 500);
      check('GET /health/ready', await cairn.bare.get('/health/ready'), 503);
      expect(cairn.faults.splice(0)).toHaveLength(1);
    });
  });

  it('when a key has been refused too often', async () => {
    await withCairn({ settings: { refusedLogins: 1 } }, async (cairn) => {
      const agent = cairn.as('Basic eDp5');
      check(`GET ${API}/status`, await agent.get(`${API}/status`), 401);
      check(`GET ${API}/status`, await agent.get(`${API}/status`), 429);
      check('GET /metrics', await agent.get('/metrics'), 429);
    });
  });

  it('of every operation: one that did it and, where there is one, one that refused', () => {
    const statuses = (name: string) => [...(seen.get(name) ?? [])];
    const isGood = (status: number) => status < 300;
    const described = operations.map(
      ({ name, responses }) => [name, Object.keys(responses).map(Number)] as const,
    );
    for (const [name, told] of described) {
      expect([name, statuses(name).some(isGood)]).toEqual([name, true]);
      expect([name, statuses(name).some((one) => !isGood(one))]).toEqual([
        name,
        told.some((one) => !isGood(one)),
      ]);
    }
  });
});
