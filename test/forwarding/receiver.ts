import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { uuid } from '../storage/sample-statements.ts';

export type Heard = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** The ids of the statements, if it was a JSON batch. */
  readonly ids: readonly string[];
};

/** Another LRS as it may be met in the wild: it does what the test says. */
export type Receiver = {
  readonly url: string;
  /** All requests, in their order. */
  readonly heard: readonly Heard[];
  /** How many connections there were. */
  connections(): number;
  answer: (heard: Heard, response: ServerResponse) => void;
  close(): Promise<void>;
};

const idsIn = (body: Buffer): readonly string[] => {
  try {
    return (JSON.parse(body.toString()) as { readonly id: string }[]).map(({ id }) => id);
  } catch {
    return [];
  }
};

/** As an LRS answers. */
export const take = ({ ids }: Heard, response: ServerResponse): void => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(ids));
};

/** Answers a status, and a body if there is one. */
export const say =
  (status: number, body = '', headers: Readonly<Record<string, string>> = {}) =>
  (_heard: Heard, response: ServerResponse): void => {
    response.writeHead(status, headers);
    response.end(body);
  };

const started: Receiver[] = [];

export const startReceiver = async (answer: Receiver['answer'] = take): Promise<Receiver> => {
  const heard: Heard[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const body = await buffer(request).catch(() => Buffer.alloc(0));
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, headers, body, ids: idsIn(body) };
    heard.push(one);
    receiver.answer(one, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    connections: () => connections,
    answer,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => {
        server.close(closed);
      });
    },
  };
  started.push(receiver);
  return receiver;
};

/** To be called after each test. */
export const closeReceivers = async (): Promise<void> => {
  for (const receiver of started.splice(0)) await receiver.close();
};

/** Refuses a batch that has one of these in it, whole, as the standard asks. */
export const refusing =
  (bad: readonly number[], status: number, body = '{"message":"no"}'): Receiver['answer'] =>
  (heard, response) =>
    (heard.ids.some((id) => bad.map(uuid).includes(id)) ? say(status, body) : take)(heard, response);

/** Keeps what it has answered 200 to. */
export const keeping = (taken: string[], answer: Receiver['answer']): Receiver['answer'] => {
  return (heard, response) => {
    response.once('finish', () => {
      if (response.statusCode === 200) taken.push(...heard.ids);
    });
    answer(heard, response);
  };
};
