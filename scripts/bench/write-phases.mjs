import { median } from './latencies.mjs';
import { createTally } from './load.mjs';
import { indexes, settle } from './phase.mjs';
import { APPEND_GROUPS, measureAppend } from './raw-append.mjs';
import { startReferences } from './subject.mjs';
import { measureWrites, medianWrites } from './writes.mjs';

/** @typedef {import('./phase.mjs').Bench} Bench */
/** @typedef {import('./results.mjs').Results} Results */
/** @typedef {import('./results.mjs').WriteComparison} WriteComparison */
/** @typedef {import('./writes.mjs').Subject} Subject */
/** @typedef {import('./writes.mjs').WriteLoad} WriteLoad */

const WARM_UP = 10_000;

/**
 * @param {Bench} bench
 * @param {Subject} subject
 * @param {{ rawHttp?: Subject, route?: Subject }} references
 * @param {WriteLoad} load
 * @returns {Promise<WriteComparison>}
 */
const compareWrites = async ({ options, corpus, tally, claim }, subject, references, load) => {
  const { round: count, rounds, seconds } = options;
  const subjects = [references.rawHttp, references.route, subject];
  /** @type {import('./writes.mjs').WriteResult[][]} */
  const results = subjects.map(() => []);
  const referenceTally = createTally();
  for (const _ of indexes(rounds)) {
    const from = claim(count);
    for (const [index, each] of subjects.entries()) {
      if (!each) continue;
      await settle();
      const to = each === subject ? tally : referenceTally;
      results[index]?.push(
        await measureWrites({ subject: each, load, corpus, from, count, seconds, tally: to }),
      );
    }
  }
  if (referenceTally.wrong.size > 0)
    throw new Error(`a reference answers wrongly: ${[...referenceTally.wrong.keys()]}`);
  const [rawHttp, route, server] = results.map((each) => (each.length > 0 ? medianWrites(each) : undefined));
  return { server: /** @type {WriteComparison['server']} */ (server), rawHttp, route };
};

/**
 * Lets the references run warm, as the measured server is by then.
 * @param {Bench} bench
 * @param {readonly (Subject | undefined)[]} references
 */
const warmUp = async ({ options, corpus }, references) => {
  for (const subject of references) {
    for (const load of /** @type {const} */ (['single', 'batch50'])) {
      if (!subject) continue;
      const part = { from: 0, count: Math.min(WARM_UP, options.count), seconds: options.seconds };
      await measureWrites({ subject, load, corpus, ...part, tally: createTally() });
    }
  }
};

/**
 * @param {Bench} bench
 * @param {Subject} subject
 */
export const measureAllWrites = async (bench, subject) => {
  const { options, say } = bench;
  const references = await startReferences(options);
  await warmUp(bench, [references.rawHttp, references.route]);
  /** @type {Results['writes']} */
  const writes = {};
  for (const load of /** @type {const} */ (['single', 'batch50', 'batch500'])) {
    if (!options.loads.includes(load)) continue;
    say(`posting: ${load}`);
    writes[load] = await compareWrites(bench, subject, references, load);
  }
  return writes;
};

/** @param {Bench} bench */
export const measureAppends = async ({ options, folder, corpus, say }) => {
  if (!options.loads.includes('references')) return undefined;
  say('appending the same bytes, durably');
  const { rounds, seconds } = options;
  const count = Math.min(options.round, options.count);
  const results = [];
  for (const group of APPEND_GROUPS) {
    /** @type {import('./raw-append.mjs').AppendRates[]} */
    const each = [];
    for (const _ of indexes(rounds)) {
      each.push(await measureAppend({ folder, corpus, from: 0, count, group, seconds: seconds / 4 }));
    }
    const of = (/** @type {'sqlite' | 'file'} */ way) => median(each.map((rates) => rates[way]));
    results.push({ group, sqlite: of('sqlite'), file: of('file') });
  }
  return results;
};
