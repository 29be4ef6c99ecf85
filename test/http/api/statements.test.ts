import { setTimeout as pause } from 'node:timers/promises';
import type { Services } from '../../../src/http/services.ts';
import { type CairnOptions, cairnOfFile, withCairn } from '../start-cairn.ts';
import { ADA, query, statementOf } from '../statement-parts.ts';
import { listen } from './listen.ts';

const file = cairnOfFile();
const BO = { mbox: 'mailto:bo@example.org' };

describe('GET /api/v1/statements/count', () => {
  it('counts what a list would have, voided ones left out', async () => {
    const all = Array.from({ length: 230 }, (_, n) => statementOf({ actor: n % 3 === 0 ? BO : ADA }));
    await file.cairn.all.post('/xapi/statements').send(all).expect(200);
    const countOf = async (parameters: Readonly<Record<string, unknown>> = {}) =>
      (await file.cairn.all.get(`/api/v1/statements/count?${query(parameters)}`).expect(200)).body.count;
    expect(await countOf()).toBe(230);
    expect(await countOf({ agent: BO })).toBe(77);
    expect(await countOf({ agent: { mbox: 'mailto:nobody@example.org' } })).toBe(0);
    const voiding = {
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id: all[0]?.id },
    };
    await file.cairn.all
      .post('/xapi/statements')
      .send(statementOf({ ...voiding, actor: ADA }))
      .expect(200);
    expect(await countOf()).toBe(230);
    for (const agent of [ADA, BO]) {
      const listed = await file.cairn.all.get(`/xapi/statements?${query({ agent, limit: 0 })}`).expect(200);
      expect(await countOf({ agent })).toBe(listed.body.statements.length);
    }
    await file.cairn.all.get('/api/v1/statements/count?limit=1').expect(400);
  });

  it('counts for who reads only its own what it stored itself', async () => {
    const mine = await file.cairn.key('statements/write', 'statements/read/mine');
    const own = file.cairn.as(mine);
    const sent = [statementOf({ actor: ADA }), statementOf({ actor: BO })];
    await own.post('/xapi/statements').send(sent).expect(200);
    const answer = async (parameters: Readonly<Record<string, unknown>>) =>
      (await own.get(`/api/v1/statements/count?${query(parameters)}`).expect(200)).body.count;
    expect(await answer({})).toBe(2);
    expect(await answer({ agent: ADA })).toBe(1);
  });
});

describe('GET /api/v1/statements', () => {
  it('answers many by their ids, and says which are voided and which are not here', async () => {
    const [first, second, third] = [statementOf(), statementOf(), statementOf()];
    await file.cairn.all.post('/xapi/statements').send([first, second, third]).expect(200);
    const voiding = {
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id: second.id },
    };
    await file.cairn.all.post('/xapi/statements').send(statementOf(voiding)).expect(200);
    const none = '00000000-0000-4000-8000-00000000dead';
    const ids = [third.id.toUpperCase(), second.id, none, first.id, first.id].join(',');
    const { body } = await file.cairn.all.get(`/api/v1/statements?ids=${ids}`).expect(200);
    expect(body.statements.map(({ id }: { id: string }) => id)).toEqual([third.id, second.id, first.id]);
    expect(body).toMatchObject({ voided: [second.id], missing: [none], left: [] });
    const exact = await file.cairn.all.get(`/xapi/statements?statementId=${first.id}`).expect(200);
    expect(body.statements[2]).toEqual(exact.body);
    await file.cairn.all.get('/api/v1/statements').expect(400);
    await file.cairn.all.get('/api/v1/statements?ids=x').expect(400);
    await file.cairn.all.get(`/api/v1/statements?ids=${Array(1001).fill(none).join(',')}`).expect(400);
    const stranger = file.cairn.as(await file.cairn.key('statements/read/mine'));
    const seen = await stranger.get(`/api/v1/statements?ids=${first.id}`).expect(200);
    expect(seen.body).toMatchObject({ statements: [], missing: [first.id] });
  });
});

describe('GET /api/v1/statements/stream', () => {
  const url = (parameters: Readonly<Record<string, unknown>> = {}) =>
    `${file.cairn.origin}/api/v1/statements/stream?${query(parameters)}`;
  const key = () => file.cairn.master.authorization;

  it('tells what is stored from now on, in order, each once, however much comes at once', async () => {
    await file.cairn.all.post('/xapi/statements').send(statementOf()).expect(200);
    const stream = await listen(url(), key());
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    const batches = Array.from({ length: 20 }, () => Array.from({ length: 13 }, () => statementOf()));
    await Promise.all(
      batches.map((batch) => file.cairn.all.post('/xapi/statements').send(batch).expect(200)),
    );
    const events = await stream.take(260);
    const positions = events.map(({ id }) => Number(id));
    expect(positions).toEqual(positions.toSorted((one, other) => one - other));
    const ids = events.map(({ data }) => JSON.parse(data).id);
    expect([...ids].sort()).toEqual(
      batches
        .flat()
        .map(({ id }) => id)
        .sort(),
    );
    stream.close();
  });

  it('does not begin behind what is stored: what comes till then would be missed in silence', async () => {
    const head = file.cairn.services.statements.head();
    const ask = (headers: Record<string, string>, after = '') =>
      fetch(`${url()}${after}`, { headers: { Authorization: key(), ...headers } });
    expect((await ask({ 'Last-Event-ID': String(head + 1) })).status).toBe(400);
    expect((await ask({}, `after=${head + 1}`)).status).toBe(400);
    const stream = await listen(url({ after: head }), key());
    stream.close();
  });

  it('tells in one go what is stored one by one, and of one alone at once', async () => {
    let pages = 0;
    const services: CairnOptions['services'] = (given) => {
      const page: Services['statements']['page'] = (asked) => {
        pages += 1;
        return given.statements.page(asked);
      };
      return { ...given, statements: { ...given.statements, page } };
    };
    await withCairn({ services }, async (cairn) => {
      const stream = await listen(`${cairn.origin}/api/v1/statements/stream`, cairn.master.authorization);
      await pause(150);
      const began = performance.now();
      for (let n = 0; n < 50; n += 1)
        await cairn.all.post('/xapi/statements').send(statementOf()).expect(200);
      expect(await stream.take(50)).toHaveLength(50);
      expect(pages).toBeLessThan(4 + (performance.now() - began) / 90);
      stream.close();
    });
  });

  it('goes on behind the last event that was read, and filters as GET does', async () => {
    const first = await listen(url({ agent: BO }), key());
    const sent = Array.from({ length: 9 }, (_, n) => statementOf({ actor: n % 3 === 0 ? BO : ADA }));
    for (const one of sent) await file.cairn.all.post('/xapi/statements').send(one).expect(200);
    const [one] = await first.take(1);
    first.close();
    expect(JSON.parse(one?.data ?? '').id).toBe(sent[0]?.id);
    const again = await listen(url({ agent: BO }), key(), { 'Last-Event-ID': one?.id ?? '' });
    expect((await again.take(2)).map(({ data }) => JSON.parse(data).id)).toEqual([sent[3]?.id, sent[6]?.id]);
    again.close();
    const after = await listen(url({ agent: BO, after: Number(one?.id) }), key());
    expect(JSON.parse((await after.take(1))[0]?.data ?? '').id).toBe(sent[3]?.id);
    after.close();
  });

  it('is refused to who reads only its own, and with an id that is none', async () => {
    const mine = await file.cairn.key('statements/read/mine');
    expect((await listen(url(), mine.authorization)).response.status).toBe(403);
    expect((await listen(url(), key(), { 'Last-Event-ID': 'x' })).response.status).toBe(400);
    expect((await listen(url({ limit: 5 }), key())).response.status).toBe(400);
  });

  it('ends when its key is revoked or gets another secret, before anything more is told', async () => {
    const { credentials } = file.cairn.storage;
    const acts = [
      (id: string) => credentials.revoke(id),
      (id: string) => credentials.rotate(id, 'a'.repeat(64)),
      (id: string) => credentials.change(id, { expires: 1 }),
    ];
    for (const act of acts) {
      const reader = await file.cairn.key('statements/read');
      const stream = await listen(url(), reader.authorization);
      await file.cairn.all.post('/xapi/statements').send(statementOf()).expect(200);
      expect(await stream.take(1)).toHaveLength(1);
      await act(reader.id);
      await file.cairn.all.post('/xapi/statements').send(statementOf()).expect(200);
      expect(await stream.take(1)).toEqual([]);
    }
  });

  it('never slows a writer for a reader who does not read, and ends when Cairn does', async () => {
    const slow = await fetch(url(), { headers: { Authorization: key() } });
    const large = () => statementOf({ result: { response: 'x'.repeat(100_000) } });
    for (let round = 0; round < 20; round += 1) {
      await file.cairn.all
        .post('/xapi/statements')
        .send(Array.from({ length: 10 }, large))
        .expect(200);
    }
    await file.cairn.reopen();
    const text = await slow.text().catch(() => '');
    expect(text.length).toBeLessThan(20_000_000);
    await pause(0);
  });
});
