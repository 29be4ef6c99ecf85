/** `npm run build`: bundles our own sources for Node 20 and later; packages stay in node_modules. */
import { chmodSync } from 'node:fs';
import { build } from 'esbuild';

/** What is started by itself, a process or a worker thread: its name in dist/ and its source. */
const ENTRIES = {
  main: 'src/main.ts',
  'log-writer': 'src/storage/sqlite/log-writer.ts',
  'index-writer': 'src/storage/sqlite/index-writer.ts',
  'log-reader': 'src/storage/sqlite/log-reader.ts',
  'backup-writer': 'src/storage/sqlite/backup-writer.ts',
  'metrics-thread': 'src/storage/sqlite/metrics-thread.ts',
  scrubber: 'src/storage/sqlite/scrubber.ts',
};

await build({
  entryPoints: ENTRIES,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  sourcesContent: false,
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
chmodSync('dist/main.js', 0o755);
