import { percentilesOf } from './latencies.mjs';
import { countWrong, runLoad } from './load.mjs';
import { QUERY_KINDS, queryRequest } from './queries.mjs';

/** @typedef {import('./load.mjs').Connection} Connection */
/** @typedef {import('./load.mjs').Recorder} Recorder */
/** @typedef {import('./load.mjs').Tally} Tally */
/** @typedef {import('./load.mjs').Target} Target */
/** @typedef {import('./latencies.mjs').Percentiles} Percentiles */
/** @typedef {import('./queries.mjs').QueryKind} QueryKind */
/** @typedef {import('./queries.mjs').StoredDraw} StoredDraw */

/** @typedef {{ first: Percentiles, warm: Percentiles, rows: number }} IdleReads `rows` is the mean of statements per answer */

/** Name under which the page before the first `more` is timed; it is the kind `verb` again and not reported. */
const FIRST_PAGE = 'before more';

/** @param {Buffer} body */
const readAnswer = (body) => {
  try {
    const { statements, more } = JSON.parse(body.toString());
    const rows = Array.isArray(statements) ? statements.length : 1;
    return { rows, more: typeof more === 'string' && more !== '' ? more : undefined };
  } catch {
    return { rows: 0, more: undefined };
  }
};

/**
 * Asks once and, where the kind says so, follows `more`.
 * @param {{ target: Target, tally: Tally, connection: Connection, record: Recorder }} to
 * @param {QueryKind} kind
 * @param {StoredDraw} draw
 * @returns {Promise<number>} statements in the last answer
 */
export const askOnce = async ({ target, tally, connection, record }, kind, draw) => {
  const request = queryRequest(target.endpoint, kind, draw);
  let pages = kind.pages ?? 0;
  let body = await record(connection, pages > 0 ? { ...request, kind: FIRST_PAGE } : request);
  let { rows, more } = readAnswer(body);
  for (; pages > 0 && more; pages -= 1) {
    const { pathname, search } = new URL(more, target.endpoint);
    body = await record(connection, { ...request, path: pathname + search });
    ({ rows, more } = readAnswer(body));
  }
  if (rows === 0)
    countWrong(tally, `${kind.name}: no statements`, `${request.path} ${body.toString('utf8', 0, 300)}`);
  return rows;
};

/**
 * Every kind of query on one connection while nothing else happens, `count` times, and then the same once more.
 * @param {{ target: Target, draws: readonly StoredDraw[], count: number, tally: Tally }} options
 * @returns {Promise<Map<string, IdleReads>>}
 */
export const measureIdleReads = async ({ target, draws, count, tally }) => {
  const chosen = Array.from({ length: count }, (_, index) => draws[index % draws.length]).filter((d) => !!d);
  const pass = async (/** @type {QueryKind} */ kind) => {
    let rows = 0;
    /** @type {import('./load.mjs').Worker} */
    const worker = async (connection, record) => {
      for (const draw of chosen) rows += await askOnce({ target, tally, connection, record }, kind, draw);
    };
    const { latencies } = await runLoad({ target, workers: [worker], tally });
    return { latency: percentilesOf(latencies.get(kind.name) ?? []), rows: rows / count };
  };
  /** @type {Map<string, IdleReads>} */
  const results = new Map();
  for (const kind of QUERY_KINDS) {
    const { latency: first, rows } = await pass(kind);
    const { latency: warm } = await pass(kind);
    results.set(kind.name, { first, warm, rows });
  }
  return results;
};
