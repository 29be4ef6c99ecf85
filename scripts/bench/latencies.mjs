/**
 * Milliseconds; `n` is how many were measured.
 * @typedef {{ n: number, p50: number, p95: number, p99: number, max: number }} Percentiles
 */

/**
 * @param {readonly number[]} sorted ascending
 * @param {number} part 0 … 1
 */
const rank = (sorted, part) => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;

/**
 * Nearest-rank percentiles.
 * @param {readonly number[]} ms
 * @returns {Percentiles}
 */
export const percentilesOf = (ms) => {
  const sorted = ms.toSorted((a, b) => a - b);
  return {
    n: sorted.length,
    p50: rank(sorted, 0.5),
    p95: rank(sorted, 0.95),
    p99: rank(sorted, 0.99),
    max: rank(sorted, 1),
  };
};

/**
 * The middle one; of an even number the mean of the middle two; NaN of none.
 * @param {readonly number[]} values
 */
export const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted.length >> 1;
  const lower = sorted.length % 2 === 0 ? upper - 1 : upper;
  return ((sorted[lower] ?? Number.NaN) + (sorted[upper] ?? Number.NaN)) / 2;
};

/**
 * Percentiles of rounds in one: the median of each, the largest maximum, the sum of n.
 * @param {readonly Percentiles[]} rounds
 * @returns {Percentiles}
 */
export const medianPercentiles = (rounds) => ({
  n: rounds.reduce((sum, { n }) => sum + n, 0),
  p50: median(rounds.map(({ p50 }) => p50)),
  p95: median(rounds.map(({ p95 }) => p95)),
  p99: median(rounds.map(({ p99 }) => p99)),
  max: Math.max(...rounds.map(({ max }) => max)),
});
