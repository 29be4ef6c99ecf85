/** @typedef {import('./latencies.mjs').Percentiles} Percentiles */

/** Stands where nothing was measured. */
export const MISSING = '-';

/**
 * Three significant digits, or all of a number that has more before the point.
 * @param {number | undefined} value
 */
export const figure = (value) => {
  if (value === undefined || !Number.isFinite(value)) return MISSING;
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en', { maximumFractionDigits: Math.min(digits, 3) });
};

/** @param {number} value */
export const megabytes = (value) => `${figure(value / 1e6)} MB`;

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows first column to the left, the others to the right
 */
export const table = (head, rows) => {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (/** @type {readonly string[]} */ cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
};

/**
 * The cells p50, p95, p99, max, n.
 * @param {Percentiles | undefined} latency
 */
export const percentileCells = (latency) =>
  latency
    ? [latency.p50, latency.p95, latency.p99, latency.max].map(figure).concat(figure(latency.n))
    : [MISSING, MISSING, MISSING, MISSING, MISSING];
