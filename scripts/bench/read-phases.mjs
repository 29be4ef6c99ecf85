import { measureBusyReads, measureMixed } from './concurrent.mjs';
import { median, medianPercentiles, percentilesOf } from './latencies.mjs';
import { indexes, settle } from './phase.mjs';
import { QUERY_KINDS } from './queries.mjs';
import { measureIdleReads } from './reads.mjs';

/** @typedef {import('./phase.mjs').Bench} Bench */
/** @typedef {import('./results.mjs').Results} Results */
/** @typedef {import('./writes.mjs').Subject} Subject */
/** @typedef {import('./queries.mjs').StoredDraw} StoredDraw */

/** Rounds with queries are longer: each kind has to be asked often enough for a percentile. */
export const BUSY_ROUNDS = 5;

/**
 * @param {Bench} bench
 * @param {Subject} subject
 * @param {readonly StoredDraw[]} draws
 * @returns {Promise<Results['reads']>}
 */
export const measureReads = async ({ options, tally, say }, { target }, draws) => {
  if (!options.loads.includes('reads')) return undefined;
  say('asking, with nothing else going on');
  const kinds = await measureIdleReads({ target, draws, count: options.reads, tally });
  return { stored: tally.stored, kinds: Object.fromEntries(kinds) };
};

/**
 * @param {Bench} bench
 * @param {Subject} subject
 * @param {readonly StoredDraw[]} draws
 * @returns {Promise<Results['mixed']>}
 */
export const measureMixedRounds = async ({ options, corpus, tally, claim, say }, { target }, draws) => {
  if (!options.loads.includes('mixed')) return undefined;
  say('posting and asking, four to one');
  const { round: count, seconds } = options;
  const rounds = [];
  for (const _ of indexes(options.rounds)) {
    await settle();
    rounds.push(await measureMixed({ target, draws, corpus, from: claim(count), count, seconds, tally }));
  }
  return {
    writeRate: median(rounds.map(({ writeRate }) => writeRate)),
    readRate: median(rounds.map(({ readRate }) => readRate)),
    post: medianPercentiles(rounds.map(({ post }) => post)),
    read: medianPercentiles(rounds.map(({ read }) => read)),
  };
};

/**
 * @param {Bench} bench
 * @param {Subject} subject
 * @param {readonly StoredDraw[]} draws
 * @returns {Promise<Results['busy']>}
 */
export const measureBusyRounds = async ({ options, corpus, tally, claim, say }, { target }, draws) => {
  if (!options.loads.includes('busy')) return undefined;
  say('asking while posting at full rate');
  const count = options.round * BUSY_ROUNDS;
  /** @type {import('./concurrent.mjs').BusyResult[]} */
  const rounds = [];
  for (const _ of indexes(options.rounds)) {
    await settle();
    const { seconds } = options;
    rounds.push(await measureBusyReads({ target, draws, corpus, from: claim(count), count, seconds, tally }));
  }
  const names = ['post', ...QUERY_KINDS.map(({ name }) => name)];
  const all = (/** @type {string} */ name) => rounds.flatMap(({ latencies }) => latencies.get(name) ?? []);
  const kinds = Object.fromEntries(names.map((name) => [name, percentilesOf(all(name))]));
  return { stored: tally.stored, writeRate: median(rounds.map(({ writeRate }) => writeRate)), kinds };
};
