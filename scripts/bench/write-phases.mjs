import { median } from './latencies.mjs';
import { createTally } from './load.mjs';
import { indexes, settle } from './phase.mjs';
import { measureAppend } from './raw-append.mjs';
import { startReferences } from './subject.mjs';
import { measureWrites, medianWrites, WRITE_LOADS } from './writes.mjs';

/** @typedef {import('./phase.mjs').Bench} Bench */
/** @typedef {import('./raw-append.mjs').AppendRates} AppendRates */
/** @typedef {import('./results.mjs').Results} Results */
/** @typedef {import('./results.mjs').WriteComparison} WriteComparison */
/** @typedef {import('./writes.mjs').Subject} Subject */
/** @typedef {import('./writes.mjs').WriteLoad} WriteLoad */
/** @typedef {import('./writes.mjs').WriteResult} WriteResult */

/** Statements that a reference is sent before it is measured. */
const WARM_UP = 10_000;

/** The part of a round's time that each way of appending may take. */
const APPEND_PART = 0.25;

/** @param {readonly AppendRates[]} rounds */
const medianAppend = (rounds) => ({
  sqlite: median(rounds.map(({ sqlite }) => sqlite)),
  file: median(rounds.map(({ file }) => file)),
});

/** @typedef {{ server: WriteResult, rawHttp?: WriteResult, route?: WriteResult, append?: AppendRates }} Round */

/**
 * Everything that is compared takes the same statements, one after the other, so that a noisy machine is noisy for
 * all of them.
 * @param {Bench} bench
 * @param {Subject} subject
 * @param {{ rawHttp?: Subject, route?: Subject }} references
 * @param {WriteLoad} load
 * @returns {Promise<Round>}
 */
const compareOnce = async ({ options, folder, corpus, tally, claim }, subject, references, load) => {
  const { round: count, seconds } = options;
  const part = { corpus, from: claim(count), count };
  const referenceTally = createTally();
  const measure = async (/** @type {Subject} */ each, to = referenceTally) => {
    await settle();
    return measureWrites({ subject: each, load, ...part, seconds, tally: to });
  };
  const { rawHttp, route } = references;
  const appending = { folder, ...part, group: WRITE_LOADS[load].batch, seconds: seconds * APPEND_PART };
  const compared = {
    ...(rawHttp && { rawHttp: await measure(rawHttp), append: await measureAppend(appending) }),
    ...(route && { route: await measure(route) }),
  };
  const wrong = [...referenceTally.wrong.keys()];
  if (wrong.length > 0) throw new Error(`a reference answers wrongly: ${wrong}`);
  return { ...compared, server: await measure(subject, tally) };
};

/**
 * @param {readonly Round[]} rounds
 * @returns {WriteComparison}
 */
const medianRounds = (rounds) => {
  const of = (/** @type {'rawHttp' | 'route'} */ what) => {
    const measured = rounds.flatMap((round) => round[what] ?? []);
    return measured.length > 0 ? medianWrites(measured) : undefined;
  };
  const appends = rounds.flatMap(({ append }) => append ?? []);
  return {
    server: medianWrites(rounds.map(({ server }) => server)),
    rawHttp: of('rawHttp'),
    route: of('route'),
    append: appends.length > 0 ? medianAppend(appends) : undefined,
  };
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
    /** @type {Round[]} */
    const rounds = [];
    for (const _ of indexes(options.rounds)) {
      rounds.push(await compareOnce(bench, subject, references, load));
    }
    writes[load] = medianRounds(rounds);
  }
  return writes;
};
