import { once } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { connect, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { bodyBudgets } from '../../src/http/body-budget.ts';
import { type Cairn, withCairn } from './start-cairn.ts';
import { query, statementOf } from './statement-parts.ts';

const MEGABYTE = 1024 * 1024;
const SHORT = { headersIn: 400, requestIn: 800, lookedAtEvery: 50 };

type Client = {
  readonly socket: Socket;
  text(): string;
  readonly closed: Promise<unknown>;
};

const clientOf = async ({ url }: Cairn, opening = ''): Promise<Client> => {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  socket.write(opening);
  return { socket, text: () => Buffer.concat(chunks).toString('latin1'), closed };
};

const several = <Made>(count: number, make: () => Promise<Made>): Promise<readonly Made[]> =>
  Promise.all(Array.from({ length: count }, make));

const headOf = ({ master }: Cairn, line: string, more = ''): string =>
  `${line} HTTP/1.1\r\nHost: x\r\nAuthorization: ${master.authorization}\r\nX-Experience-API-Version: 1.0.3\r\n${more}\r\n`;

/** Good clients are served whatever the others do: each of these is answered. */
const serveGoodOnes = async (cairn: Cairn): Promise<void> => {
  for (let times = 0; times < 10; times += 1) {
    await cairn.all.post('/xapi/statements').send(statementOf()).expect(200);
    await cairn.all.get('/xapi/statements?limit=1').expect(200);
  }
};

/** The same where so much is asked at once that a slow machine may tell them to come again: they do, and are answered. */
const serveInTheEnd = async (cairn: Cairn): Promise<void> => {
  for (let times = 0; times < 10; ) {
    const { status } = await cairn.all.post('/xapi/statements').send(statementOf());
    expect([200, 503]).toContain(status);
    if (status === 200) times += 1;
    else await sleep(50);
  }
};

const leave = async (clients: readonly Client[]): Promise<void> => {
  for (const { socket } of clients) socket.destroy();
  await Promise.all(clients.map(({ closed }) => closed));
};

const until = async (happened: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await happened())) await sleep(20);
};

describe('who takes too long', () => {
  it('over the headers is told so and let go, and so is who takes too long over the body', async () => {
    await withCairn({ limits: SHORT }, async (cairn) => {
      const slowHeads = await several(40, () => clientOf(cairn, 'GET /xapi/about HTTP/1.1\r\nX-A: '));
      const body = `Content-Type: application/json\r\nContent-Length: 1000\r\n`;
      const head = headOf(cairn, 'POST /xapi/statements', body);
      const slow = [...slowHeads, ...(await several(40, () => clientOf(cairn, `${head}{`)))];
      const dribbling = setInterval(() => {
        for (const { socket } of slow) socket.write(' ');
      }, 50);
      await serveGoodOnes(cairn);
      await Promise.all(slow.map(({ closed }) => closed));
      clearInterval(dribbling);
      for (const { text } of slow) expect(text()).toMatch(/^HTTP\/1\.1 408 .*"reason":"body-invalid"/s);
      expect(cairn.faults).toEqual([]);
    });
  });

  it('to read, and reads nothing at all, is let go', async () => {
    await withCairn({ limits: { silent: 400 } }, async (cairn) => {
      const document = await putDocument(cairn, 12 * MEGABYTE);
      const reader = await clientOf(cairn);
      reader.socket.pause();
      reader.socket.write(headOf(cairn, `GET ${document}`));
      await until(async () => (await unreadIn(cairn)) > 0);
      await until(async () => (await unreadIn(cairn)) === 0);
      reader.socket.resume();
      await reader.closed;
      expect(reader.text().length).toBeLessThan(12 * MEGABYTE);
    });
  });
});

const putDocument = async (cairn: Cairn, length: number): Promise<string> => {
  const where = { activityId: 'a:a', stateId: 'large', agent: '{"mbox":"mailto:a@example.org"}' };
  const path = `/xapi/activities/state?${query(where)}`;
  await cairn.all.put(path).type('application/octet-stream').send(Buffer.alloc(length, 'x')).expect(204);
  return path;
};

const unreadIn = async (cairn: Cairn): Promise<number> => {
  const { text } = await cairn
    .as(await cairn.key('admin'))
    .get('/metrics')
    .expect(200);
  return Number(/^cairn_answer_bytes_unread (\d+)$/m.exec(text)?.[1]);
};

describe('large answers that are not read', () => {
  it('are held to 128 MB in all, beyond which they are 503, and make room when their readers go', async () => {
    await withCairn({}, async (cairn) => {
      const document = await putDocument(cairn, 30 * MEGABYTE);
      const readers = await several(6, () => clientOf(cairn));
      for (const { socket } of readers) {
        socket.pause();
        socket.write(headOf(cairn, `GET ${document}`));
      }
      await until(async () => (await unreadIn(cairn)) === 120 * MEGABYTE);
      const { headers, body } = await cairn.all.get(document).expect(503);
      expect(headers['retry-after']).toMatch(/^\d+$/);
      expect(body.reason).toBe('unavailable');
      // What is small is answered, what is only looked at, and what has been stored is said.
      await serveGoodOnes(cairn);
      await cairn.all.head(document).expect(200);
      const many = Array.from({ length: 2000 }, () => statementOf());
      expect((await cairn.all.post('/xapi/statements').send(many).expect(200)).text.length).toBeGreaterThan(
        70_000,
      );
      for (const { socket } of readers) socket.destroy();
      await until(async () => (await unreadIn(cairn)) === 0);
      await cairn.all.get(document).expect(200);
      await until(async () => (await unreadIn(cairn)) === 0);
      expect(cairn.faults).toEqual([]);
    });
  });

  it('may be larger than that by themselves', () => {
    const { unread } = bodyBudgets(1);
    const [first, second, gone] = [1, 2, 3].map(() => new ServerResponse(new IncomingMessage(new Socket())));
    gone?.destroy();
    expect(unread.take(gone as ServerResponse, 1000 * MEGABYTE)).toBe(true);
    expect(unread.take(first as ServerResponse, 1000 * MEGABYTE)).toBe(true);
    expect(unread.take(second as ServerResponse, 1)).toBe(false);
    first?.emit('close');
    expect([unread.held(), unread.take(second as ServerResponse, 1)]).toEqual([0, true]);
  });
});

describe('many connections', () => {
  it('that are idle are in nobody’s way', async () => {
    await withCairn({}, async (cairn) => {
      const idle = await several(300, () => clientOf(cairn));
      await serveGoodOnes(cairn);
      for (const { socket } of idle) socket.destroy();
    });
  });

  it('beyond what there may be are closed at once; those that were there are served, and make room', async () => {
    await withCairn({ limits: { connections: 20 } }, async (cairn) => {
      const there = await several(20, () => clientOf(cairn));
      const beyond = await several(30, () => clientOf(cairn));
      await Promise.all(beyond.map(({ closed }) => closed));
      for (const { socket } of there) socket.write(headOf(cairn, 'GET /xapi/about'));
      await until(() => there.every(({ text }) => text().includes('\r\n\r\n')));
      for (const { text } of there) expect(text()).toMatch(/^HTTP\/1\.1 200 /);
      await leave(there.slice(10));
      await serveGoodOnes(cairn);
      await leave(there);
    });
  });

  it('are not needed for many requests: a thousand sent at once on one are answered in their order', async () => {
    await withCairn({}, async (cairn) => {
      const lines = Array.from({ length: 1000 }, (_, at) =>
        headOf(cairn, 'GET /xapi/about', `X-Request-Id: r${at}\r\n`),
      );
      const one = await clientOf(cairn, lines.join(''));
      await serveInTheEnd(cairn);
      const ids = () => [...one.text().matchAll(/^X-Request-Id: r(\d+)\r$/gm)].map(([, at]) => Number(at));
      await until(() => ids().length === 1000);
      expect(ids()).toEqual(Array.from({ length: 1000 }, (_, at) => at));
      // Where the machine is slow, what has waited for too long is turned away, in its turn.
      const statuses = [...one.text().matchAll(/^HTTP\/1\.1 (\d+) /gm)].map(([, status]) => status);
      expect(statuses.filter((status) => status !== '200' && status !== '503')).toEqual([]);
      expect(statuses).toContain('200');
      one.socket.destroy();
    });
  });
});
