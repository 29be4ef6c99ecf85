import { cairnOfFile, withCairn } from './start-cairn.ts';
import { ADA, idsOf, query, statementOf } from './statement-parts.ts';

const file = cairnOfFile();
const STATEMENTS = '/xapi/statements';

const post = (body: string | Buffer, type = 'application/json', version = '1.0.3') =>
  file.cairn.wire({
    method: 'POST',
    path: STATEMENTS,
    headers: { 'Content-Type': type, 'X-Experience-API-Version': version },
    body,
  });
const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const within = (json: string) =>
  `{"actor":${JSON.stringify(ADA)},"verb":{"id":"a:v"},"object":{"id":"a:a"},"context":{"extensions":{"a:a":${json}}}}`;
const many = (count: number, entry: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => entry(at)).join(',');

const BODIES: readonly (readonly [string, string | Buffer])[] = [
  ['nothing', ''],
  ['blanks', ' \n'],
  ['a number', '3'],
  ['a text', '"x"'],
  ['null', 'null'],
  ['true', 'true'],
  ['numbers in an array', '[1,2]'],
  ['an array in an array', `[[${within('1')}]]`],
  ['null in an array', `[${within('1')},null]`],
  ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(within('1'))])],
  ['UTF-16', Buffer.from(within('1'), 'utf16le')],
  ['invalid UTF-8', Buffer.from(within('"\xff"'), 'latin1')],
  ['half a character', Buffer.from(within('"\xc3"'), 'latin1')],
  ['a surrogate in UTF-8', Buffer.from(within('"\xed\xa0\x80"'), 'latin1')],
  ['a control in a text', within('"\u0001"')],
  ['a comment', `${within('1')}// hello`],
  ['two values', `${within('1')}${within('1')}`],
  ['a comma at the end', `[${within('1')},]`],
  ['half of it', within('1').slice(0, -9)],
  ['single quotes', "{'actor':1}"],
  ['a leading zero', within('01')],
  ['NaN', within('NaN')],
  ['a blank in a number', within('1 000.0')],
  ['a blank behind a sign', within('- 1')],
  ['a line break in a literal', within('tr\nue')],
  ['blanks for commas', within('[1 \t 2]')],
  ['only close brackets', ']'.repeat(100_000)],
  ['only quotes', '"'.repeat(100_001)],
  ['only backslashes in a text', `"${'\\'.repeat(100_000)}`],
  ['only colons and commas', ':,'.repeat(100_000)],
  ['150,000 unknown keys', `{${many(150_000, (at) => `"k${at}":${at}`)}}`],
  ['100,000 keys of which one repeats', within(`{${many(100_000, (at) => `"k${at}":1`)},"k99999":1}`)],
  [
    '100,000 bad activities',
    within('1').replace(
      '"extensions"',
      `"contextActivities":{"other":[${many(100_000, () => '{}')}]},"extensions"`,
    ),
  ],
  ['10,000 bad statements', `[${many(10_000, () => '{}')}]`],
  ['keys of Object.prototype', '{"__proto__":{"actor":1},"constructor":1,"toString":2,"valueOf":null}'],
];

describe('a body that is no statement', () => {
  it.each(BODIES)('%s is 400, never 500, in both versions', async (_name, body) => {
    for (const version of ['1.0.3', '2.0.0']) {
      const { status, text } = await post(body, 'application/json', version);
      expect(status).toBe(400);
      const { reason, problems } = JSON.parse(text);
      expect(['json-invalid', 'statement-invalid']).toContain(reason);
      expect(problems.length).toBeGreaterThan(0);
    }
  });

  it.each(BODIES.filter(([, body]) => body.length < 5000))(
    '%s is 400 as a PUT and in multipart',
    async (_name, body) => {
      const path = `${STATEMENTS}?statementId=${statementOf().id}`;
      const headers = { 'Content-Type': 'application/json' };
      expect((await file.cairn.wire({ method: 'PUT', path, headers, body })).status).toBe(400);
      const mixed = Buffer.concat([
        Buffer.from('--b\r\nContent-Type: application/json\r\n\r\n'),
        Buffer.from(body),
        Buffer.from('\r\n--b--\r\n'),
      ]);
      expect((await post(mixed, 'multipart/mixed; boundary=b')).status).toBe(400);
    },
  );

  it.each([
    ['100 deep', nested(97, '[', ']')],
    ['100,000 keys', `{${many(100_000, (at) => `"k${at}":1`)}}`],
    ['a lone surrogate and a NUL as escapes', '"\\ud800\\u0000"'],
    ['a long number', '1'.repeat(5000)],
    ['a long text', `"${'ä'.repeat(100_000)}"`],
  ])('but %s is none', async (_name, json) => {
    const { status, text } = await post(within(json));
    expect(status).toBe(200);
    const [id] = JSON.parse(text);
    const stored = await file.cairn.wire({ path: `${STATEMENTS}?statementId=${id}` });
    expect(stored.text).toContain(`{"extensions":{"a:a":${json}}}`);
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/jsonp',
    'json',
    '',
    'application/ld+json',
    'multipart/form-data; boundary=b',
  ])('as %j is refused', async (type) => {
    const { status, text } = await post(within('1'), type);
    expect([status, JSON.parse(text).problems[0].pointer]).toEqual([400, '/Content-Type']);
  });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
    ' application/json ; x=y',
  ])('but as %j one is taken', async (type) => expect((await post(within('1'), type)).status).toBe(200));

  it('nor is one in a coding that nobody understands', async () => {
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'br' };
    const { status, text } = await file.cairn.wire({ method: 'POST', path: STATEMENTS, headers, body: 'x' });
    expect([status, JSON.parse(text).problems[0].pointer]).toEqual([400, '/Content-Encoding']);
  });
});

describe('a batch with something wrong', () => {
  it('is told every problem of every statement: which, where, why and by which clause', async () => {
    const verb = 'https://example.org/verbs/half-bad';
    const bad = {
      ...statementOf({ verb: { id: verb } }),
      actor: { mbox: 'ada@example.org', name: 3 },
      result: { score: { scaled: 2 }, success: 'true' },
      extra: 1,
    };
    const batch = [statementOf({ verb: { id: verb } }), bad, { ...bad, object: undefined }];
    for (const [version, clause] of [
      ['1.0.3', /^Data \d/],
      ['2.0.0', /^4\.2\.\d/],
    ] as const) {
      const { status, text } = await post(JSON.stringify(batch), 'application/json', version);
      const { reason, message, problems } = JSON.parse(text);
      expect([status, reason]).toEqual([400, 'statement-invalid']);
      expect(message).toBe(problems[0].message);
      const places = problems.map(
        (problem: { index: number; pointer: string }) => `${problem.index} ${problem.pointer}`,
      );
      const inner = ['/actor/mbox', '/actor/name', '/result/score/scaled', '/result/success', '/extra'];
      expect([...places].sort()).toEqual(
        [...inner.map((place) => `1 ${place}`), ...inner.map((place) => `2 ${place}`), '2 '].sort(),
      );
      for (const problem of problems) {
        expect(problem.clause).toMatch(clause);
        expect(problem.message.length).toBeGreaterThan(10);
      }
      const { body } = await file.cairn.all.get(`${STATEMENTS}?${query({ verb })}`).expect(200);
      expect(idsOf(body)).toEqual([]);
    }
  });

  it('one bad of three stores none, wherever it stands', async () => {
    const good = [statementOf(), statementOf()];
    for (const batch of [
      [{}, ...good],
      [good[0], {}, good[1]],
      [...good, {}],
    ]) {
      await file.cairn.all.post(STATEMENTS).send(batch).expect(400);
    }
    for (const { id } of good) await file.cairn.all.get(`${STATEMENTS}?statementId=${id}`).expect(404);
    await file.cairn.all
      .post(STATEMENTS)
      .send([good[0], { ...good[1], verb: { id: 'a:a' } }])
      .expect(200);
    const conflict = await file.cairn.all
      .post(STATEMENTS)
      .send([statementOf(), statementOf(), good[1]])
      .expect(409);
    expect(conflict.body).toMatchObject({
      reason: 'statement-conflict',
      problems: [{ index: 2, pointer: '/id' }],
    });
    expect(conflict.body.message).toContain(good[1]?.id);
  });

  it('a single statement has no index', async () => {
    const { body } = await file.cairn.all.post(STATEMENTS).send({}).expect(400);
    for (const problem of body.problems) expect(problem).not.toHaveProperty('index');
  });
});

describe('a valid statement of unusual size', () => {
  it('with 150,000 members is stored', async () => {
    const member = Array.from({ length: 150_000 }, (_, at) => ({ mbox: `mailto:m${at}@b.c` }));
    const actor = { objectType: 'Group', member };
    expect((await post(JSON.stringify(statementOf({ actor })))).status).toBe(200);
  });

  it('with 200,000 contextActivities does not stop the store', async () => {
    await withCairn({}, async (cairn) => {
      const other = Array.from({ length: 200_000 }, (_, at) => ({ id: `a:${at}` }));
      await cairn.all.post(STATEMENTS).send(statementOf({ context: { contextActivities: { other } } }));
      await cairn.all.post(STATEMENTS).send(statementOf()).expect(200);
    });
  });
});
