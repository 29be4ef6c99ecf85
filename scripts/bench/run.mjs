import { join } from 'node:path';
import { createCorpus } from './corpus.mjs';
import { fillStore } from './fill.mjs';
import { median } from './latencies.mjs';
import { createTally } from './load.mjs';
import { lookUpDraws } from './look-up.mjs';
import { indexes } from './phase.mjs';
import { describeMachine, diskBytes, residentBytes } from './process-figures.mjs';
import { BUSY_ROUNDS, measureBusyRounds, measureMixedRounds, measureReads } from './read-phases.mjs';
import { measureStarts } from './starts.mjs';
import { createOwnSubject, createRemoteSubject } from './subject.mjs';
import { measureAllWrites } from './write-phases.mjs';

/** @typedef {import('./phase.mjs').Bench} Bench */
/** @typedef {import('./options.mjs').Options} Options */
/** @typedef {import('./results.mjs').Results} Results */
/** @typedef {import('./server.mjs').Server} Server */
/** @typedef {import('./writes.mjs').Subject} Subject */
/** @typedef {Awaited<ReturnType<typeof measureLoads>>} Loads */
/** @typedef {ReturnType<typeof createOwnSubject>} OwnSubject */

/** Statements of a round for each load, as a multiple of `--round`; before a kill it is a short one. */
const ROUND_PARTS = { single: 1, batch50: 1, batch500: 1, mixed: 1, busy: BUSY_ROUNDS, start: 0.25 };

/** @param {Options} options */
const tailSize = ({ round }) => Math.ceil(round * ROUND_PARTS.start);

/** @param {Options} options */
const corpusSize = ({ count, round, rounds, loads }) =>
  Object.entries(ROUND_PARTS)
    .filter(([load]) => loads.includes(load))
    .reduce((sum, [, part]) => sum + rounds * Math.ceil(round * part), count);

/**
 * @param {Bench} bench
 * @param {Subject} subject
 */
const measureLoads = async (bench, subject) => {
  const { options, corpus, tally, claim, say } = bench;
  const { fill: load, count } = options;
  say(`storing ${count} statements`);
  claim(count);
  const fill = await fillStore({ subject, load, corpus, count, tally });
  const { draws, addedBytes } = await lookUpDraws(subject.target, corpus.draws, tally);
  const reads = await measureReads(bench, subject, draws);
  const writes = await measureAllWrites(bench, subject);
  const mixed = await measureMixedRounds(bench, subject, draws);
  const busy = await measureBusyRounds(bench, subject, draws);
  return { fill, addedBytes, reads, writes, mixed, busy };
};

/**
 * @param {Bench} bench
 * @param {number} addedBytes
 */
const storedBytes = ({ corpus, tally }, addedBytes) =>
  tally.stored * (corpus.bytes / corpus.size + addedBytes);

/**
 * @param {Bench} bench
 * @param {OwnSubject} own
 * @param {Server} first
 * @param {Loads} loads
 * @returns {Promise<Results['starts']>}
 */
const measureAllStarts = async (bench, own, first, { addedBytes }) => {
  const { options, corpus, tally, claim, say } = bench;
  if (!options.loads.includes('start')) return undefined;
  say('stopping, killing and starting again');
  const stored = tally.stored;
  const jsonBytes = storedBytes(bench, addedBytes);
  const { start, targetOf, data: folder } = own;
  const count = tailSize(options);
  /** @type {import('./starts.mjs').StartResult[]} */
  const rounds = [];
  let server = first;
  for (const _ of indexes(options.rounds)) {
    const from = claim(count);
    const round = await measureStarts({ server, start, targetOf, folder, corpus, from, count, tally });
    ({ server } = round);
    rounds.push(round.result);
  }
  await server.stop();
  const of = (/** @type {'stopMs' | 'afterStopMs' | 'afterKillMs'} */ what) =>
    median(rounds.map((r) => r[what]));
  return {
    stored,
    rounds: rounds.length,
    storedBytes: jsonBytes,
    diskBytes: rounds[0]?.diskBytes ?? Number.NaN,
    emptyMs: first.startMs,
    stopMs: of('stopMs'),
    afterStopMs: of('afterStopMs'),
    afterKillMs: of('afterKillMs'),
  };
};

/**
 * @param {Bench} bench
 * @returns {Promise<Loads & Pick<Results, 'store' | 'starts'>>}
 */
const measureOwn = async (bench) => {
  const own = createOwnSubject(bench.options, bench.folder);
  const server = await own.start();
  const loads = await measureLoads(bench, { target: own.targetOf(server), pid: server.pid });
  const store = {
    stored: bench.tally.stored,
    resident: residentBytes(server.pid),
    diskBytes: diskBytes(own.data),
    storedBytes: storedBytes(bench, loads.addedBytes),
  };
  return { ...loads, store, starts: await measureAllStarts(bench, own, server, loads) };
};

/**
 * @param {Bench} bench
 * @param {URL} endpoint
 * @returns {Promise<Loads & Pick<Results, 'store' | 'starts'>>}
 */
const measureRemote = async (bench, endpoint) => ({
  ...(await measureLoads(bench, createRemoteSubject({ ...bench.options, endpoint }))),
  store: undefined,
  starts: undefined,
});

/**
 * Makes the statements, then measures everything that the options ask for.
 * @param {Options} options
 * @param {string} folder an empty one, on a disk
 * @param {(what: string) => void} say
 * @returns {Promise<Results>}
 */
export const runBench = async (options, folder, say) => {
  const machine = describeMachine(folder);
  const { seed, endpoint } = options;
  const size = corpusSize(options);
  say(`making ${size} statements`);
  const corpus = createCorpus({ path: join(folder, 'statements'), seed, size, drawsFrom: options.count });
  let claimed = 0;
  const claim = (/** @type {number} */ count) => {
    claimed += count;
    return claimed - count;
  };
  /** @type {Bench} */
  const bench = { options, folder, corpus, tally: createTally(), claim, say };
  const { addedBytes, ...measured } = endpoint
    ? await measureRemote(bench, endpoint)
    : await measureOwn(bench);
  corpus.close();
  const { linksEach, newTermsEach } = corpus;
  const { answers, wrong } = bench.tally;
  return {
    at: new Date().toISOString(),
    subject: endpoint?.href ?? 'Cairn, embedded store',
    seed,
    machine,
    corpus: { statements: size, bytesEach: corpus.bytes / size, linksEach, newTermsEach, addedBytes },
    ...measured,
    answers: { answers, wrong: [...wrong].map(([what, seen]) => ({ what, ...seen })) },
  };
};
