import { percentilesOf } from './latencies.mjs';
import { runLoad, shareRequests } from './load.mjs';
import { QUERY_KINDS, queryRequest } from './queries.mjs';
import { askOnce } from './reads.mjs';
import { postRequests, WRITE_LOADS } from './writes.mjs';

/** @typedef {import('./latencies.mjs').Percentiles} Percentiles */
/** @typedef {import('./load.mjs').Worker} Worker */
/** @typedef {import('./queries.mjs').QueryKind} QueryKind */
/** @typedef {import('./queries.mjs').StoredDraw} StoredDraw */

/**
 * @typedef {object} ConcurrentOptions
 * @property {import('./load.mjs').Target} target
 * @property {readonly StoredDraw[]} draws
 * @property {import('./corpus.mjs').Corpus} corpus
 * @property {number} from
 * @property {number} count
 * @property {number} seconds
 * @property {import('./load.mjs').Tally} tally
 */

/** @typedef {{ writeRate: number, readRate: number, post: Percentiles, read: Percentiles }} MixedResult per second */
/** @typedef {{ writeRate: number, latencies: Map<string, number[]> }} BusyResult */

const MIXED_CONNECTIONS = 32;
/** In the mixed load, one request in so many is a read. */
const READ_EVERY = 5;
/** Connections that ask while the others post at full rate. */
const READERS = 4;

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} index
 */
const cycle = (list, index) => /** @type {T} */ (list[index % list.length]);

/**
 * Four of five requests post one statement, the fifth asks for something; the kinds of query take turns.
 * @param {ConcurrentOptions} options
 * @returns {Promise<MixedResult>}
 */
export const measureMixed = async ({ target, draws, corpus, from, count, seconds, tally }) => {
  const kinds = QUERY_KINDS.filter(({ pages }) => !pages);
  const nextPost = postRequests(target, corpus.pieces(from, count, WRITE_LOADS.single.batch));
  let requests = 0;
  const next = () => {
    requests += 1;
    if (requests % READ_EVERY !== 0) return nextPost();
    const read = requests / READ_EVERY;
    const draw = cycle(draws, Math.floor(read / kinds.length));
    return { ...queryRequest(target.endpoint, cycle(kinds, read), draw), kind: 'read' };
  };
  const workers = shareRequests(MIXED_CONNECTIONS, next, seconds);
  const { ms, statements, latencies } = await runLoad({ target, workers, tally });
  const read = percentilesOf(latencies.get('read') ?? []);
  const post = percentilesOf(latencies.get('post') ?? []);
  return { writeRate: (statements / ms) * 1000, readRate: (read.n / ms) * 1000, post, read };
};

/**
 * Every kind of query in turn on four connections, while the others post batches of 50 as fast as they are taken.
 * @param {ConcurrentOptions} options
 * @returns {Promise<BusyResult>}
 */
export const measureBusyReads = async ({ target, draws, corpus, from, count, seconds, tally }) => {
  const { batch, connections } = WRITE_LOADS.batch50;
  const next = postRequests(target, corpus.pieces(from, count, batch));
  let writing = connections;
  const writers = shareRequests(connections, next, seconds).map((write) => /** @type {Worker} */
    async (connection, record) => {
    await write(connection, record);
    writing -= 1;
  });
  let asked = 0;
  /** @type {Worker} */
  const reader = async (connection, record) => {
    while (writing === connections) {
      const draw = cycle(draws, Math.floor(asked / QUERY_KINDS.length));
      const kind = cycle(QUERY_KINDS, asked);
      asked += 1;
      await askOnce({ target, tally, connection, record }, kind, draw);
    }
  };
  const readers = Array.from({ length: READERS }, () => reader);
  const { ms, statements, latencies } = await runLoad({ target, workers: [...writers, ...readers], tally });
  return { writeRate: (statements / ms) * 1000, latencies };
};
