import { QUERY_KINDS } from './queries.mjs';

/** @typedef {import('./results.mjs').Results} Results */
/** @typedef {import('./latencies.mjs').Percentiles} Percentiles */

/**
 * @typedef {object} Verdict
 * @property {string} what
 * @property {string} promise
 * @property {number | undefined} measured undefined when this run did not measure it
 * @property {string} unit
 * @property {boolean | undefined} met undefined when it was not measured, or too few times to be sure
 * @property {'met' | 'NOT MET' | 'too few' | 'not measured'} verdict
 * @property {boolean} early the promise is for a million stored, and this is for less
 * @property {string} n what the figure rests on
 */

/** @typedef {{ what: string, least?: number, most?: number, unit: string, measured: number | undefined, n: string, stored?: number | undefined, samples?: number | undefined }} Promised `stored` where a million is promised */

/** @param {number} value */
const count = (value) => value.toLocaleString('en');

/** @param {number | undefined} part @param {number | undefined} whole */
const ratio = (part, whole) => (part === undefined || whole === undefined ? undefined : part / whole);

/**
 * @param {Results} results
 * @returns {Promised[]}
 */
const ingestPromises = ({ writes, fill }) => {
  const { single, batch50 } = writes;
  const n = (/** @type {typeof single} */ load) =>
    load ? `${count(load.server.statements)} statements` : '';
  const rate = (/** @type {typeof single} */ load) => load?.server.rate;
  const windows = `${count(fill.window)} first, last of ${count(fill.statements)}`;
  const unit = '/s';
  const single1 = { measured: rate(single), n: n(single) };
  const batch = { measured: rate(batch50), n: n(batch50) };
  const toRaw = (/** @type {typeof single} */ load) => ratio(rate(load), load?.rawHttp?.rate);
  return [
    { what: 'ingest, one per request', least: 8000, unit, ...single1 },
    { what: 'ingest, batches of 50', least: 18_000, unit, ...batch },
    {
      what: 'flat: last / first 100,000',
      least: 0.8,
      unit: '',
      measured: fill.lastRate / fill.firstRate,
      n: windows,
      stored: fill.statements,
    },
    { what: 'one per request / raw http', least: 0.25, unit: '', measured: toRaw(single), n: n(single) },
    { what: 'batches of 50 / raw http', least: 0.22, unit: '', measured: toRaw(batch50), n: n(batch50) },
    {
      what: 'batches of 50 / raw durable append',
      least: 0.18,
      unit: '',
      measured: ratio(rate(batch50), batch50?.append?.sqlite),
      n: n(batch50),
    },
  ];
};

/**
 * The worst of the kinds that the promise names; `samples` is how often the one was asked that was asked least.
 * @param {Record<string, Percentiles> | undefined} kinds
 */
const worstRead = (kinds) => {
  const promised = QUERY_KINDS.filter((kind) => kind.promised).map(({ name }) => ({
    name,
    ...kinds?.[name],
  }));
  const samples = Math.min(...promised.map(({ n = 0 }) => n));
  const [worst] = promised.toSorted((a, b) => (b.p99 || 0) - (a.p99 || 0));
  return { measured: worst?.p99, samples, from: `${worst?.n} of ${worst?.name}` };
};

/**
 * @param {Results} results
 * @returns {Promised[]}
 */
const readPromises = ({ reads, busy }) => {
  const warm = Object.entries(reads?.kinds ?? {}).map(([name, kind]) => [name, kind.warm]);
  const promised = (
    /** @type {ReturnType<typeof worstRead>} */ { measured, samples, from },
    /** @type {number | undefined} */ stored,
  ) => ({ unit: ' ms', measured, samples, stored, n: `${from}, ${count(stored ?? 0)} stored` });
  const idle = promised(worstRead(Object.fromEntries(warm)), reads?.stored);
  const beside = promised(worstRead(busy?.kinds), busy?.stored);
  return [
    { what: 'newest 50, warm, idle: worst p99', most: 10, ...idle },
    { what: 'newest 50 while ingesting: worst p99', most: 40, ...beside },
  ];
};

/**
 * @param {Results} results
 * @returns {Promised[]}
 */
const resourcePromises = ({ store, starts }) => {
  const onDisk = starts ?? store;
  const ofDisk = { measured: ratio(onDisk?.diskBytes, onDisk?.storedBytes), stored: onDisk?.stored };
  const resident = store?.resident && store.resident.highest / 1e6;
  const storedText = (/** @type {number | undefined} */ stored) => `${count(stored ?? 0)} stored`;
  const start = (/** @type {number | undefined} */ ms) => ({
    most: 2,
    unit: ' s',
    measured: ms === undefined ? undefined : ms / 1000,
    n: `${starts?.rounds} starts, ${storedText(starts?.stored)}`,
    stored: starts?.stored,
  });
  const memory = { measured: resident, stored: store?.stored, n: storedText(store?.stored) };
  return [
    { what: 'disk / stored JSON', most: 1.5, unit: '', ...ofDisk, n: storedText(onDisk?.stored) },
    { what: 'highest resident memory', most: 400, unit: ' MB', ...memory },
    { what: 'start after a clean stop', ...start(starts?.afterStopMs) },
    { what: 'start after kill -9', ...start(starts?.afterKillMs) },
  ];
};

/** What it takes to speak of a 99th percentile. */
const SAMPLES = 100;
const MILLION = 1_000_000;

/**
 * @param {Promised} promised
 * @returns {Verdict['verdict']}
 */
const verdictOn = ({ least, most, measured, samples = SAMPLES }) => {
  if (measured === undefined || !Number.isFinite(measured)) return 'not measured';
  if (least !== undefined && measured < least) return 'NOT MET';
  if (most !== undefined && measured > most) return 'NOT MET';
  return samples < SAMPLES ? 'too few' : 'met';
};

/**
 * @param {Promised} promised
 * @returns {Verdict}
 */
const judge = (promised) => {
  const { what, least, most, unit, measured, n, stored = MILLION } = promised;
  const verdict = verdictOn(promised);
  return {
    what,
    promise: least === undefined ? `≤ ${count(most ?? Number.NaN)}${unit}` : `≥ ${count(least)}${unit}`,
    measured: verdict === 'not measured' ? undefined : measured,
    unit,
    met: verdict === 'met' ? true : verdict === 'NOT MET' ? false : undefined,
    verdict,
    early: stored < MILLION,
    n,
  };
};

/**
 * The promises that a bench can test, each with what this run says about it.
 * @param {Results} results
 * @returns {Verdict[]}
 */
export const judgePromises = (results) =>
  [...ingestPromises(results), ...readPromises(results), ...resourcePromises(results)].map(judge);
