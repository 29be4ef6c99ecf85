import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Cairn, withCairn } from './start-cairn.ts';
import { query, statementOf } from './statement-parts.ts';

const STATEMENTS = '/xapi/statements';
const MEGABYTE = 1024 * 1024;

type Sender = { readonly socket: Socket; readonly answer: Promise<string> };

const portOf = async (cairn: Cairn): Promise<number> =>
  Number(new URL((await cairn.all.get('/xapi/about')).request.url).port);

/** Sends the head of a request, as much of its body as is given, and no more until it is told. */
const begin = (port: number, path: string, headers: readonly string[], body: Buffer): Sender => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  const head = [`POST ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'X-Experience-API-Version: 1.0.3', ...headers];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.write(body);
  const answer = new Promise<string>((resolve) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      resolve(Buffer.concat(chunks).toString());
    });
  });
  return { socket, answer };
};

const close = async (senders: readonly Sender[]): Promise<void> => {
  const closed = senders.map(({ socket }) => once(socket, 'close'));
  for (const { socket } of senders) socket.destroy();
  await Promise.all(closed);
};

/** The first answer that is not 503 any more: what was held is given back a moment after its connection has gone. */
const untilTaken = async (ask: () => Promise<number>): Promise<number> => {
  let status = await ask();
  for (let tries = 0; status === 503 && tries < 50; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    status = await ask();
  }
  return status;
};

describe('bodies that are sent at once', () => {
  it('by nobody known are held to 64 MB in all, beyond which they are 503, and given back', async () => {
    await withCairn({}, async (cairn) => {
      const port = await portOf(cairn);
      const length = 4 * MEGABYTE;
      const send = () =>
        begin(port, `${STATEMENTS}?method=GET`, [`Content-Length: ${length}`], Buffer.alloc(length - 1, 'x'));
      const senders = Array.from({ length: 18 }, send);
      const first = await Promise.race(senders.map(({ answer }) => answer));
      expect(first).toMatch(/^HTTP\/1\.1 503 /);
      expect(first).toMatch(/\r\nRetry-After: \d+\r\n/);
      expect(first).toContain('"reason":"unavailable"');
      await cairn.all.post(STATEMENTS).send(statementOf()).expect(200);
      await close(senders);
      const form = query({ Authorization: cairn.master.authorization, 'X-Experience-API-Version': '1.0.3' });
      const asForm = async () =>
        (await cairn.bare.post(`${STATEMENTS}?method=GET`).type('form').send(form)).status;
      expect(await untilTaken(asForm)).toBe(200);
      expect(cairn.faults).toEqual([]);
    });
  });

  it('by who is known are held to four of the largest', async () => {
    await withCairn({ settings: { maxBody: 20 * MEGABYTE } }, async (cairn) => {
      const port = await portOf(cairn);
      const length = 19 * MEGABYTE;
      const headers = [
        `Authorization: ${cairn.master.authorization}`,
        'Content-Type: application/json',
        `Content-Length: ${length}`,
      ];
      const senders = Array.from({ length: 5 }, () =>
        begin(port, STATEMENTS, headers, Buffer.alloc(length - 1, ' ')),
      );
      expect(await Promise.race(senders.map(({ answer }) => answer))).toMatch(/^HTTP\/1\.1 503 /);
      await close(senders);
      const post = async () =>
        (await cairn.all.post(STATEMENTS).type('json').send(JSON.stringify(statementOf()).padEnd(length)))
          .status;
      expect(await untilTaken(post)).toBe(200);
      for (let times = 0; times < 6; times += 1) expect(await post()).toBe(200);
    });
  });
});

describe('a body that is too large', () => {
  const sendAll = async (cairn: Cairn, length: number) => {
    const socket = connect(await portOf(cairn), '127.0.0.1');
    const head = [
      `POST ${STATEMENTS} HTTP/1.1`,
      'Host: 127.0.0.1',
      'X-Experience-API-Version: 1.0.3',
      `Content-Length: ${length}`,
    ];
    const said = [`Authorization: ${cairn.master.authorization}`, 'Content-Type: application/json'];
    socket.write(`${[...head, ...said].join('\r\n')}\r\n\r\n`);
    const piece = Buffer.alloc(65_536, ' ');
    for (let sent = 0; sent < length; sent += piece.length) {
      await new Promise<void>((resolve, refuse) => {
        socket.write(piece, (error) => (error instanceof Error ? refuse(error) : resolve()));
      });
    }
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    return text;
  };

  it('is answered to a client that reads only after it has sent all of it', async () => {
    await withCairn({ settings: { maxBody: 20_000 } }, async (cairn) => {
      const length = 5 * MEGABYTE;
      for (let times = 0; times < 3; times += 1) {
        expect(await sendAll(cairn, length)).toMatch(/^HTTP\/1\.1 413 .*"reason":"too-large"/s);
      }
    });
  });

  it('as a form is told the limit that it has, and how to have more', async () => {
    await withCairn({}, async (cairn) => {
      const body = 'x'.repeat(4 * MEGABYTE + 1);
      const { status, text } = await cairn.wire({
        method: 'POST',
        path: `${STATEMENTS}?method=GET`,
        headers: { Authorization: [] },
        body,
      });
      expect(status).toBe(413);
      const { message } = JSON.parse(text);
      expect(message).toContain('4194304');
      expect(message).not.toContain('CAIRN_MAX_BODY');
      expect(message).toContain('Authorization');
    });
  });
});
