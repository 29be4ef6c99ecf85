import { Agent, request as startRequest } from 'node:http';

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} body
 * @property {string} via the ports of its connection, and which of the answers on it this is: so it is found in a trace
 */

/**
 * @typedef {object} Sending
 * @property {string} method
 * @property {string} path below the endpoint, such as `statements?limit=5`, or the whole path of a `more` link
 * @property {Readonly<Record<string, string>>} [headers]
 * @property {string | Buffer} [body]
 */

const SILENT_MILLISECONDS = 60_000;

/** Answers by the ports of both sides; a port is used again only by a later connection, which counts on. */
const answersOn = new Map();

const viaOf = ({ localPort, remotePort }) => {
  const ports = `${remotePort}-${localPort}`;
  const nth = (answersOn.get(ports) ?? 0) + 1;
  answersOn.set(ports, nth);
  return `${ports}/${nth}`;
};

/**
 * A client with connections of its own.
 * @param {{ url: string, key: string, secret: string }} server
 * @param {(answer: Answer) => void} [heard] told of every answer
 * @param {number} [connections]
 */
export const createClient = ({ url, key, secret }, heard = () => {}, connections = 1) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const common = {
    Authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
    'X-Experience-API-Version': '1.0.3',
  };

  const sendOnce = ({ method, path, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const to = new URL(path.startsWith('/') ? path : `/xapi/${path}`, url);
      const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
      const sent = startRequest(to, { method, agent, headers: { ...common, ...length, ...headers } });
      sent.setTimeout(SILENT_MILLISECONDS, () => sent.destroy(new Error('no answer came')));
      sent.on('error', (error) => reject(Object.assign(error, { wasIdle: sent.reusedSocket })));
      sent.on('response', (response) => {
        const chunks = [];
        const via = viaOf(response.socket);
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const answer = {
            status: response.statusCode,
            headers: response.headers,
            body: Buffer.concat(chunks),
            via,
          };
          heard(answer);
          if (answer.status === 503) reject(new Error(`503: ${answer.body}`));
          else resolve(answer);
        });
      });
      sent.end(body);
    });

  /**
   * A read that meets a connection which the server has just closed, because it was idle, is sent once more.
   * @param {Sending} sending
   * @returns {Promise<Answer>} rejects when the connection ends before the whole answer has come, and on 503: what
   *   has become of the request is not known then either
   */
  const send = (sending) =>
    sendOnce(sending).catch((error) => {
      if (sending.method === 'GET' && error.wasIdle === true) return sendOnce(sending);
      throw error;
    });

  return { send, close: () => agent.destroy() };
};
