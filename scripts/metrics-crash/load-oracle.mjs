import { loadStore } from '../crash/open-store.mjs';

const EXPORTS = `
import fc from 'fast-check';
import { identifier, learning } from './test/metrics/oracle/arbitrary-learning.ts';
export { askedOf, figuresIn } from './test/metrics/oracle/ask-world.ts';
export { followStream, linesOfWorld } from './test/metrics/oracle/follow-stream.ts';
export { logEntries } from './test/metrics/oracle/log-entries.ts';
export { oracleAnswers, rounded } from './test/metrics/oracle/oracle-answers.ts';
export { linesOf, oracleOf } from './test/metrics/oracle/oracle-state.ts';
export { stateDigest } from './src/metrics/state/state-digest.ts';
export { openDatabase } from './src/storage/sqlite/database.ts';
export { openMetricsFollowing } from './src/storage/sqlite/metrics-following.ts';
export const sampleIdentifiers = (seed: number, numRuns: number) => fc.sample(identifier, { seed, numRuns });
export const sampleLearning = (seed: number, numRuns: number) => fc.sample(learning, { seed, numRuns });
`;

/**
 * The oracle of metrics, what makes learning up, and what a stopped store's metrics are read with.
 * @param {string} folder where the bundle is put
 */
export const loadOracle = (folder) => loadStore(folder, EXPORTS);
