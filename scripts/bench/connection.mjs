import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { createAnswerReader } from './answer-reader.mjs';

/** @typedef {import('./answer-reader.mjs').Answer} Answer */
/** @typedef {import('node:net').Socket} Socket */

/**
 * @typedef {object} Target
 * @property {URL} endpoint of xAPI, without a slash at its end: `http://127.0.0.1:8080/xapi`
 * @property {string} [authorization] value of the header
 */

/** @typedef {{ method: 'GET' | 'POST', path: string, body?: readonly Buffer[] }} Exchange */

/**
 * One keep-alive connection, one request at a time. It writes to the socket itself: an HTTP client with all the
 * comforts would take more of the two cores than some of the servers it measures.
 * @typedef {object} Connection
 * @property {() => Promise<void>} open
 * @property {(exchange: Exchange) => Promise<Answer>} exchange rejects when the connection breaks
 * @property {() => void} close
 */

/**
 * @param {Target} target
 * @returns {Promise<Socket>}
 */
const openSocket = ({ endpoint }) =>
  new Promise((resolve, reject) => {
    const secure = endpoint.protocol === 'https:';
    const port = Number(endpoint.port || (secure ? 443 : 80));
    const host = endpoint.hostname.replace(/^\[|\]$/g, '');
    const socket = secure ? connectTls({ host, port, servername: host }) : connectTcp({ host, port });
    socket.setNoDelay(true);
    socket.once(secure ? 'secureConnect' : 'connect', () => resolve(socket));
    socket.once('error', reject);
  });

/** @param {Target} target */
const commonHeaders = ({ endpoint, authorization }) =>
  `Host: ${endpoint.host}\r\nX-Experience-API-Version: 1.0.3\r\n${
    authorization ? `Authorization: ${authorization}\r\n` : ''
  }`;

/**
 * One buffer, so that a request is one write to the socket.
 * @param {string} method
 * @param {string} path
 * @param {string} headers
 * @param {readonly Buffer[]} [body]
 */
const encode = (method, path, headers, body) => {
  const length = body?.reduce((sum, part) => sum + part.length, 0) ?? 0;
  const content = body ? `Content-Type: application/json\r\nContent-Length: ${length}\r\n` : '';
  const head = `${method} ${path} HTTP/1.1\r\n${headers}${content}\r\n`;
  const bytes = Buffer.allocUnsafe(head.length + length);
  let at = bytes.write(head, 'latin1');
  for (const part of body ?? []) at += part.copy(bytes, at);
  return bytes;
};

/**
 * @param {Target} target
 * @returns {Connection}
 */
export const createConnection = (target) => {
  const headers = commonHeaders(target);
  /** @type {Socket | undefined} */
  let socket;
  /** @type {{ resolve: (answer: Answer) => void, reject: (error: Error) => void } | undefined} */
  let waiting;

  const lose = (/** @type {Error} */ error) => {
    socket = undefined;
    waiting?.reject(error);
    waiting = undefined;
  };

  const open = async () => {
    const opened = await openSocket(target);
    const read = createAnswerReader((answer) => {
      // Who has asked nothing for long is told 408, and that the connection ends.
      if (waiting === undefined) return close();
      const { resolve } = waiting;
      waiting = undefined;
      if (answer.closes) close();
      resolve(answer);
    });
    opened.on('data', read);
    opened.on('error', lose);
    opened.on('close', () => lose(new Error('the server closed the connection before it answered')));
    socket = opened;
  };

  const close = () => {
    const closing = socket;
    socket = undefined;
    closing?.removeAllListeners('close').destroy();
  };

  /** @type {Connection['exchange']} */
  const exchange = async ({ method, path, body }) => {
    if (!socket) await open();
    const to = /** @type {Socket} */ (/** @type {unknown} */ (socket));
    return new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      to.write(encode(method, path, headers, body));
    });
  };

  return { open, exchange, close };
};
