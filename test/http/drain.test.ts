import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import express, { type Response } from 'express';
import { createServer } from '../../src/http/create-server.ts';
import { type Drain, drain } from '../../src/http/drain.ts';

const fixture = (name: string) => readFileSync(join('test', 'fixtures', name));
const tls = { cert: fixture('localhost-certificate.pem'), key: fixture('localhost-key.pem') };
/** Longer than any of this takes, in milliseconds. */
const LONG = 60_000;

type Client = {
  send(...paths: readonly string[]): void;
  /** What has come. */
  text(): string;
  /** Resolves when it has been closed, or broken off. */
  readonly closed: Promise<unknown>;
  readonly socket: Socket;
};
type Served = {
  readonly drain: Drain;
  readonly server: Server;
  client(): Promise<Client>;
  raw(): Socket;
  /** Those of `/held`, which wait to be answered, in their order. */
  readonly held: Response[];
  until(happened: () => boolean): Promise<void>;
};

const servers: { readonly server: Server; readonly sockets: Socket[] }[] = [];

afterEach(() => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
    server.closeAllConnections();
  }
});

const until = async (happened: () => boolean): Promise<void> => {
  while (!happened()) await sleep(5);
};

const clientOn = (socket: Socket): Client => {
  const chunks: Buffer[] = [];
  socket.on('error', () => undefined).on('data', (chunk: Buffer) => chunks.push(chunk));
  return {
    socket,
    send: (...paths) =>
      void socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join('')),
    text: () => Buffer.concat(chunks).toString('latin1'),
    closed: new Promise((resolve) => socket.once('close', resolve)),
  };
};

const serve = async (given?: typeof tls): Promise<Served> => {
  const held: Response[] = [];
  const app = express();
  app.get('/now', (_request, response) => void response.end('now'));
  app.get('/large', (_request, response) => void response.end(Buffer.alloc(64 * 1024 * 1024)));
  app.get('/held', (_request, response) => void held.push(response));
  const draining = drain();
  const server = createServer(app, { tls: given, drain: draining });
  const sockets: Socket[] = [];
  servers.push({ server, sockets });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const raw = (): Socket => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    return socket;
  };
  const open = async (): Promise<Client> => {
    const plain = raw();
    const socket =
      given === undefined ? plain : connectTls({ socket: plain, ca: tls.cert, host: 'localhost' });
    const client = clientOn(socket);
    await once(socket, given === undefined ? 'connect' : 'secureConnect');
    return client;
  };
  return { drain: draining, server, client: open, raw, held, until };
};

const answersIn = (text: string): readonly string[] => text.split(/(?=HTTP\/1\.1 )/);
const closesOf = (text: string): readonly boolean[] =>
  answersIn(text).map((answer) => /^connection: close\r$/im.test(answer));

describe.each([
  ['http', undefined],
  ['https', tls],
] as const)('the end of a server of %s', (_, given) => {
  it('waits for what is under way, whose connections are then closed', async () => {
    const { drain: draining, client, held } = await serve(given);
    const one = await client();
    one.send('/held');
    await until(() => held.length === 1);
    const ended = draining.end({ delay: 0, most: LONG });
    held[0]?.end('at last');
    await Promise.all([ended, one.closed]);
    expect(one.text()).toMatch(/^HTTP\/1\.1 200 .*\r\nConnection: close\r\n.*at last/s);
  });

  it('answers what comes on a connection that was silent, and then closes it', async () => {
    const { drain: draining, client, server } = await serve(given);
    const one = await client();
    one.send('/now');
    await until(() => one.text().includes('now'));
    const ended = draining.end({ delay: 0, most: LONG });
    await until(() => !server.listening);
    one.send('/now');
    await Promise.all([ended, one.closed]);
    expect(closesOf(one.text())).toEqual([false, true]);
  });

  it('closes connections on which nothing comes', async () => {
    const { drain: draining, client } = await serve(given);
    const silent = await client();
    const used = await client();
    used.send('/now');
    await until(() => used.text().includes('now'));
    await draining.end({ delay: 0, most: LONG });
    await Promise.all([silent.closed, used.closed]);
    expect(closesOf(used.text())).toEqual([false]);
  });

  it('answers all that is sent on one connection, and says only last that it closes', async () => {
    const { drain: draining, client, held } = await serve(given);
    const one = await client();
    one.send('/held', '/held');
    await until(() => held.length === 2);
    const ended = draining.end({ delay: 0, most: LONG });
    one.send('/held', '/now', '/held');
    await until(() => held.length === 4);
    for (const response of held) response.end('late');
    await Promise.all([ended, one.closed]);
    expect(closesOf(one.text())).toEqual([false, false, false, false, true]);
    expect(answersIn(one.text()).map((answer) => answer.match(/late|now/)?.[0])).toEqual([
      'late',
      'late',
      'late',
      'now',
      'late',
    ]);
  });

  it('breaks off in the end what is not read, not sent, or not even greeted', async () => {
    const { drain: draining, client, raw, held } = await serve(given);
    const unread = await client();
    unread.socket.pause();
    unread.send('/large');
    const cut = await client();
    cut.send('/held');
    await until(() => held.length === 1);
    await once(raw(), 'connect');
    await draining.end({ delay: 0, most: 700 });
    await cut.closed;
    expect(cut.text()).toBe('');
    unread.socket.resume();
    await unread.closed;
    expect(unread.text().length).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('the end of a server', () => {
  it('is not before all have been let in who had connected', async () => {
    const { drain: draining, raw } = await serve();
    const clients = Array.from({ length: 30 }, () => clientOn(raw()));
    for (const client of clients) client.send('/now');
    await draining.end({ delay: 0, most: LONG });
    await Promise.all(clients.map(({ closed }) => closed));
    for (const { text } of clients) expect(text()).toMatch(/^HTTP\/1\.1 200 .*now/s);
  });

  it('comes after its delay, within which others may connect and are told that it ends', async () => {
    const { drain: draining, client, server } = await serve();
    const ended = draining.end({ delay: 500, most: LONG });
    const one = await client();
    one.send('/now');
    await one.closed;
    expect(closesOf(one.text())).toEqual([true]);
    expect(server.listening).toBe(true);
    await ended;
    expect(server.listening).toBe(false);
  });
});
