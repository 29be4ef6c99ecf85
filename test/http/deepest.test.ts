import { certificateOf, signed } from '../xapi/jws.ts';
import { deepStatement, fileOf, nested, STATEMENTS, send, state, WAYS } from './deep-statements.ts';
import { attaching, multipartOf } from './multipart-request.ts';
import { cairnOfFile } from './start-cairn.ts';
import { type Json, query, statementOf } from './statement-parts.ts';

describe('where CAIRN_MAX_DEPTH is 1000, the highest', () => {
  const file = cairnOfFile({ settings: { maxDepth: 1000 } });
  const activity = (depth: number, core: unknown = 1) => ({
    id: 'https://example.org/deep',
    objectType: 'Activity',
    definition: { name: { en: 'deep', de: 'tief' }, extensions: { 'a:a': nested(depth, core) } },
  });
  const everywhere = (core: unknown = 1, more: Json = {}) =>
    statementOf({
      object: activity(990),
      result: { extensions: { 'a:r': nested(990, core) } },
      context: {
        contextActivities: { parent: [{ ...activity(990), id: 'a:parent' }] },
        extensions: { 'a:c': nested(990, core) },
      },
      ...more,
    });
  const inside = (core: unknown = 1) => {
    const { id: _, ...inner } = everywhere(core);
    return statementOf({ object: { ...inner, objectType: 'SubStatement' } });
  };
  const read = (id: string, format: string) =>
    file.cairn.all.get(`${STATEMENTS}?${query({ statementId: id, format })}`).expect(200);

  it.each(WAYS)('a statement 1000 deep is taken by %s, and deeper is 413', async (_, way) => {
    expect([200, 204]).toContain((await way(file.cairn, deepStatement(1000))).status);
    const { status, text } = await way(file.cairn, deepStatement(1001));
    expect([status, JSON.parse(text).message]).toEqual([413, expect.stringContaining('CAIRN_MAX_DEPTH')]);
  });

  it.each([
    ['990 deep', everywhere],
    ['in a SubStatement', inside],
  ])('extensions %s come back in each format, before and after a restart', async (_, make) => {
    const sent = make();
    await file.cairn.all.post(STATEMENTS).send(sent).expect(200);
    for (const reopens of [false, true]) {
      if (reopens) await file.cairn.reopen();
      expect(JSON.stringify((await read(sent.id, 'exact')).body)).toContain(JSON.stringify(sent['object']));
      expect((await read(sent.id, 'ids')).text).not.toContain('definition');
      const canonical = (await read(sent.id, 'canonical').set('Accept-Language', 'de')).text;
      expect(canonical).toContain(`"extensions":{"a:a":${JSON.stringify(nested(990))}}`);
      expect(canonical).toContain('"name":{"de":"tief"}');
    }
    const known = await file.cairn.all
      .get(`/xapi/activities?${query({ activityId: 'a:parent' })}`)
      .expect(200);
    expect(JSON.stringify(known.body)).toContain(JSON.stringify(nested(990)));
  });

  it.each([
    ['990 deep', everywhere],
    ['in a SubStatement', inside],
  ])('extensions %s are compared to their end when they are sent again', async (_, make) => {
    const sent = make();
    const other = { ...make(2), id: sent.id };
    for (const agent of [file.cairn.all, file.cairn.all2]) {
      await agent.post(STATEMENTS).send(sent).expect(200);
      await agent.post(STATEMENTS).send(other).expect(409);
      await agent.post(STATEMENTS).send([other, other]).expect(400);
    }
    await file.cairn.all.put(fileOf(sent)).send(sent).expect(204);
    await file.cairn.all.put(fileOf(sent)).send(other).expect(409);
  });

  it('a definition that is said again and otherwise is folded', async () => {
    for (const core of [1, 2, 2, nested(5)]) {
      await file.cairn.all
        .post(STATEMENTS)
        .send(statementOf({ object: activity(980, core) }))
        .expect(200);
    }
    const { text } = await file.cairn.wire({ path: `/xapi/activities?activityId=${activity(1).id}` });
    expect(text).toContain(JSON.stringify(nested(980, nested(5))));
  });

  it.each([
    ['where no extension may be', { result: { score: nested(990) } }],
    ['as a value of another kind', { verb: { id: nested(990), display: { en: nested(990) } } }],
    ['in place of a group', { actor: { objectType: 'Group', member: [nested(990), { mbox: nested(990) }] } }],
    ['beside a key that repeats', { context: { extensions: { 'a:a': nested(980, { x: 1, y: 1 }) } } }],
  ])('depth %s is explained', async (name, wrong) => {
    const text = JSON.stringify(statementOf(wrong)).replace('"x":1,"y":1', '"x":1,"x":1');
    const { status, text: answer } = await send(file.cairn, 'POST', STATEMENTS, text);
    const { reason, problems } = JSON.parse(answer);
    const repeats = name.includes('repeats');
    expect([status, reason]).toEqual([400, repeats ? 'json-invalid' : 'statement-invalid']);
    if (repeats) expect(problems[0].pointer).toMatch(/^\/context\/extensions\/a:a\/[a0/]+\/x$/);
  });

  it('a signature is checked against all of it', async () => {
    const usageType = 'http://adlnet.gov/expapi/attachments/signature';
    const header = { alg: 'RS256', x5c: [certificateOf('signer')] };
    for (const [core, status] of [
      [1, 200],
      [2, 400],
    ] as const) {
      const statement = everywhere();
      const jws = Buffer.from(signed({ ...everywhere(core), id: statement.id }, header));
      const whole = { ...statement, attachments: [attaching(jws, { usageType })] };
      const made = multipartOf(whole, [jws]);
      expect((await send(file.cairn, 'POST', STATEMENTS, made.body, made.contentType)).status).toBe(status);
    }
    const members = { actor: { objectType: 'Group', member: [nested(990), nested(991)] } };
    const jws = Buffer.from(signed(statementOf(members), header));
    const made = multipartOf(statementOf({ attachments: [attaching(jws, { usageType })] }), [jws]);
    expect((await send(file.cairn, 'POST', STATEMENTS, made.body, made.contentType)).status).toBe(400);
  });

  it('documents are merged, and lists are as long as they are', async () => {
    const deep = JSON.stringify({ a: nested(999) });
    const path = state('deep');
    for (const text of [deep, '{"b":1}', deep]) {
      expect((await send(file.cairn, 'POST', path, text)).status).toBe(204);
    }
    expect((await file.cairn.wire({ path })).text).toBe(`${deep.slice(0, -1)},"b":1}`);
  });
});
