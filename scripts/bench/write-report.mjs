import { figure, percentileCells, table } from './table.mjs';

/** @typedef {import('./results.mjs').Results} Results */
/** @typedef {import('./results.mjs').MedianWrites} MedianWrites */

/** @param {Results['writes']} writes */
export const writeTable = (writes) => {
  const row = (/** @type {string} */ name, /** @type {MedianWrites | undefined} */ result) => [
    name,
    figure(result?.rate),
    result ? `${figure(Math.min(...result.rates))}–${figure(Math.max(...result.rates))}` : 'not measured',
    ...percentileCells(result?.latency),
    figure(result?.cpu),
    figure(result?.clientCores),
  ];
  const rows = Object.entries(writes).flatMap(([load, { server, rawHttp, route }]) => [
    row(load, server),
    row('  raw http + JSON.parse', rawHttp),
    row('  route without storage', route),
  ]);
  const head = [
    'posting',
    'st/s',
    'rounds',
    'p50 ms',
    'p95',
    'p99',
    'max',
    'n requests',
    'CPU µs/st',
    'client cores',
  ];
  return table(head, rows);
};

/** @param {Results['writes']} writes */
export const ratioTable = (writes) => {
  const rows = Object.entries(writes).map(([load, { server, rawHttp, route, append }]) => {
    const of = (/** @type {number | undefined} */ whole) => figure(whole && server.rate / whole);
    const parts = [rawHttp?.rate, route?.rate, append?.sqlite, append?.file].map(of);
    return [load, ...parts, figure(server.statements)];
  });
  return table(['ratio to', 'raw http', 'no storage', 'SQLite append', 'file append', 'n statements'], rows);
};

/** @param {Results['writes']} writes */
export const appendTable = (writes) => {
  const rows = Object.entries(writes).map(([load, { append }]) => [
    load,
    figure(append?.sqlite),
    figure(append?.file),
  ]);
  return table(['raw durable append, grouped as', 'SQLite WAL FULL st/s', 'file + fdatasync st/s'], rows);
};
