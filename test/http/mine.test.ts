import { attaching, multipartOf, partsOf } from './multipart-request.ts';
import { cairnOfFile, type Key } from './start-cairn.ts';
import { idsOf, query, referenceTo, statementOf, voiding } from './statement-parts.ts';

const file = cairnOfFile();
const STATEMENTS = '/xapi/statements';

describe('statements/read/mine', () => {
  let me: Key;
  let other: Key;
  beforeAll(async () => {
    me = await file.cairn.key('statements/write', 'statements/read/mine');
    other = await file.cairn.key('all');
  });
  const store = async (key: Key, statement: object) => {
    await file.cairn.as(key).post(STATEMENTS).send(statement).expect(200);
  };
  const seen = async (parameters: Record<string, unknown>) =>
    (await file.cairn.as(me).get(`${STATEMENTS}?${query(parameters)}`)).status;

  it('finds one’s own by id; what another stored is not there, and neither is what does not exist', async () => {
    const [mine, theirs] = [statementOf(), statementOf()];
    await store(me, mine);
    await store(other, theirs);
    expect(await seen({ statementId: mine.id })).toBe(200);
    const hidden = await file.cairn.as(me).get(`${STATEMENTS}?statementId=${theirs.id}`).expect(404);
    const absent = await file.cairn.as(me).get(`${STATEMENTS}?statementId=${statementOf().id}`).expect(404);
    const withoutId = (text: string) => text.replace(/[0-9a-f-]{36}/g, '');
    expect(withoutId(hidden.text)).toBe(withoutId(absent.text));
  });

  it('lists and pages one’s own only, whatever is asked for', async () => {
    const verb = 'https://example.org/verbs/mine';
    const mine = Array.from({ length: 5 }, () => statementOf({ verb: { id: verb } }));
    for (const statement of mine) {
      await store(other, statementOf({ verb: { id: verb } }));
      await store(me, statement);
    }
    await store(other, statementOf({ verb: { id: verb } }));
    const found: string[] = [];
    let path = `${STATEMENTS}?${query({ verb, limit: 2, ascending: true })}`;
    for (let pages = 1; ; pages += 1) {
      const { body } = await file.cairn.as(me).get(path).expect(200);
      found.push(...idsOf(body));
      path = body.more;
      if (path === '') {
        expect(pages).toBe(3);
        break;
      }
    }
    expect(found).toEqual(mine.map(({ id }) => id));
    const authority = { account: { homePage: file.cairn.services.installation, name: other.id } };
    const { body } = await file.cairn
      .as(me)
      .get(`${STATEMENTS}?${query({ agent: authority, related_agents: true })}`);
    expect(body.statements).toEqual([]);
  });

  it('sends the attachments of one’s own only', async () => {
    const verb = 'https://example.org/verbs/attached-by';
    for (const [key, text] of [
      [me, 'mine'],
      [other, 'theirs'],
    ] as const) {
      const bytes = Buffer.from(text);
      const statement = statementOf({ verb: { id: verb }, attachments: [attaching(bytes)] });
      const { contentType, body } = multipartOf(statement, [bytes]);
      await file.cairn.as(key).post(STATEMENTS).type(contentType).send(body).expect(200);
    }
    const { headers, bytes } = await file.cairn.wire({
      path: `${STATEMENTS}?${query({ verb, attachments: true })}`,
      headers: { Authorization: me.authorization },
    });
    const [, ...attached] = partsOf(headers['content-type'] as string, bytes);
    expect(attached.map(({ body }) => body.toString())).toEqual(['mine']);
  });

  it('finds one’s own that was voided, and not another’s', async () => {
    const [mine, theirs] = [statementOf(), statementOf()];
    await store(me, mine);
    await store(other, theirs);
    await store(other, voiding(mine.id));
    await store(other, voiding(theirs.id));
    expect(await seen({ statementId: mine.id })).toBe(404);
    expect(await seen({ voidedStatementId: mine.id })).toBe(200);
    expect(await seen({ voidedStatementId: theirs.id })).toBe(404);
  });

  it('learns nothing of what one’s own refer to: no filter finds them by it, nor tells of a next page', async () => {
    const verb = 'https://example.org/verbs/referred-by-me';
    const activity = 'https://example.org/referred-by-me';
    const registration = '22222222-3333-4444-8555-666666666666';
    const agent = { mbox: 'mailto:referred-by-me@example.org' };
    const context = { registration, instructor: agent };
    const target = statementOf({ actor: agent, verb: { id: verb }, object: { id: activity }, context });
    const theirs = { account: { homePage: file.cairn.services.installation, name: other.id } };
    const own = statementOf({ verb: { id: verb }, object: { id: 'a:own' } });
    await store(other, target);
    await store(me, own);
    for (let at = 0; at < 3; at += 1) await store(me, statementOf({ object: referenceTo(target.id) }));
    const list = async (parameters: Record<string, unknown>) =>
      (
        await file.cairn
          .as(me)
          .get(`${STATEMENTS}?${query(parameters)}`)
          .expect(200)
      ).body;
    for (const asked of [
      { activity },
      { registration },
      { agent },
      { agent, related_agents: true },
      { agent: theirs, related_agents: true },
      { verb, registration },
    ]) {
      expect(await list({ ...asked, limit: 1 })).toEqual({ statements: [], more: '' });
    }
    const found = await list({ verb, limit: 1 });
    expect([idsOf(found), found.more]).toEqual([[own.id], '']);
    const me_ = { account: { homePage: file.cairn.services.installation, name: me.id } };
    expect((await list({ verb, agent: me_, related_agents: true })).statements).toHaveLength(1);
  });

  it('learns nothing of what others say of an activity', async () => {
    const id = 'https://example.org/described-by-others';
    const sent = { name: { en: 'as sent' } };
    const mine = [statementOf({ object: { id } }), statementOf({ object: { id, definition: sent } })];
    await store(other, statementOf({ object: { id, definition: { name: { en: 'hidden' }, type: 'a:t' } } }));
    for (const statement of mine) await store(me, statement);
    const seenBy = async (key: Key) => {
      const canonical = query({ activity: id, format: 'canonical', ascending: true });
      const { body } = await file.cairn.as(key).get(`${STATEMENTS}?${canonical}`).expect(200);
      const alone = await file.cairn.as(key).get(`/xapi/activities?${query({ activityId: id })}`);
      const objects = (body.statements as { object: object }[]).map(({ object }) => object);
      return [alone.body, ...objects];
    };
    const nothing = { objectType: 'Activity', id };
    expect(await seenBy(me)).toEqual([nothing, { id }, { id, definition: sent }]);
    const known = { name: { en: 'hidden' }, type: 'a:t' };
    for (const scope of ['state', 'define', 'profile', 'statements/read'] as const) {
      const [alone, first] = await seenBy(await file.cairn.key('statements/read/mine', scope));
      expect(alone).toEqual({ ...nothing, definition: known });
      if (scope === 'statements/read') expect(first).toEqual({ id, definition: known });
    }
  });

  it('is of no account beside a scope that reads all', async () => {
    const theirs = statementOf();
    await store(other, theirs);
    for (const scope of ['all', 'all/read', 'statements/read'] as const) {
      const key = await file.cairn.key('statements/read/mine', scope);
      await file.cairn.as(key).get(`${STATEMENTS}?statementId=${theirs.id}`).expect(200);
    }
  });

  it('follows the credential through a new secret, and takes no authority that was sent for it', async () => {
    const forged = statementOf({
      authority: { account: { homePage: file.cairn.services.installation, name: me.id } },
    });
    await store(other, forged);
    expect(await seen({ statementId: forged.id })).toBe(404);
  });

  it('is what may be voided with statements/write; another’s takes the scope all', async () => {
    const [mine, theirs] = [statementOf(), statementOf()];
    await store(me, mine);
    await store(other, theirs);
    await store(me, voiding(mine.id));
    const fresh = statementOf();
    const { body } = await file.cairn
      .as(me)
      .post(STATEMENTS)
      .send([fresh, voiding(theirs.id)])
      .expect(403);
    expect(body.problems).toEqual([expect.objectContaining({ index: 1, pointer: '/object/id' })]);
    await file.cairn.all.get(`${STATEMENTS}?statementId=${fresh.id}`).expect(404);
    await file.cairn.all.get(`${STATEMENTS}?statementId=${theirs.id}`).expect(200);
    await file.cairn.all.get(`${STATEMENTS}?voidedStatementId=${mine.id}`).expect(200);
  });
});
