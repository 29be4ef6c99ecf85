import {
  deepStatement,
  fileOf,
  JSON_TYPE,
  nested,
  STATEMENTS,
  send,
  state,
  WAYS,
} from './deep-statements.ts';
import { cairnOfFile, withCairn } from './start-cairn.ts';
import { query, statementOf } from './statement-parts.ts';

describe('what nests deeper than CAIRN_MAX_DEPTH', () => {
  const file = cairnOfFile();

  it.each(WAYS)(
    'is refused with 413 as a statement by %s, and what is as deep is taken',
    async (_, way, index) => {
      const [good, bad] = [deepStatement(100), deepStatement(101)];
      expect([200, 204]).toContain((await way(file.cairn, good)).status);
      const { status, text } = await way(file.cairn, bad);
      expect(status).toBe(413);
      const message =
        'Arrays and objects are nested more than 100 deep, the limit that CAIRN_MAX_DEPTH sets.';
      expect(JSON.parse(text)).toMatchObject({
        reason: 'too-large',
        problems: [{ index, pointer: '', message }],
      });
      expect((await file.cairn.wire({ path: fileOf(good) })).status).toBe(200);
      expect((await file.cairn.wire({ path: fileOf(bad) })).status).toBe(404);
    },
  );

  it('counts the list that a lone activity becomes, so that what is answered can be sent again', async () => {
    const lone = (depth: number) => {
      const definition = { extensions: { 'a:a': nested(depth - 7) } };
      const parent = { id: 'a:a', definition };
      return statementOf({ context: { contextActivities: { parent } } });
    };
    await file.cairn.all
      .post(STATEMENTS)
      .send([statementOf(), lone(101)])
      .expect(413);
    const good = lone(100);
    await file.cairn.all.post(STATEMENTS).send(good).expect(200);
    const { text } = await file.cairn.wire({ path: fileOf(good) });
    expect((await send(file.cairn, 'POST', STATEMENTS, text)).status).toBe(200);
  });

  it.each([
    ['arrays', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['open brackets', '['.repeat(1_000_000)],
    ['open braces', '{"a":'.repeat(200_000)],
  ])('is refused however deep it is: %s', async (name, body) => {
    for (const version of ['1.0.3', '2.0.0']) {
      const headers = { 'Content-Type': JSON_TYPE, 'X-Experience-API-Version': version };
      const post = { method: 'POST', headers, body };
      expect((await file.cairn.wire({ ...post, path: STATEMENTS })).status).toBe(413);
      expect((await file.cairn.wire({ ...post, path: state(name) })).status).toBe(413);
    }
    expect((await send(file.cairn, 'PUT', state(name), body)).status).toBe(204);
    const { status, text } = await send(file.cairn, 'POST', state(name), '{}');
    expect([status, JSON.parse(text).reason]).toEqual([400, 'document-invalid']);
  });

  it('is refused as a JSON document, where JSON is read, and changes nothing', async () => {
    const [good, bad] = [nested(100), nested(101)].map((value) => JSON.stringify(value)) as [string, string];
    const path = state('merged');
    expect((await send(file.cairn, 'POST', path, good)).status).toBe(204);
    for (const text of [bad, `{"b":${bad}}`]) {
      expect((await send(file.cairn, 'POST', path, text)).status).toBe(413);
    }
    expect((await file.cairn.wire({ path })).text).toBe(good);
    const put = file.cairn.all2.put(state('put')).type(JSON_TYPE);
    expect((await put.send(bad).expect(413)).body.reason).toBe('too-large');
  });

  it.each([
    [90, nested(90)],
    [500, nested(500)],
    [1500, '['.repeat(1500)],
  ])('is no agent, which is told as 400: %d deep', async (_, agent) => {
    for (const path of [STATEMENTS, '/xapi/agents']) {
      const { status, text } = await file.cairn.wire({ path: `${path}?${query({ agent })}` });
      expect([status, JSON.parse(text).reason]).toEqual([400, 'parameter-invalid']);
    }
  });
});

it('what was stored stays readable and comparable when the limit is lowered', async () => {
  await withCairn({ settings: { maxDepth: 1000 } }, async (cairn) => {
    const sent = deepStatement(1000);
    await cairn.all.post(STATEMENTS).send(sent).expect(200);
    Object.assign(cairn.services.settings, { maxDepth: 10 });
    expect((await cairn.wire({ path: fileOf(sent) })).text).toContain(JSON.stringify(nested(997)));
    await cairn.all
      .post(STATEMENTS)
      .send(statementOf({ id: sent.id }))
      .expect(409);
    await cairn.all.post(STATEMENTS).send(sent).expect(413);
    expect(cairn.faults).toEqual([]);
  });
});
