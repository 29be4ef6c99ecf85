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

/** @param {Results['writes']} writes @param {Results['append']} append */
export const ratioTable = (writes, append) => {
  const groups = { single: 1, batch50: 50, batch500: 500 };
  const rows = Object.entries(writes).map(([load, { server, rawHttp, route }]) => {
    const group = append?.find((rates) => rates.group === groups[/** @type {keyof typeof groups} */ (load)]);
    const of = (/** @type {number | undefined} */ whole) => figure(whole && server.rate / whole);
    return [
      load,
      of(rawHttp?.rate),
      of(route?.rate),
      of(group?.sqlite),
      of(group?.file),
      figure(server.statements),
    ];
  });
  return table(['ratio to', 'raw http', 'no storage', 'SQLite append', 'file append', 'n statements'], rows);
};

/** @param {NonNullable<Results['append']>} append */
export const appendTable = (append) =>
  table(
    ['durable append, group of', 'SQLite WAL FULL st/s', 'file + fdatasync st/s'],
    append.map(({ group, sqlite, file }) => [String(group), figure(sqlite), figure(file)]),
  );
