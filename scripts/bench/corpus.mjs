import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { createStatements } from './statements.mjs';

/** @typedef {import('./statements.mjs').Draw} Draw */
/** @typedef {{ body: Buffer, statements: number }} Piece */

/**
 * Statements made ahead, in a file, so that making them costs nothing while the clock runs.
 * @typedef {object} Corpus
 * @property {number} size statements
 * @property {number} bytes of all statements as sent
 * @property {number} linksEach mean index links of a statement
 * @property {number} newTermsEach mean terms of a statement that no earlier one had
 * @property {readonly Draw[]} draws things to ask for, spread evenly over the first `drawsFrom` statements
 * @property {(from: number, count: number) => number} bytesOf bytes as sent of a range
 * @property {(from: number, count: number, batch: number) => () => Piece | undefined} pieces request bodies of
 *   `batch` statements each, without the brackets of the array
 * @property {() => void} close
 */

const WRITE_AT_ONCE = 1000;
const READ_AT_ONCE = 1000;
const DRAWS = 400;
const SEPARATOR = ',\n';

/**
 * @param {number} file
 * @param {number} seed
 * @param {number} size
 * @param {number} drawsFrom
 */
const write = (file, seed, size, drawsFrom) => {
  const statements = createStatements(seed);
  const starts = new Float64Array(size + 1);
  /** @type {Draw[]} */
  const draws = [];
  let links = 0;
  let lines = '';
  for (let index = 0; index < size; index += 1) {
    const { text, links: own, draw } = statements.next();
    links += own;
    starts[index + 1] = /** @type {number} */ (starts[index]) + Buffer.byteLength(text) + SEPARATOR.length;
    if (draw && index < drawsFrom && index >= (draws.length * drawsFrom) / DRAWS) draws.push(draw);
    lines += text + SEPARATOR;
    if ((index + 1) % WRITE_AT_ONCE === 0 || index + 1 === size) {
      writeSync(file, lines);
      lines = '';
    }
  }
  fsyncSync(file);
  return { starts, draws, linksEach: links / size, newTermsEach: statements.terms() / size };
};

/**
 * Makes a corpus; one seed and size make one corpus, byte for byte.
 * @param {{ path: string, seed: number, size: number, drawsFrom: number }} options
 * @returns {Corpus}
 */
export const createCorpus = ({ path, seed, size, drawsFrom }) => {
  const file = openSync(path, 'w+');
  const { starts, draws, linksEach, newTermsEach } = write(file, seed, size, drawsFrom);
  const start = (/** @type {number} */ index) => /** @type {number} */ (starts[index]);
  const bytesOf = (/** @type {number} */ from, /** @type {number} */ count) =>
    start(from + count) - start(from) - count * SEPARATOR.length;

  /** @type {Corpus['pieces']} */
  const pieces = (from, count, batch) => {
    const end = from + count;
    let next = from;
    let loaded = { from, end: from, bytes: Buffer.alloc(0) };
    const load = () => {
      const until = Math.min(end, next + Math.max(READ_AT_ONCE, batch));
      const bytes = Buffer.allocUnsafeSlow(start(until) - start(next));
      readSync(file, bytes, 0, bytes.length, start(next));
      loaded = { from: next, end: until, bytes };
    };
    return () => {
      if (next >= end) return undefined;
      const until = Math.min(end, next + batch);
      if (until > loaded.end) load();
      const origin = start(loaded.from);
      const body = loaded.bytes.subarray(start(next) - origin, start(until) - origin - SEPARATOR.length);
      const statements = until - next;
      next = until;
      return { body, statements };
    };
  };

  const bytes = bytesOf(0, size);
  return { size, bytes, linksEach, newTermsEach, draws, bytesOf, pieces, close: () => closeSync(file) };
};
