import { measureWrites } from './writes.mjs';

/**
 * @typedef {object} FillResult
 * @property {number} statements stored
 * @property {number} rate statements per second, over all
 * @property {number} window statements in the first and in the last part
 * @property {number} firstRate
 * @property {number} lastRate
 * @property {number[]} tenths rate of each tenth
 * @property {number | undefined} cpu of the server per statement, µs
 */

const WINDOW = 100_000;

/** @typedef {{ statements: number, ms: number }} Mark */

/**
 * @param {readonly Mark[]} marks ascending
 * @param {number} from
 * @param {number} to
 */
const rateBetween = (marks, from, to) => {
  const after = (/** @type {number} */ statements) => marks.find((mark) => mark.statements >= statements);
  const [start, end] = [after(from), after(to)];
  if (!start || !end) return Number.NaN;
  return ((end.statements - start.statements) / (end.ms - start.ms)) * 1000;
};

/**
 * Stores the first `count` statements of the corpus without a pause and watches the rate: whether the last
 * 100,000 go as fast as the first (the first and the last half, when there are fewer than 200,000).
 * @param {Omit<Parameters<typeof measureWrites>[0], 'from' | 'seconds' | 'onStored'>} options
 * @returns {Promise<FillResult>}
 */
export const fillStore = async (options) => {
  /** @type {Mark[]} */
  const marks = [{ statements: 0, ms: 0 }];
  const onStored = (/** @type {number} */ statements, /** @type {number} */ ms) =>
    marks.push({ statements, ms });
  const all = await measureWrites({ ...options, from: 0, seconds: Number.POSITIVE_INFINITY, onStored });
  const { statements, rate, cpu } = all;
  const window = Math.min(WINDOW, Math.floor(statements / 2));
  const tenth = statements / 10;
  return {
    statements,
    rate,
    window,
    firstRate: rateBetween(marks, 0, window),
    lastRate: rateBetween(marks, statements - window, statements),
    tenths: Array.from({ length: 10 }, (_, part) => rateBetween(marks, part * tenth, (part + 1) * tenth)),
    cpu,
  };
};
