import { Agent, request as startRequest } from 'node:http';
import { connect } from 'node:net';

const SILENT_MILLISECONDS = 20_000;

const authorizationOf = ({ key, secret }) => `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;

const commonOf = (server) => ({
  Authorization: authorizationOf(server),
  'X-Experience-API-Version': '1.0.3',
});

/**
 * What became of a request: `answer`, `refused` when there was nobody to connect to any more, `unaccepted` when a new
 * connection was never let in, `reset` when it was sent on one that had been.
 * @param {object} server
 * @param {Agent} agent
 * @param {import('../crash/client.mjs').Sending} sending
 */
const sendOn = (server, agent, { method, path, headers = {}, body }) =>
  new Promise((resolve) => {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const sent = startRequest(new URL(path, server.url), {
      method,
      agent,
      headers: { ...commonOf(server), ...length, ...headers },
    });
    sent.setTimeout(SILENT_MILLISECONDS, () => sent.destroy(new Error('no answer came')));
    sent.on('error', (error) => {
      const isNew = !sent.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code);
      const what = error.code === 'ECONNREFUSED' ? 'refused' : isNew ? 'unaccepted' : 'reset';
      resolve({ what, told: `${method} ${path.slice(0, 60)}: ${error.message}` });
    });
    sent.on('response', async (response) => {
      try {
        const bytes = Buffer.concat(await response.toArray());
        const closes = response.headers.connection === 'close';
        const mayComeAgain = response.headers['retry-after'] !== undefined;
        resolve({
          what: 'answer',
          status: response.statusCode,
          body: bytes.toString(),
          closes,
          mayComeAgain,
        });
      } catch (error) {
        resolve({
          what: 'reset',
          told: `half an answer to ${method} ${path.slice(0, 60)}: ${error.message}`,
        });
      }
    });
    sent.end(body);
  });

/** A client with one connection, which it keeps; nothing it does throws. */
export const keptClient = (server) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return { send: (sending) => sendOn(server, agent, sending), close: () => agent.destroy() };
};

const rawSocket = ({ url }) => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  return socket;
};

const headOf = (server, line, more = []) => {
  const lines = Object.entries(commonOf(server)).map(([name, value]) => `${name}: ${value}`);
  return `${[line, 'Host: x', ...lines, ...more].join('\r\n')}\r\n\r\n`;
};

/** Begins a body and sends a byte of it now and then, for ever. */
export const slowUploader = (server) => {
  const socket = rawSocket(server);
  socket.write(
    headOf(server, 'POST /xapi/statements HTTP/1.1', [
      'Content-Type: application/json',
      'Content-Length: 1000000',
    ]),
  );
  const dribble = setInterval(() => socket.write(' '), 100);
  socket.once('close', () => clearInterval(dribble));
  return socket;
};

/** Asks for what is larger than all buffers on the way, and reads nothing of it. */
export const slowReader = (server) => {
  const socket = rawSocket(server);
  socket.pause();
  socket.write(headOf(server, 'GET /xapi/statements?limit=1000 HTTP/1.1').repeat(20));
  return socket;
};

/** Connects and says nothing. */
export const idler = (server) => rawSocket(server);

/** A stream of what is stored: when something has come, and how it ended. */
export const follower = (server) => {
  const agent = new Agent();
  let text = '';
  let begin = () => undefined;
  const begun = new Promise((resolve) => {
    begin = resolve;
  });
  const ended = new Promise((resolve) => {
    const sent = startRequest(new URL('/api/v1/statements/stream', server.url), {
      agent,
      headers: commonOf(server),
    });
    sent.on('error', (error) => resolve(error.message));
    sent.on('response', (response) => {
      response.on('data', (chunk) => {
        text += chunk;
        if (text.includes('\ndata: ')) begin();
      });
      response.on('error', (error) => resolve(error.message));
      response.on('end', () => resolve('ended'));
    });
    sent.end();
  });
  return { begun, ended, events: () => text.split('\ndata: ').length - 1 };
};

/** Several requests written at once on one connection, `when` it is time for that. */
export const pipelined = (server, count, when) => {
  const socket = rawSocket(server);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const send = async () => {
    await when;
    socket.write(headOf(server, 'GET /xapi/about HTTP/1.1').repeat(count));
    await closed;
    const answers = text.split(/HTTP\/1\.1 (?:200|503) /).slice(1);
    const closes = answers.filter((one) => /^connection: close\r$/im.test(one)).length;
    return { answers: answers.length, closes };
  };
  return { ready: new Promise((resolve) => socket.once('connect', resolve)), done: send() };
};
