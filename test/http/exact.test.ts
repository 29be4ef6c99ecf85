import { randomUUID } from 'node:crypto';
import { cairnOfFile } from './start-cairn.ts';
import { ADA, query, statementOf } from './statement-parts.ts';

const file = cairnOfFile();
const STATEMENTS = '/xapi/statements';
const MOMENT = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z';

const post = async (text: string, version = '1.0.3') => {
  const answer = await file.cairn.wire({
    method: 'POST',
    path: STATEMENTS,
    headers: { 'Content-Type': 'application/json', 'X-Experience-API-Version': version },
    body: text,
  });
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return JSON.parse(answer.text) as string[];
};
const stored = async (id: string) =>
  (await file.cairn.wire({ path: `${STATEMENTS}?statementId=${id}&format=exact` })).text;
/** What stands in front of the members that the LRS adds. */
const kept = async (text: string) => {
  const [id] = await post(text);
  return (await stored(id as string)).replace(new RegExp(`,"stored":"${MOMENT}".*$`), '}');
};
const filled = (inner: string, id: string = randomUUID()) =>
  `{"id":"${id}","actor":${JSON.stringify(ADA)},"verb":{"id":"a:v"},"object":{"id":"a:a"}${inner}}`;

describe('format exact', () => {
  it.each([
    ['numbers', ',"result":{"score":{"scaled":0.50,"raw":1e1,"min":-0,"max":10.0}}'],
    ['the order of keys', ',"timestamp":"2020-01-01T00:00:00Z","context":{"platform":"p","language":"de"}'],
    ['escapes and characters as they were', ',"context":{"platform":"\\u00e4ä\\/\\n\\ud83d\\ude00😀"}'],
    ['empty things', ',"context":{"extensions":{},"contextActivities":{}},"result":{}'],
    ['blanks inside texts', ',"context":{"platform":" a  {\\" b : [ , ] } "}'],
    ['escaped keys', ',"cont\\u0065xt":{"platf\\u006frm":"p"}'],
    ['null and more in extensions', ',"context":{"extensions":{"a:a":[null,true,{"":{}},[[]]]}}'],
    ['a zero offset', ',"timestamp":"2020-01-01T00:00:00.000+00:00"'],
  ])('keeps %s', async (_name, inner) => {
    const text = filled(inner);
    expect(await kept(text)).toBe(text);
  });

  it('drops the blanks between tokens and nothing else', async () => {
    const tight = filled(',"context":{"platform":"a b","extensions":{"a:a":[1,{"b c":" "}]}}');
    const loose = tight
      .replaceAll(/(?<=[{,[])(?=["{\d])/g, ' \n')
      .replaceAll('":', '"\t:\r\n ')
      .replaceAll('}', ' }');
    expect(JSON.parse(loose)).toEqual(JSON.parse(tight));
    expect(loose).not.toBe(tight);
    expect(await kept(` \n${loose}\t`)).toBe(tight);
  });

  it('adds stored, timestamp, authority and version, in this order', async () => {
    const id = randomUUID();
    await post(filled('', id));
    const { installation } = file.cairn.services;
    const authority = `{"objectType":"Agent","account":{"homePage":"${installation}","name":"${file.cairn.master.id}"}}`;
    const text = await stored(id);
    const moment = JSON.parse(text).stored;
    expect(text).toBe(
      `${filled('', id).slice(0, -1)},"stored":"${moment}","timestamp":"${moment}","authority":${authority},"version":"1.0.0"}`,
    );
  });

  it('mints an id that the answer names, after the sender’s members', async () => {
    const text = `{"actor":${JSON.stringify(ADA)},"verb":{"id":"a:v"},"object":{"id":"a:a"}}`;
    const [id] = await post(text);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await stored(id as string)).toContain(`${text.slice(0, -1)},"id":"${id}","stored":`);
  });

  it('takes a sent stored and authority out, wherever they stand, and keeps a sent version', async () => {
    const own = '"stored":"1999-01-01T00:00:00Z"';
    const authority = `"authority":${JSON.stringify(ADA)}`;
    const plain = filled(',"version":"1.0.1"');
    const inner = plain.slice(1, -1);
    for (const sent of [
      `{${own},${authority},${inner}}`,
      `{${inner},${authority},${own}}`,
      `{${own},${inner}}`,
    ]) {
      const text = sent.replace(/"id":"[^"]+"/, `"id":"${randomUUID()}"`);
      const back = await kept(text);
      expect(back.replace(/"id":"[^"]+"/, '')).toBe(plain.replace(/"id":"[^"]+"/, ''));
      const { id, stored: moment, authority: by } = JSON.parse(await stored(JSON.parse(text).id));
      expect(id).toBe(JSON.parse(text).id);
      expect([moment > '2020', by.account.name]).toEqual([true, file.cairn.master.id]);
    }
  });

  it.each([
    ['2020-06-01T12:00:00+02:00', '2020-06-01T10:00:00Z'],
    ['2020-06-01T12:00:00.10-0330', '2020-06-01T15:30:00.10Z'],
    ['2020-12-31T23:30:00.123456789-01', '2021-01-01T00:30:00.123456789Z'],
    ['2999-01-01T00:00:00Z', '2999-01-01T00:00:00Z'],
  ])('tells the timestamp %s as %s, in a SubStatement too', async (sent, told) => {
    const actor = JSON.stringify(ADA);
    const inner = (moment: string) =>
      `{"objectType":"SubStatement","timestamp":"${moment}","actor":${actor},"verb":{"id":"a:v"},"object":{"id":"a:a"}}`;
    const id = randomUUID();
    const text = (moment: string) =>
      `{"id":"${id}","timestamp":"${moment}","actor":${actor},"verb":{"id":"a:v"},"object":${inner(moment)}}`;
    expect(await kept(text(sent))).toBe(text(told));
  });

  it('brackets a lone contextActivity, in a SubStatement too, and leaves lists', async () => {
    const context = (a: string, b: string) =>
      `{"contextActivities":{"parent":${a},"other":[{"id":"a:o"}],"grouping":${b}}}`;
    const lone = context('{"id":"a:p","definition":{"name":{"en":"{}"}}}', '{"id":"a:g"}');
    const listed = context('[{"id":"a:p","definition":{"name":{"en":"{}"}}}]', '[{"id":"a:g"}]');
    const id = randomUUID();
    const text = (inner: string) =>
      `{"context":${inner},"id":"${id}","actor":${JSON.stringify(ADA)},"verb":{"id":"a:v"},"object":{"objectType":"SubStatement","actor":${JSON.stringify(ADA)},"verb":{"id":"a:v"},"object":{"id":"a:a"},"context":${inner}}}`;
    expect(await kept(text(lone))).toBe(text(listed));
  });

  it('keeps UUIDs as they were written, and finds them in any case', async () => {
    const [id, registration, target] = [randomUUID(), randomUUID(), randomUUID()].map((one) =>
      one.toUpperCase(),
    );
    const text = `{"id":"${id}","actor":${JSON.stringify(ADA)},"verb":{"id":"a:v"},"object":{"objectType":"StatementRef","id":"${target}"},"context":{"registration":"${registration}"}}`;
    expect(await kept(text)).toBe(text);
    expect(await stored((id as string).toLowerCase())).toContain(`"id":"${id}"`);
    const { body } = await file.cairn.all.get(`${STATEMENTS}?registration=${registration?.toLowerCase()}`);
    expect(body.statements).toHaveLength(1);
  });

  it('is that of lists too, with a Last-Modified, and outlives a restart', async () => {
    const verb = 'https://example.org/verbs/listed-exactly';
    const text = filled(',"result":{"score":{"raw":1.50}}').replace('"a:v"', `"${verb}"`);
    await post(`[ ${text} ]`);
    for (const restarted of [false, true]) {
      if (restarted) await file.cairn.reopen();
      const list = await file.cairn.wire({ path: `${STATEMENTS}?${query({ verb })}` });
      const { id } = JSON.parse(text);
      const one = await file.cairn.wire({ path: `${STATEMENTS}?statementId=${id}` });
      expect(list.text).toBe(`{"statements":[${one.text}],"more":""}`);
      const second = new Date(JSON.parse(one.text).stored).toUTCString();
      expect([one.headers['last-modified'], list.headers['last-modified']]).toEqual([second, second]);
    }
  });
});

describe('PUT of a statement', () => {
  const put = (id: string | undefined, statement: unknown, version = '1.0.3') =>
    file.cairn
      .as(file.cairn.master, version)
      .put(`${STATEMENTS}${id === undefined ? '' : `?statementId=${id}`}`)
      .send(statement as object);
  const { id: _id, ...nameless } = statementOf();

  it('gives it the id of the parameter, as that was written', async () => {
    const id = randomUUID().toUpperCase();
    await put(id, nameless).expect(204, '');
    expect(JSON.parse(await stored(id)).id).toBe(id);
  });

  it('takes the same id in the statement in any case, and refuses another', async () => {
    const id = randomUUID();
    await put(id, { ...nameless, id: id.toUpperCase() }).expect(204);
    const { body } = await put(id, { ...nameless, id: randomUUID() }).expect(400);
    expect(body.problems[0].pointer).toBe('/id');
  });

  it('needs an id and takes one statement', async () => {
    await put(undefined, statementOf()).expect(400);
    await put('', statementOf()).expect(400);
    await put('no-uuid', nameless).expect(400);
    const one = statementOf();
    for (const body of [[], [one], [one, statementOf()]]) await put(one.id, body).expect(400);
    await file.cairn.all.get(`${STATEMENTS}?statementId=${one.id}`).expect(404);
  });

  it('again is 204 when it says the same, 409 naming it when not, and changes nothing', async () => {
    const id = randomUUID();
    await put(id, nameless).expect(204);
    const before = await stored(id);
    await put(id, nameless).expect(204);
    await put(id, JSON.parse(before)).expect(204);
    const { body } = await put(id, { ...nameless, result: { success: true } }).expect(409);
    expect(body.message).toContain(id);
    expect(await stored(id)).toBe(before);
  });
});
