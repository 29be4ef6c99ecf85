import { attaching, multipartOf, partOf, partsOf, type SentPart, sha2Of } from './multipart-request.ts';
import { cairnOfFile } from './start-cairn.ts';
import { ADA, type Json, statementOf } from './statement-parts.ts';

const file = cairnOfFile();
const STATEMENTS = '/xapi/statements';
const TRICKY = Buffer.concat([
  Buffer.from('\r\n---cairn-test-x\r\n---cairn-test\r\n--\r\n'),
  Buffer.from(Array.from({ length: 256 }, (_, at) => at)),
  Buffer.from('\r\n--\r\n\r\n'),
]);

const send = (statements: unknown, parts: readonly (Buffer | SentPart)[], contentType?: string) => {
  const made = multipartOf(statements, parts);
  return file.cairn.wire({
    method: 'POST',
    path: STATEMENTS,
    headers: { 'Content-Type': contentType ?? made.contentType },
    body: made.body,
  });
};
const read = async (id: string, more = '') => {
  const { headers, bytes } = await file.cairn.wire({
    path: `${STATEMENTS}?statementId=${id}&attachments=true${more}`,
  });
  const [first, ...attached] = partsOf(headers['content-type'] as string, bytes);
  return { statement: JSON.parse(first?.body.toString() as string), head: first?.head, attached };
};
const isAbsent = async (id: string) =>
  expect((await file.cairn.wire({ path: `${STATEMENTS}?statementId=${id}` })).status).toBe(404);
const having = (...attachments: readonly Json[]) => statementOf({ attachments });
const problemsOf = ({ text }: { readonly text: string }) =>
  JSON.parse(text).problems.map(({ index, pointer }: Json) => `${index ?? '-'} ${pointer}`);

describe('attachments that come in', () => {
  it.each([
    ['bytes with line breaks and delimiters inside', TRICKY],
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([0])],
    ['a line break', Buffer.from('\r\n')],
    ['more than stands in the log', Buffer.alloc(200_000, 'x\r\n')],
  ])('as %s go out as they are, after a restart too', async (_name, bytes) => {
    const statement = having(attaching(bytes, { contentType: 'image/png' }));
    const sent = await send(statement, [partOf(bytes, { 'Content-Type': 'image/png' })]);
    expect([sent.status, sent.text]).toEqual([200, JSON.stringify([statement.id])]);
    for (const restarted of [false, true]) {
      if (restarted) await file.cairn.reopen();
      const { statement: back, head, attached } = await read(statement.id);
      expect(head).toBe('Content-Type: application/json');
      expect(back['attachments']).toEqual(statement['attachments']);
      expect(attached).toHaveLength(1);
      expect(attached[0]?.head.split('\r\n').sort()).toEqual([
        'Content-Transfer-Encoding: binary',
        'Content-Type: image/png',
        `X-Experience-API-Hash: ${sha2Of(bytes)}`,
      ]);
      expect(attached[0]?.body.equals(bytes)).toBe(true);
    }
  });

  it('may serve several, of several statements and of a SubStatement, and go out once a page', async () => {
    const bytes = Buffer.from(`served ${Math.PI}`);
    const verb = { id: 'https://example.org/verbs/sharing' };
    const inner = { objectType: 'SubStatement', actor: ADA, verb, object: { id: 'a:a' } };
    const batch = [
      statementOf({ verb, attachments: [attaching(bytes), attaching(bytes, { display: { en: 'again' } })] }),
      statementOf({ verb, attachments: [attaching(bytes, { sha2: sha2Of(bytes).toUpperCase() })] }),
      statementOf({ verb, object: { ...inner, attachments: [attaching(bytes)] } }),
    ];
    expect((await send(batch, [bytes])).status).toBe(200);
    expect((await read(batch[2]?.id as string)).attached.map(({ body }) => body.toString())).toEqual([
      String(bytes),
    ]);
    const { headers, bytes: answer } = await file.cairn.wire({
      path: `${STATEMENTS}?attachments=true&verb=${encodeURIComponent(verb.id)}`,
    });
    expect(partsOf(headers['content-type'] as string, answer)).toHaveLength(2);
  });

  it.each(['sha224', 'sha256', 'sha384', 'sha512'])('may be named by their %s', async (algorithm) => {
    const bytes = Buffer.from(`named by ${algorithm}`);
    const sha2 = sha2Of(bytes, algorithm);
    const statement = having(attaching(bytes, { sha2 }));
    expect((await send(statement, [partOf(bytes, { 'X-Experience-API-Hash': sha2 })])).status).toBe(200);
    expect((await read(statement.id)).attached[0]?.body.equals(bytes)).toBe(true);
  });

  it('may be elsewhere: then they need no part, and multipart may have none', async () => {
    const linked = attaching(Buffer.from('never sent'), { fileUrl: 'https://example.org/file' });
    for (const statement of [having(linked), statementOf()]) {
      expect((await send(statement, [])).status).toBe(200);
      const { statement: back, attached } = await read(statement.id);
      expect([back.id, attached]).toEqual([statement.id, []]);
    }
    await file.cairn.all.post(STATEMENTS).send(having(linked)).expect(200);
    await file.cairn.all
      .post(STATEMENTS)
      .send(having(attaching(Buffer.from('never sent'))))
      .expect(400);
  });

  it('are vouched for by their hash alone: a length that is not theirs is taken', async () => {
    const statement = having(attaching(TRICKY, { length: 3 }));
    expect((await send(statement, [TRICKY])).status).toBe(200);
    expect((await read(statement.id)).attached[0]?.body.equals(TRICKY)).toBe(true);
  });

  it('may come with a PUT, and again with what is known', async () => {
    const statement = having(attaching(TRICKY));
    const { contentType, body } = multipartOf(statement, [TRICKY]);
    const put = () =>
      file.cairn.all.put(`${STATEMENTS}?statementId=${statement.id}`).type(contentType).send(body);
    await put().expect(204);
    await put().expect(204);
    expect((await send([statement, having(attaching(TRICKY))], [TRICKY])).status).toBe(200);
  });

  const bytes = Buffer.from('some bytes');
  const other = Buffer.from('other bytes');
  const hash = (value: string) => ({ 'X-Experience-API-Hash': value });
  it.each<[string, () => unknown[], (Buffer | SentPart)[], string[]]>([
    ['a missing part', () => [having(attaching(bytes), attaching(other))], [bytes], ['0 /attachments/1']],
    ['a part too many', () => [having(attaching(bytes))], [bytes, other], ['- ']],
    ['bytes of another hash', () => [having(attaching(bytes))], [partOf(other, hash(sha2Of(bytes)))], ['- ']],
    ['a part without a hash', () => [statementOf()], [{ headers: {}, body: bytes }], ['- ']],
    [
      'another encoding',
      () => [having(attaching(bytes))],
      [partOf(bytes, { 'Content-Transfer-Encoding': 'base64' })],
      ['- '],
    ],
    [
      'another content type',
      () => [having(attaching(bytes))],
      [partOf(bytes, { 'Content-Type': 'image/png' })],
      ['- '],
    ],
    [
      'another length',
      () => [having(attaching(bytes, { length: 3 }))],
      [partOf(bytes, { 'Content-Length': '10' })],
      ['- '],
    ],
  ])('with %s are refused, and nothing is stored', async (_name, statements, parts, problems) => {
    const sent = statements() as Json[];
    const answer = await send(sent, parts);
    expect([answer.status, JSON.parse(answer.text).reason]).toEqual([400, 'attachment-invalid']);
    expect(problemsOf(answer).slice(0, problems.length)).toEqual(problems);
    for (const { id } of sent) await isAbsent(id as string);
  });

  it.each([
    ['multipart/mixed'],
    ['multipart/mixed; boundary='],
    ['multipart/mixed; boundary=other'],
    ['multipart/form-data; boundary="-cairn-test-"'],
    ['application/json; boundary="-cairn-test-"'],
  ])('as %s are refused', async (contentType) => {
    const statement = having(attaching(bytes));
    expect((await send(statement, [bytes], contentType)).status).toBe(400);
    await isAbsent(statement.id);
  });
});

describe('attachments that go out', () => {
  it('are asked for: with true always multipart, otherwise never', async () => {
    const statement = statementOf();
    await file.cairn.all.post(STATEMENTS).send(statement).expect(200);
    const type = async (path: string) => (await file.cairn.wire({ path })).headers['content-type'];
    for (const path of [`${STATEMENTS}?statementId=${statement.id}`, `${STATEMENTS}?limit=1`]) {
      expect(await type(path)).toBe('application/json');
      expect(await type(`${path}&attachments=false`)).toBe('application/json');
      expect(await type(`${path}&attachments=true`)).toMatch(/^multipart\/mixed; boundary=\S+$/);
    }
    expect((await read(statement.id)).attached).toEqual([]);
  });

  it('go with every format', async () => {
    const statement = having(attaching(TRICKY));
    await send(statement, [TRICKY]);
    for (const format of ['exact', 'ids', 'canonical']) {
      expect((await read(statement.id, `&format=${format}`)).attached).toHaveLength(1);
    }
  });
});
