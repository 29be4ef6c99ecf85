/**
 * What every phase of a run has at hand.
 * @typedef {object} Bench
 * @property {import('./options.mjs').Options} options
 * @property {string} folder for what the run writes, gone after it
 * @property {import('./corpus.mjs').Corpus} corpus
 * @property {import('./load.mjs').Tally} tally
 * @property {(count: number) => number} claim takes statements that nobody sent yet; where they begin
 * @property {(what: string) => void} say tells what is being done
 */

const SETTLE_MS = 250;

/** A pause, so that what one load left to be done does not fall into the next. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

/** @param {number} count */
export const indexes = (count) => Array.from({ length: count }, (_, index) => index);
