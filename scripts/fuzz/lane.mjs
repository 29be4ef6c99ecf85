import { connect } from 'node:net';
import { announcedLength, readAnswer } from './read-answer.mjs';

/**
 * @typedef {object} Sending
 * @property {string} method
 * @property {string} target path and query, as they go over the wire
 * @property {readonly (readonly [string, string])[]} headers besides Host and Content-Length
 * @property {Buffer} [body]
 */

/** @typedef {import('./read-answer.mjs').Answer & { ms: number, rest: number }} Heard */

const SILENT_MS = 10_000;
/** The server closes what is idle for 5 s; a connection near that is not used again. */
const FRESH_MS = 3000;
const NO_ANSWER = { status: 0, headers: new Map(), body: Buffer.alloc(0), length: 0 };

/** @param {Sending} sending */
const bytesOf = ({ method, target, headers, body }, host) => {
  const length = body === undefined || headers.some(([name]) => name === 'Transfer-Encoding');
  const all = [['Host', host], ...headers, ...(length ? [] : [['Content-Length', String(body.length)]])];
  const lines = all.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([
    Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`, 'latin1'),
    body ?? Buffer.alloc(0),
  ]);
};

const open = (url) =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port) });
    socket.setNoDelay(true);
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });

/**
 * Writes bytes and waits for an answer, the end of the connection, or nothing.
 * @returns {Promise<Heard>} `rest` is how many bytes came behind the answer
 */
const converse = (socket, bytes, { isHead, toEnd }) =>
  new Promise((resolve) => {
    const begin = performance.now();
    const chunks = [];
    const done = () => {
      clearTimeout(timer);
      for (const name of ['data', 'close', 'error']) socket.removeAllListeners(name);
      socket.on('error', () => undefined);
      const all = Buffer.concat(chunks);
      const answer = readAnswer(all, isHead) ?? NO_ANSWER;
      resolve({ ...answer, ms: performance.now() - begin, rest: all.length - answer.length, all });
    };
    const timer = setTimeout(() => {
      socket.destroy();
      done();
    }, SILENT_MS);
    let [came, wanted] = [0, 0];
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      came += chunk.length;
      if (toEnd || came < wanted) return;
      const all = Buffer.concat(chunks);
      if (readAnswer(all, isHead) !== undefined) done();
      else wanted = announcedLength(all);
    });
    socket.on('error', () => undefined);
    socket.on('close', done);
    if (toEnd) socket.end(bytes);
    else socket.write(bytes);
  });

/**
 * A client with one connection that is kept, and opened anew when it was closed.
 * @param {URL} url of the server
 */
export const createLane = (url) => {
  let socket;
  let used = 0;

  const kept = async () => {
    if (socket === undefined || socket.destroyed || performance.now() - used > FRESH_MS) {
      socket?.destroy();
      socket = await open(url);
    }
    return socket;
  };

  /** @param {Sending} sending */
  const ask = async (sending) => {
    const heard = await converse(await kept(), bytesOf(sending, url.host), {
      isHead: sending.method === 'HEAD',
    });
    used = performance.now();
    if (heard.status === 0 || heard.rest > 0 || heard.headers.get('connection') === 'close') {
      socket.destroy();
      socket = undefined;
    }
    return heard;
  };

  /** Sends bytes on a connection of their own and hears all that comes until it ends. */
  const sendRaw = async (bytes) => {
    const own = await open(url);
    const heard = await converse(own, bytes, { isHead: false, toEnd: true });
    own.destroy();
    return heard;
  };

  return { ask, sendRaw, host: url.host, close: () => socket?.destroy() };
};
