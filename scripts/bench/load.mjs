import { createConnection } from './connection.mjs';

/** @typedef {import('./connection.mjs').Target} Target */
/** @typedef {import('./connection.mjs').Connection} Connection */
/** @typedef {import('./connection.mjs').Exchange} Exchange */

/** A thing to ask; `statements` is what the server has stored when it has answered 2xx. */
/** @typedef {Exchange & { kind: string, statements: number }} Request */

/**
 * One request after another on one connection, until it is done.
 * @typedef {(connection: Connection, record: Recorder) => Promise<void>} Worker
 */

/**
 * Sends and takes the time, from the first byte sent to the last byte received.
 * @typedef {(connection: Connection, request: Request) => Promise<Buffer>} Recorder
 */

/**
 * @typedef {object} LoadResult
 * @property {number} ms from the start to the last answer
 * @property {number} statements stored
 * @property {Map<string, number[]>} latencies in ms, by kind
 * @property {number} clientCores part of one core that the load generator took
 */

/**
 * What the server stored so far and what it said wrongly: answers that are not 2xx, and answers that are but lack what was asked for.
 * @typedef {{ answers: number, stored: number, wrong: Map<string, { count: number, example: string }> }} Tally
 */

/** @returns {Tally} */
export const createTally = () => ({ answers: 0, stored: 0, wrong: new Map() });

/**
 * @param {Tally} tally
 * @param {string} what
 * @param {string} example
 */
export const countWrong = (tally, what, example) => {
  const seen = tally.wrong.get(what);
  if (seen) seen.count += 1;
  else tally.wrong.set(what, { count: 1, example });
};

/**
 * Runs workers side by side, each on its own open connection; the clock starts when all are open.
 * @param {object} options
 * @param {Target} options.target
 * @param {readonly Worker[]} options.workers
 * @param {Tally} options.tally
 * @param {(statements: number, ms: number) => void} [options.onStored] statements stored so far, and when
 * @returns {Promise<LoadResult>}
 */
export const runLoad = async ({ target, workers, tally, onStored }) => {
  const connections = workers.map(() => createConnection(target));
  await Promise.all(connections.map((connection) => connection.open()));
  /** @type {Map<string, number[]>} */
  const latencies = new Map();
  let statements = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();

  /** @type {Recorder} */
  const record = async (connection, request) => {
    const sent = performance.now();
    const answer = await connection.exchange(request);
    const now = performance.now();
    const own = latencies.get(request.kind);
    if (own) own.push(now - sent);
    else latencies.set(request.kind, [now - sent]);
    tally.answers += 1;
    const { status, body } = answer;
    const stored = status >= 200 && status <= 299 ? request.statements : 0;
    statements += stored;
    tally.stored += stored;
    if (status < 200 || status > 299) {
      countWrong(tally, `${request.kind}: status ${status}`, body.toString('utf8', 0, 300));
    }
    if (request.statements > 0) onStored?.(statements, now - start);
    return body;
  };

  try {
    await Promise.all(connections.map((connection, index) => workers[index]?.(connection, record)));
  } finally {
    for (const connection of connections) connection.close();
  }
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, statements, latencies, clientCores: (user + system) / 1000 / ms };
};

/**
 * Workers that share one supply of requests, for at most `seconds`.
 * @param {number} connections
 * @param {() => Request | undefined} next
 * @param {number} seconds
 * @returns {Worker[]}
 */
export const shareRequests = (connections, next, seconds) => {
  const end = performance.now() + seconds * 1000;
  /** @type {Worker} */
  const worker = async (connection, record) => {
    for (let request = next(); request; request = performance.now() < end ? next() : undefined) {
      await record(connection, request);
    }
  };
  return Array.from({ length: connections }, () => worker);
};
