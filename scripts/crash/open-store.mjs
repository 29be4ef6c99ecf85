import { mkdtempSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const EXPORTS = `
export { openStorage, rebuildStorage } from './src/storage/open-storage.ts';
export { openDatabase } from './src/storage/sqlite/database.ts';
`;

/**
 * The store's own modules, bundled for this process, so that a stopped store can be looked at without a server.
 * @param {string} folder where the bundle is put
 * @param {string} [contents] what it exports, as TypeScript
 */
export const loadStore = async (folder, contents = EXPORTS) => {
  const place = mkdtempSync(join(folder, 'store-'));
  symlinkSync(resolve('node_modules'), join(place, 'node_modules'));
  const outfile = join(place, 'store.mjs');
  await build({
    stdin: { contents, resolveDir: resolve('.'), loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
};
