import { connect } from 'node:net';
import { attaching, multipartOf } from './multipart-request.ts';
import { cairnOfFile, withCairn } from './start-cairn.ts';
import { ADA, query, statementOf } from './statement-parts.ts';

const file = cairnOfFile({ settings: { maxBody: 20_000, maxStatements: 3, maxAttachment: 100 } });
const STATEMENTS = '/xapi/statements';
const TYPE = { 'Content-Type': 'application/json' };
const state = (stateId: string) =>
  `/xapi/activities/state?${query({ activityId: 'a:a', agent: ADA, stateId })}`;

describe('what is larger than a limit is 413, and says which', () => {
  const padded = (length: number) => JSON.stringify(statementOf()).padEnd(length, ' ');

  it.each([
    ['announced', (text: string) => text],
    ['chunked', (text: string) => [Buffer.from(text.slice(0, 9000)), Buffer.from(text.slice(9000))]],
  ])('a body, %s', async (name, body) => {
    const post = (length: number) =>
      file.cairn.wire({ method: 'POST', path: STATEMENTS, headers: TYPE, body: body(padded(length)) });
    expect((await post(20_000)).status).toBe(200);
    const { status, headers, text } = await post(20_001);
    expect([status, headers.connection]).toEqual([413, 'close']);
    expect(JSON.parse(text)).toMatchObject({
      reason: 'too-large',
      message: expect.stringContaining('20000'),
    });
    const put = { method: 'PUT', path: state(name), headers: { 'Content-Type': 'text/plain' } };
    expect((await file.cairn.wire({ ...put, body: body('x'.repeat(20_001)) })).status).toBe(413);
    expect((await file.cairn.wire({ path: state(name) })).status).toBe(404);
    expect((await file.cairn.wire({ ...put, body: body('x'.repeat(20_000)) })).status).toBe(204);
    const form = { method: 'POST', path: `${STATEMENTS}?method=GET` };
    expect((await file.cairn.wire({ ...form, body: body('x'.repeat(20_001)) })).status).toBe(413);
  });

  it('a body that goes on for ever is not waited for', async () => {
    const chunk = Buffer.alloc(9000, ' ');
    const endless = Array.from({ length: 300 }, () => chunk);
    const answer = file.cairn.wire({ method: 'POST', path: STATEMENTS, headers: TYPE, body: endless });
    const status = await answer.then(
      (got) => got.status,
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(status);
    expect((await file.cairn.wire({ path: '/xapi/about' })).status).toBe(200);
  });

  it('a batch', async () => {
    const batch = Array.from({ length: 4 }, () => statementOf());
    const { body } = await file.cairn.all.post(STATEMENTS).send(batch).expect(413);
    expect(body.message).toContain('more than 3 statements');
    await file.cairn.all.get(`${STATEMENTS}?statementId=${batch[0]?.id}`).expect(404);
    await file.cairn.all.post(STATEMENTS).send(batch.slice(0, 3)).expect(200);
  });

  it('an attachment', async () => {
    for (const [length, status] of [
      [101, 413],
      [100, 200],
    ] as const) {
      const bytes = Buffer.alloc(length, 'x');
      const made = multipartOf(statementOf({ attachments: [attaching(bytes)] }), [bytes]);
      await file.cairn.all.post(STATEMENTS).type(made.contentType).send(made.body).expect(status);
    }
  });

  it('and nobody who has not signed in is listened to', async () => {
    const { status } = await file.cairn.wire({
      method: 'POST',
      path: STATEMENTS,
      headers: { ...TYPE, Authorization: 'Basic eDp5' },
      body: 'x'.repeat(20_001),
    });
    expect(status).toBe(401);
  });
});

describe('a client that goes away while it sends', () => {
  it('is no fault of ours, and nothing is stored', async () => {
    await withCairn({}, async (cairn) => {
      const { port } = new URL((await cairn.all.get('/xapi/about')).request.url);
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          const head = [
            `POST ${STATEMENTS} HTTP/1.1`,
            'Host: 127.0.0.1',
            `Authorization: ${cairn.master.authorization}`,
            'X-Experience-API-Version: 1.0.3',
            'Content-Type: application/json',
            'Content-Length: 100000',
          ];
          socket.write(`${head.join('\r\n')}\r\n\r\n${JSON.stringify([statementOf()])}`);
          setTimeout(() => socket.destroy(), 50);
        });
        socket.on('close', () => resolve());
      });
      expect((await cairn.all.get(STATEMENTS).expect(200)).body.statements).toEqual([]);
      expect(cairn.faults).toEqual([]);
    });
  });
});
