import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export type Sent = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};
export type Got = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
};

/** A connection that is kept as long as the server keeps it, for one request after the other. */
export type KeepAlive = { send(sent: Sent): Promise<Got>; close(): void };

/** By hand: Node's own client takes as long for a request as the server does. */
export const keepAlive = (port: number): KeepAlive => {
  let socket: Socket | undefined;
  return {
    send: async (sent) => {
      if (socket === undefined || socket.destroyed || socket.readableEnded) {
        socket = connect({ port, host: '127.0.0.1', noDelay: true });
        socket.on('error', () => undefined);
        await once(socket, 'connect');
      }
      const current = socket;
      const got = await answerOf(current, sent);
      if (got.headers['connection'] === 'close' || isEndless(got)) current.destroy();
      return got;
    },
    close: () => socket?.destroy(),
  };
};

const answerOf = (socket: Socket, sent: Sent): Promise<Got> =>
  new Promise((resolve, refuse) => {
    let bytes: Buffer = Buffer.alloc(0);
    const done = (): void => {
      socket.off('data', read);
      socket.off('close', broken);
    };
    const read = (chunk: Buffer): void => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      const got = readAnswer(bytes, sent.method);
      if (got === undefined) return;
      done();
      resolve(got);
    };
    const broken = (): void => {
      done();
      refuse(new Error(`${sent.method} ${sent.path} has not been answered.`));
    };
    socket.on('data', read);
    socket.on('close', broken);
    socket.write(textOf(sent));
  });

const textOf = ({ method, path, headers, body = '' }: Sent): string => {
  const all = { Host: '127.0.0.1', ...headers, 'Content-Length': String(Buffer.byteLength(body)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
};

/** The whole answer, or of one without an end its beginning; undefined while something of it is missing. */
const readAnswer = (bytes: Buffer, method: string): Got | undefined => {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  const body = bytes.subarray(end + 4);
  const status = Number(first.slice(9, 12));
  const length = method === 'HEAD' ? 0 : Number(headers['content-length'] ?? (status === 200 ? 1 : 0));
  return body.length < length ? undefined : { status, headers, text: body.toString() };
};

const isEndless = ({ headers }: Got): boolean => headers['content-type'] === 'text/event-stream';
