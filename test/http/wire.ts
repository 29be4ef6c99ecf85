import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly bytes: Buffer;
};
export type Wire = {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Several are sent chunked, without a Content-Length. */
  readonly body?: string | Buffer | readonly Buffer[];
};

const isWhole = (body: Wire['body']): body is string | Buffer =>
  typeof body === 'string' || Buffer.isBuffer(body);

const headersOf = (authorization: string, { headers, body }: Wire) => ({
  Authorization: authorization,
  'X-Experience-API-Version': '1.0.3',
  ...(isWhole(body) ? { 'Content-Length': String(Buffer.byteLength(body)) } : {}),
  ...headers,
});

const answerOf = async (response: IncomingMessage): Promise<Answer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return { status: response.statusCode ?? 0, headers: response.headers, text: bytes.toString(), bytes };
};

export const send = (port: number, authorization: string, wire: Wire): Promise<Answer> =>
  new Promise((resolve, refuse) => {
    const { method = 'GET', path, body = '' } = wire;
    const headers = headersOf(authorization, wire);
    const outgoing = httpRequest({ host: '127.0.0.1', port, path, method, agent: false, headers });
    outgoing.on('response', (response) => resolve(answerOf(response)));
    outgoing.on('error', refuse);
    if (isWhole(body)) {
      outgoing.end(body);
      return;
    }
    for (const piece of body) outgoing.write(piece);
    outgoing.end();
  });

/**
 * Sends requests with bodies up to their last byte, and then that of all of them at once, so that the server has
 * them all in one turn of its event loop.
 */
export const sendTogether = async (
  port: number,
  authorization: string,
  wires: readonly Wire[],
): Promise<readonly Answer[]> => {
  const started = wires.map(({ body = ' ', ...wire }) => {
    const bytes = Buffer.from(body as string);
    const headers = { ...headersOf(authorization, wire), 'Content-Length': String(bytes.length) };
    const { path, method = 'POST' } = wire;
    const outgoing = httpRequest({ host: '127.0.0.1', port, path, method, agent: false, headers });
    const answer = new Promise<Answer>((resolve, refuse) => {
      outgoing.on('response', (response) => resolve(answerOf(response)));
      outgoing.on('error', refuse);
    });
    const sent = new Promise((resolve) => {
      outgoing.write(bytes.subarray(0, -1), resolve);
    });
    return { sent, answer, end: () => outgoing.end(bytes.subarray(-1)) };
  });
  await Promise.all(started.map(({ sent }) => sent));
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (const { end } of started) end();
  return Promise.all(started.map(({ answer }) => answer));
};
