import { readValues, text, yes } from '../commands/options.mjs';

const LOADS = ['single', 'batch50', 'batch500', 'references', 'mixed', 'reads', 'busy', 'start'];

export const HELP = `npm run bench -- [options]

Measures an xAPI store under the load of a learning platform and holds the figures against what Cairn promises.
Without --endpoint it starts the built Cairn (npm run build) on an empty embedded store in a temporary folder.

  --count N        statements to store before the loads are measured (100000; at least 1000)
  --loads a,b,c    what to measure of: ${LOADS.join(', ')} (all)
                     single, batch50, batch500   posts of 1, 50, 500 statements on 32, 16, 8 connections
                     references   raw node:http + JSON.parse; the route without storage; durable append of the bytes
                     mixed        four posts to one query on 32 connections
                     reads        every kind of query, idle, one connection: first and second time
                     busy         the same on 4 connections beside batches of 50 at full rate
                     start        time to be ready after a clean stop and after kill -9
  --fill LOAD      how the first N are posted: single, batch50 (default), batch500
  --rounds N       rounds of each load; figures are their medians (3)
  --round N        statements in a round (20000; five times as many in busy)
  --seconds N      a round ends after so many seconds, however few were stored (20)
  --reads N        idle queries of each kind (400)
  --seed N         decides every statement (1)
  --endpoint URL   another store, for a side-by-side: the address under which /statements lies, e.g.
                     http://127.0.0.1:8080/xapi. Then: no start, disk, memory or CPU figures. It will keep the statements.
  --key K --secret S   of that store, for Basic authentication
  --folder DIR     where the temporary folder is made; must be on a disk (the system's folder for such)
  --json FILE      writes all figures there
  --strict         fail when a promise is not met, too
  --help

Wrong answers (not 2xx, or without what was stored) are counted and fail the bench. One seed can be sent to a store
once: a second time its statements are already there.`;

/**
 * @typedef {object} Options
 * @property {number} count
 * @property {readonly string[]} loads
 * @property {import('./writes.mjs').WriteLoad} fill
 * @property {number} rounds
 * @property {number} round
 * @property {number} seconds
 * @property {number} reads
 * @property {number} seed
 * @property {URL | undefined} endpoint
 * @property {string} key
 * @property {string} secret
 * @property {string} folder
 * @property {string | undefined} json
 * @property {boolean} strict
 */

/**
 * @template {string} T
 * @param {string} name
 * @param {string} value
 * @param {readonly T[]} known
 * @returns {T}
 */
const readChoice = (name, value, known) => {
  const found = known.find((choice) => choice === value);
  if (found === undefined) throw new Error(`--${name}: one of ${known.join(', ')}, not ${value}`);
  return found;
};

/** @param {string} value */
const readEndpoint = (value) => {
  const endpoint = new URL(value);
  endpoint.pathname = endpoint.pathname.replace(/\/+$/, '').replace(/\/statements$/, '');
  return endpoint;
};

/**
 * @param {readonly string[]} args
 * @returns {Options} throws an Error that says which option is wrong
 */
export const readOptions = (args) => {
  const { values, number } = readValues(args, {
    ...{ count: text('100000'), loads: text(LOADS.join(',')), fill: text('batch50') },
    ...{ rounds: text('3'), round: text('20000'), seconds: text('20'), reads: text('400'), seed: text('1') },
    ...{ endpoint: text(), key: text('bench'), secret: text('bench-secret-of-one-run') },
    ...{ json: text(), strict: yes },
  });
  return {
    ...values,
    count: number('count', 1000),
    loads: values.loads.split(',').map((load) => readChoice('loads', load, LOADS)),
    fill: readChoice('fill', values.fill, ['single', 'batch50', 'batch500']),
    rounds: number('rounds', 1),
    round: number('round', 500),
    seconds: number('seconds', 1),
    reads: number('reads', 1),
    endpoint: values.endpoint === undefined ? undefined : readEndpoint(values.endpoint),
  };
};
