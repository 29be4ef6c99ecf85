import { cairnOfFile } from './start-cairn.ts';
import { ADA, idsOf, query, statementOf, VERB } from './statement-parts.ts';

const file = cairnOfFile();
const STATEMENTS = '/xapi/statements';
const STATE = '/xapi/activities/state';
const FORM = 'application/x-www-form-urlencoded';
type Fields = Readonly<Record<string, unknown>>;

const sendForm = (path: string, fields: Fields | string | Buffer, type: string | undefined = FORM) =>
  file.cairn.wire({
    method: 'POST',
    path,
    headers: {
      Authorization: [],
      'X-Experience-API-Version': [],
      ...(type === undefined ? {} : { 'Content-Type': type }),
    },
    body: typeof fields === 'string' || Buffer.isBuffer(fields) ? fields : query(fields),
  });
const signed = (fields: Fields = {}): Fields => ({
  Authorization: file.cairn.master.authorization,
  'X-Experience-API-Version': '1.0.3',
  ...fields,
});
const document = (stateId: string, more: Fields = {}) =>
  signed({ activityId: 'a:a', agent: ADA, stateId, ...more });
const plain = (stateId: string) => `${STATE}?${query({ activityId: 'a:a', agent: ADA, stateId })}`;

describe('the alternate request syntax', () => {
  it('A-1: has method alone in the query, and is a POST', async () => {
    for (const odd of ['limit=1', 'agent=x', 'X-Experience-API-Version=1.0.3', 'method=GET']) {
      expect((await sendForm(`${STATEMENTS}?method=GET&${odd}`, signed())).status).toBe(400);
    }
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { status } = await file.cairn.wire({ method, path: `${STATE}?method=GET` });
      expect(status).toBe(400);
    }
    expect((await sendForm(`${STATEMENTS}?Method=GET`, signed())).status).toBe(400);
  });

  it.each(['', 'get', 'PATCH', 'OPTIONS', 'GET ', 'constructor'])('knows no method %j', async (method) => {
    const { status, text } = await sendForm(`${STATEMENTS}?method=${encodeURIComponent(method)}`, signed());
    expect(status).toBe(400);
    expect(JSON.parse(text).problems[0].pointer).toBe('/method');
  });

  it('A-2: takes headers, content and parameters from the form, in any case', async () => {
    const sent = document('a-2', { content: '{"a":"ä&=+%"}', 'Content-Type': 'text/x-a-2; charset=utf-8' });
    expect((await sendForm(`${STATE}?method=PUT`, sent)).status).toBe(204);
    const { text, headers } = await file.cairn.wire({ path: plain('a-2') });
    expect([text, headers['content-type']]).toEqual(['{"a":"ä&=+%"}', 'text/x-a-2; charset=utf-8']);
    const etag = headers['etag'] as string;
    const put = (more: Fields) => sendForm(`${STATE}?method=PUT`, document('a-2', { content: 'x', ...more }));
    expect((await put({ 'If-Match': '"other"' })).status).toBe(412);
    expect((await put({ 'If-None-Match': '*' })).status).toBe(412);
    expect((await put({ 'if-match': etag, 'content-length': '1' })).status).toBe(204);
    expect((await sendForm(`${STATE}?method=DELETE`, document('a-2'))).status).toBe(204);
    expect((await file.cairn.wire({ path: plain('a-2') })).status).toBe(404);
    const german = signed({ verb: VERB, format: 'canonical', 'Accept-Language': 'de', limit: '1' });
    const display = { en: 'did', de: 'tat' };
    await file.cairn.all
      .post(STATEMENTS)
      .send(statementOf({ verb: { id: VERB, display } }))
      .expect(200);
    const page = JSON.parse((await sendForm(`${STATEMENTS}?method=GET`, german)).text);
    expect(page.statements[0].verb.display).toEqual({ de: 'tat' });
  });

  it('A-2: judges what is left as parameters', async () => {
    for (const odd of [{ nonsense: '1' }, { Agent: '{}' }, { Accept_Language: 'de' }, { method: 'GET' }]) {
      expect((await sendForm(`${STATEMENTS}?method=GET`, signed(odd))).status).toBe(400);
    }
    expect((await sendForm(`${STATEMENTS}?method=GET`, signed({ cachebuster: '1' }))).status).toBe(200);
    const twice = `${query(signed())}&limit=1&limit=2`;
    expect((await sendForm(`${STATEMENTS}?method=GET`, twice)).status).toBe(400);
  });

  it.each(['a\r\nSet-Cookie: b', 'text/\u03a9', 'a\u0000', 'a\nb'])(
    'A-2: refuses the Content-Type %j, which could not be sent back',
    async (type) => {
      const sent = document('header', { content: 'x', 'Content-Type': type });
      const { status, text } = await sendForm(`${STATE}?method=PUT`, sent);
      expect([status, JSON.parse(text).reason]).toEqual([400, 'header-invalid']);
      expect((await file.cairn.wire({ path: plain('header') })).status).toBe(404);
    },
  );

  it('A-3: needs content for PUT and POST, and a form that can be read', async () => {
    const statement = statementOf();
    for (const method of ['PUT', 'POST']) {
      const { status, text } = await sendForm(`${STATE}?method=${method}`, document('a-3'));
      expect([status, JSON.parse(text).problems[0].pointer]).toEqual([400, '/content']);
    }
    const faults = ['a=%zz', Buffer.from('a=\xff', 'latin1'), JSON.stringify(statement), 'a=1&a=2'];
    for (const fault of faults) {
      expect((await sendForm(`${STATEMENTS}?method=POST`, fault)).status).toBe(400);
    }
    const broken = Buffer.from(`${query(document('a-3'))}&content=\xff`, 'latin1');
    expect((await sendForm(`${STATE}?method=PUT`, broken)).status).toBe(400);
    expect((await file.cairn.wire({ path: plain('a-3') })).status).toBe(404);
    expect((await sendForm(`${STATE}?method=PUT`, document('a-3', { content: '' }))).status).toBe(204);
  });

  it('A-4: its content is JSON for statements, never with attachments', async () => {
    const statement = statementOf();
    const fields = signed({ statementId: statement.id, content: JSON.stringify(statement) });
    expect((await sendForm(`${STATEMENTS}?method=PUT`, fields)).status).toBe(204);
    const post = signed({ content: JSON.stringify([statementOf(), statement]) });
    const { status, text } = await sendForm(`${STATEMENTS}?method=POST`, post);
    expect([status, JSON.parse(text)[1]]).toEqual([200, statement.id]);
    const mixed = { ...post, 'Content-Type': 'multipart/mixed; boundary=x' };
    expect((await sendForm(`${STATEMENTS}?method=POST`, mixed)).status).toBe(400);
  });

  it.each([
    [FORM],
    [`${FORM}; charset=UTF-8`],
    ['text/plain'],
    ['text/plain;charset=UTF-8'],
    ['application/json'],
    [undefined],
  ])('A-5: is a form whatever the Content-Type %s says, and holds the credentials', async (type) => {
    const sent = document('a-5', { content: 'old player' });
    expect((await sendForm(`${STATE}?method=PUT`, sent, type)).status).toBe(204);
    const { headers, text } = await file.cairn.wire({ path: plain('a-5') });
    expect([text, headers['content-type']]).toEqual(['old player', 'application/octet-stream']);
    const { Authorization, ...nobody } = sent;
    expect((await sendForm(`${STATE}?method=PUT`, nobody, type)).status).toBe(401);
    expect(
      (await sendForm(`${STATE}?method=PUT`, { ...sent, Authorization: 'Basic eDp5' }, type)).status,
    ).toBe(401);
  });

  it('A-5: with credentials in a header as well both have to be good, and those of the form count', async () => {
    const reader = await file.cairn.key('all/read');
    const statusOf = async (header: string, form: string) => {
      const fields = document('both', { content: 'x', Authorization: form });
      const headers = { Authorization: header, 'X-Experience-API-Version': [] };
      const path = `${STATE}?method=PUT`;
      return (await file.cairn.wire({ method: 'POST', path, headers, body: query(fields) })).status;
    };
    const { authorization: all } = file.cairn.master;
    expect(await statusOf(all, reader.authorization)).toBe(403);
    expect(await statusOf(reader.authorization, all)).toBe(204);
    expect(await statusOf('Basic eDp5', all)).toBe(401);
    expect(await statusOf(all, 'Basic eDp5')).toBe(401);
  });

  it('A-6: carries questions that no URL would hold, and more of their pages too', async () => {
    const member = Array.from({ length: 400 }, (_, at) => ({ mbox: `mailto:member-${at}@example.org` }));
    const agent = { objectType: 'Group', mbox: 'mailto:large@example.org', member };
    const sent = [statementOf({ actor: agent }), statementOf({ actor: agent })];
    await file.cairn.all.post(STATEMENTS).send(sent).expect(200);
    const { status, text } = await sendForm(`${STATEMENTS}?method=GET`, signed({ agent, limit: '1' }));
    expect(status).toBe(200);
    const page = JSON.parse(text);
    const next = await file.cairn.wire({ path: page.more });
    expect(next.status).toBe(200);
    expect([...idsOf(page), ...idsOf(JSON.parse(next.text))]).toEqual([sent[1]?.id, sent[0]?.id]);
  });

  it('ended with 1.0.3: 2.0.0 refuses it, wherever it is said', async () => {
    const two = { 'X-Experience-API-Version': '2.0.0' };
    expect((await sendForm(`${STATEMENTS}?method=GET`, signed(two))).status).toBe(400);
    for (const form of [signed(), { Authorization: file.cairn.master.authorization }]) {
      const { status } = await file.cairn.wire({
        method: 'POST',
        path: `${STATEMENTS}?method=GET`,
        headers: two,
        body: query(form),
      });
      expect(status).toBe(400);
    }
    expect((await sendForm('/xapi/2.0/statements?method=GET', signed())).status).toBe(200);
  });
});
