import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Admission } from '../../src/http/admission.ts';
import { admissions } from '../../src/http/admissions.ts';
import { type Cairn, withCairn } from './start-cairn.ts';
import { statementOf } from './statement-parts.ts';

/** Comes and wants to be dealt with. */
const come = (gate: Admission): { leave(): void } => {
  const place = gate.arrive();
  void place.enter();
  return place;
};

const until = async (happened: () => boolean): Promise<void> => {
  for (let n = 0; n < 1000 && !happened(); n += 1) await pause(10);
  expect(happened()).toBe(true);
};

const clientOf = (port: number): { readonly socket: Socket; text(): string } => {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { socket, text: () => Buffer.concat(chunks).toString('latin1') };
};

const headOf = ({ master }: Cairn, line: string, more = ''): string =>
  `${line} HTTP/1.1\r\nHost: x\r\nAuthorization: ${master.authorization}\r\nX-Experience-API-Version: 1.0.3\r\nContent-Type: application/json\r\n${more}\r\n`;

type Told = { readonly status: number; readonly port: number };

const postWith = (agent: Agent, { url, master }: Cairn, body: string): Promise<Told> =>
  new Promise((resolve, refuse) => {
    const headers = {
      Authorization: master.authorization,
      'Content-Type': 'application/json',
      'X-Experience-API-Version': '1.0.3',
    };
    const sent = request(`${url}/xapi/statements`, { method: 'POST', agent, headers }, (response) => {
      const port = sent.socket?.localPort ?? 0;
      response.resume().once('end', () => resolve({ status: response.statusCode ?? 0, port }));
    });
    sent.once('error', refuse).end(body);
  });

describe('when more come than can be dealt with', () => {
  it('requests are answered 503 with Retry-After at once and leave nothing; readers and health are not held up', async () => {
    const gates = admissions();
    await withCairn({ services: (services) => ({ ...services, admissions: gates }) }, async (cairn) => {
      // As a store that takes a second for each: all places are taken, and enough wait.
      const others = Array.from({ length: 1256 }, () => come(gates.writes));
      const sent = statementOf();
      const { body, headers } = await cairn.all.post('/xapi/statements').send(sent).expect(503);
      expect(body.reason).toBe('unavailable');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      await cairn.all.get('/xapi/statements').expect(200);
      await cairn.all.get(`/xapi/statements?statementId=${sent.id}`).expect(404);
      await cairn.bare.get('/health/ready').expect(200);
      for (const { leave } of others) leave();
      await cairn.all.post('/xapi/statements').send(sent).expect(200);
      expect(gates.writes.figures()).toEqual({ active: 0, waiting: 0 });
    });
  });

  it('is so for lists that come as forms, and however health is asked for it is told', async () => {
    const gates = admissions();
    await withCairn({ services: (services) => ({ ...services, admissions: gates }) }, async (cairn) => {
      const others = Array.from({ length: 1256 }, () => come(gates.reads));
      const form = 'application/x-www-form-urlencoded';
      const list = () => cairn.all.post('/xapi/statements?method=GET').type(form).send('limit=1');
      const { body } = await list().expect(503);
      expect(body.reason).toBe('unavailable');
      for (const path of ['//health/live', '/HEALTH/live', '/health/live?x', `${cairn.url}/health/live`])
        expect([path, (await cairn.wire({ path })).status]).not.toEqual([path, 503]);
      for (const { leave } of others) leave();
      await list().expect(200);
      expect(gates.reads.figures()).toEqual({ active: 0, waiting: 0 });
    });
  });

  it('the 503 has the sender’s id of the request, its version, and what scripts of named origins need', async () => {
    const gates = admissions({ defaultVersion: '2.0.0', apiOrigins: ['https://app.example.org'] });
    await withCairn({ services: (services) => ({ ...services, admissions: gates }) }, async (cairn) => {
      const others = [gates.reads, gates.writes].flatMap((gate) =>
        Array.from({ length: 1256 }, () => come(gate)),
      );
      const ask = async (path: string, headers: Record<string, string>) => {
        const answer = await fetch(`${cairn.url}${path}`, { headers });
        const told = ['x-request-id', 'x-experience-api-version', 'access-control-allow-origin', 'vary'];
        return [answer.status, ...told.map((name) => answer.headers.get(name))];
      };
      const version = { 'X-Experience-API-Version': '1.0.2', 'X-Request-Id': 'mine-1' };
      expect(await ask('/xapi/statements', version)).toEqual([503, 'mine-1', '1.0.3', '*', null]);
      expect(await ask('/xapi/statements', { 'X-Request-Id': 'a' })).toEqual([503, 'a', '2.0.0', '*', null]);
      const origin = { Origin: 'https://app.example.org', 'X-Request-Id': 'b' };
      expect(await ask('/api/v1/status', origin)).toEqual([503, 'b', null, origin.Origin, 'Origin']);
      for (const { leave } of others) leave();
    });
  });

  it('one that rests after the others have gone is answered all the same, and a body that is long loses no answer', async () => {
    const gates = admissions();
    await withCairn({ services: (services) => ({ ...services, admissions: gates }) }, async (cairn) => {
      const others = Array.from({ length: 1256 }, () => come(gates.writes));
      const { port } = new URL(cairn.url);
      const half = Buffer.alloc(50_000, ' ');
      const opening = headOf(cairn, 'POST /xapi/statements', `Content-Length: ${2 * half.length}\r\n`);
      const clients = Array.from({ length: 60 }, () => clientOf(Number(port)));
      const say = (bytes: Buffer | string) => clients.map(({ socket }) => socket.write(bytes));
      const allHave = (status: string) => () => clients.every(({ text }) => text().includes(status));
      say(Buffer.concat([Buffer.from(opening), half]));
      await until(allHave(' 503 '));
      for (const { leave } of others) leave();
      await pause(100);
      say(half);
      await pause(100);
      say(headOf(cairn, 'GET /xapi/statements?limit=1'));
      await until(allHave(' 200 '));
      expect(gates.resting()).toBe(0);
      for (const { socket } of clients) socket.destroy();
    });
  });

  it('others come in between when one connection sends thousands of requests at once, all of which are answered', async () => {
    await withCairn({}, async (cairn) => {
      const many = clientOf(Number(new URL(cairn.url).port));
      const answered = () => many.text().split('HTTP/1.1 404').length - 1;
      many.socket.write(headOf(cairn, 'GET /nothing/here').repeat(4000));
      await until(() => answered() > 0);
      await cairn.bare.get('/health/live').expect(200);
      expect(answered()).toBeLessThan(4000);
      await until(() => answered() === 4000);
      many.socket.write(headOf(cairn, 'GET /nothing/here'));
      await until(() => answered() === 4001);
      many.socket.destroy();
    });
  });

  it('connections on which too many are turned away are not read for a while, and nothing is lost on them', async () => {
    const gates = admissions();
    await withCairn({ services: (services) => ({ ...services, admissions: gates }) }, async (cairn) => {
      const others = Array.from({ length: 1256 }, () => come(gates.writes));
      const agent = new Agent({ keepAlive: true });
      const post = (bytes: number) =>
        postWith(agent, cairn, JSON.stringify({ ...statementOf(), result: { response: 'x'.repeat(bytes) } }));
      const posts = (count: number) =>
        Promise.all(Array.from({ length: count }, (_, n) => post(n % 5 === 0 ? 200_000 : 10)));
      let most = 0;
      const looking = setInterval(() => {
        most = Math.max(most, gates.resting());
      }, 1);
      const first = await posts(200);
      clearInterval(looking);
      expect(new Set(first.map(({ status }) => status))).toEqual(new Set([503]));
      expect(most).toBeGreaterThan(0);
      await cairn.bare.get('/health/ready').expect(200);
      const ports = new Set(first.map(({ port }) => port));
      const again = posts(200);
      for (const { leave } of others) leave();
      const answers = await again;
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(answers.filter(({ port }) => ports.has(port))).toHaveLength(200);
      expect(gates.resting()).toBe(0);
      agent.destroy();
    });
  });
});
