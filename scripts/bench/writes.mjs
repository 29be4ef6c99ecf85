import { median, medianPercentiles, percentilesOf } from './latencies.mjs';
import { runLoad, shareRequests } from './load.mjs';
import { cpuSeconds } from './process-figures.mjs';

/** @typedef {import('./corpus.mjs').Corpus} Corpus */
/** @typedef {import('./corpus.mjs').Piece} Piece */
/** @typedef {import('./load.mjs').Request} Request */
/** @typedef {import('./load.mjs').Tally} Tally */
/** @typedef {import('./latencies.mjs').Percentiles} Percentiles */

/**
 * A server under load: where it is and, if it runs on this machine, its process.
 * @typedef {{ target: import('./connection.mjs').Target, pid?: number | undefined }} Subject
 */

/**
 * @typedef {object} WriteResult
 * @property {number} rate statements per second
 * @property {number} statements stored
 * @property {Percentiles} latency of requests, ms
 * @property {number | undefined} cpu of the server per statement, µs
 * @property {number} clientCores part of one core that the load generator took
 */

/** Statements per request and connections of each load. */
export const WRITE_LOADS = {
  single: { batch: 1, connections: 32 },
  batch50: { batch: 50, connections: 16 },
  batch500: { batch: 500, connections: 8 },
};

/** @typedef {keyof typeof WRITE_LOADS} WriteLoad */

const OPEN = Buffer.from('[');
const CLOSE = Buffer.from(']');

/**
 * @param {import('./connection.mjs').Target} target
 * @param {Piece} piece
 * @returns {Request}
 */
const postRequest = ({ endpoint }, { body, statements }) => ({
  kind: 'post',
  method: 'POST',
  path: `${endpoint.pathname}/statements`,
  body: statements === 1 ? [body] : [OPEN, body, CLOSE],
  statements,
});

/**
 * @param {import('./connection.mjs').Target} target
 * @param {() => Piece | undefined} pieces
 * @returns {() => Request | undefined}
 */
export const postRequests = (target, pieces) => () => {
  const piece = pieces();
  return piece && postRequest(target, piece);
};

/**
 * One round of a load: `count` statements from the corpus, or what can be stored in `seconds`.
 * @param {object} options
 * @param {Subject} options.subject
 * @param {WriteLoad} options.load
 * @param {Corpus} options.corpus
 * @param {number} options.from
 * @param {number} options.count
 * @param {number} options.seconds
 * @param {Tally} options.tally
 * @param {(statements: number, ms: number) => void} [options.onStored]
 * @returns {Promise<WriteResult & { ms: number }>}
 */
export const measureWrites = async (options) => {
  const { subject, load, corpus, from, count, seconds, tally, onStored } = options;
  const { target, pid } = subject;
  const { batch, connections } = WRITE_LOADS[load];
  const next = postRequests(target, corpus.pieces(from, count, batch));
  const workers = shareRequests(connections, next, seconds);
  const before = cpuSeconds(pid);
  const result = await runLoad({ target, workers, tally, ...(onStored ? { onStored } : {}) });
  const after = cpuSeconds(pid);
  const { ms, statements, latencies, clientCores } = result;
  return {
    rate: (statements / ms) * 1000,
    statements,
    ms,
    latency: percentilesOf(latencies.get('post') ?? []),
    cpu: before === undefined || after === undefined ? undefined : ((after - before) / statements) * 1e6,
    clientCores,
  };
};

/**
 * Rounds in one: medians, and the rates of all rounds.
 * @param {readonly WriteResult[]} rounds
 * @returns {WriteResult & { rates: number[] }}
 */
export const medianWrites = (rounds) => {
  const cpus = rounds.flatMap(({ cpu }) => (cpu === undefined ? [] : [cpu]));
  return {
    rate: median(rounds.map(({ rate }) => rate)),
    rates: rounds.map(({ rate }) => rate),
    statements: rounds.reduce((sum, { statements }) => sum + statements, 0),
    latency: medianPercentiles(rounds.map(({ latency }) => latency)),
    cpu: cpus.length > 0 ? median(cpus) : undefined,
    clientCores: median(rounds.map(({ clientCores }) => clientCores)),
  };
};
