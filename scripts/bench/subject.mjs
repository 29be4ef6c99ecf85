import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { startServer } from './server.mjs';

/** @typedef {import('./server.mjs').Server} Server */
/** @typedef {import('./writes.mjs').Subject} Subject */
/** @typedef {import('./options.mjs').Options} Options */

const RAW_HTTP = fileURLToPath(new URL('./raw-http.mjs', import.meta.url));
const CAIRN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** The route without storage, and where it is bundled to: beside the built server, from where it finds its packages. */
const ROUTE_SOURCE = fileURLToPath(new URL('./route.ts', import.meta.url));
const ROUTE = fileURLToPath(new URL('../../dist/bench-route.js', import.meta.url));

/** @param {Options} options */
const authorization = ({ key, secret }) => `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;

/**
 * @param {Options} options
 * @param {Server} server
 */
const targetOf = (options, { url }) => ({
  endpoint: new URL('/xapi', url),
  authorization: authorization(options),
});

/**
 * Cairn on an embedded store in a folder of its own.
 * @param {Options} options
 * @param {string} folder
 */
export const createOwnSubject = (options, folder) => {
  const data = join(folder, 'data');
  mkdirSync(data);
  const settings = {
    CAIRN_PORT: '0',
    CAIRN_HOST: '127.0.0.1',
    CAIRN_STORAGE: `sqlite:${data}`,
    CAIRN_KEY: options.key,
    CAIRN_SECRET: options.secret,
  };
  if (!existsSync(CAIRN)) throw new Error('Cairn is not built: run `npm run build` first');
  return {
    data,
    start: (/** @type {Readonly<Record<string, string>>} */ more = {}) =>
      startServer([CAIRN, 'serve'], { ...settings, ...more }),
    targetOf: (/** @type {Server} */ server) => targetOf(options, server),
  };
};

/**
 * @param {Options & { endpoint: URL }} options
 * @returns {Subject}
 */
export const createRemoteSubject = (options) => ({
  target: { endpoint: options.endpoint, authorization: authorization(options) },
});

/** The route's own credential: that of a remote store need not fit the settings here. */
const ROUTE_CREDENTIAL = { key: 'bench-route', secret: 'bench-route-secret' };

/** Bundles the route as `npm run build` bundles the server. */
const buildRoute = () =>
  build({
    entryPoints: [ROUTE_SOURCE],
    outfile: ROUTE,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });

/**
 * Starts the servers that the measured one is compared with.
 * @param {Options} options
 * @returns {Promise<{ rawHttp?: Subject, route?: Subject }>}
 */
export const startReferences = async (options) => {
  if (!options.loads.includes('references')) return {};
  const raw = await startServer([RAW_HTTP]);
  const rawHttp = { target: targetOf(options, raw), pid: raw.pid };
  await buildRoute();
  const { key, secret } = ROUTE_CREDENTIAL;
  const own = await startServer([ROUTE], { CAIRN_PORT: '0', CAIRN_KEY: key, CAIRN_SECRET: secret });
  return { rawHttp, route: { target: targetOf({ ...options, key, secret }, own), pid: own.pid } };
};
