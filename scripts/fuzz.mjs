import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { killServers } from './crash/server.mjs';
import { HELP, readOptions } from './fuzz/options.mjs';
import { runFuzz, runOne } from './fuzz/run.mjs';

const megabytes = (bytes) => (bytes === undefined ? 'unknown' : `${Math.round(bytes / 1024 / 1024)} MB`);
const counts = (table) =>
  Object.entries(table)
    .map(([expects, count]) => `${count} ${expects}`)
    .join(', ');
const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;

const report = (
  { requests, lookUps, late, valid, invalid, kinds, statuses, slowest, memory, seconds, wrong },
  seed,
) => [
  `${requests} requests and ${lookUps} look-ups in ${Math.round(seconds)} s, seed ${seed}:`,
  `  by construction ${percent(valid, requests)} valid, ${percent(invalid, requests)} not`,
  ...Object.entries(kinds).map(([kind, table]) => `  ${kind}: ${counts(table)}`),
  'Answers, by what was expected:',
  ...Object.entries(statuses).map(([status, table]) => `  ${status}: ${counts(table)}`),
  'The slowest:',
  ...slowest.map(({ ms, kind, name }) => `  ${Math.round(ms)} ms ${kind}: ${name}`),
  `Resident memory: ${megabytes(memory.base)} when warm, ${megabytes(memory.highest)} at most`,
  `${late} late by chance (and in time when asked once more), ${wrong} wrong`,
];

const runAll = async (options) => {
  const results = await runFuzz(options, (what) => console.error(what));
  console.log(
    options.json
      ? JSON.stringify({ ...results, seed: options.seed })
      : report(results, options.seed).join('\n'),
  );
  return results.wrong === 0 ? 0 : 1;
};

const runAlone = async (options) => {
  const { text, wrong } = await runOne(options);
  console.log(text);
  for (const sentence of wrong) console.error(`WRONG ${sentence}`);
  return wrong.length === 0 ? 0 : 1;
};

/** A first signal asks for the report of what has been sent; a second ends it. */
const stopping = new AbortController();

/** @returns {Promise<number>} exit code: 1 if anything was wrong, 2 for wrong options */
const main = async () => {
  let options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    return 2;
  }
  if (options === 'help') {
    console.log(HELP);
    return 0;
  }
  if (!existsSync(options.program))
    throw new Error(`there is no ${options.program}; run npm run build first`);
  const folder = mkdtempSync(join(options.folder, 'cairn-fuzz-'));
  try {
    return await (options.only === undefined ? runAll : runAlone)({
      ...options,
      folder,
      stopped: stopping.signal,
    });
  } finally {
    killServers();
    rmSync(folder, { recursive: true, force: true });
  }
};

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (!stopping.signal.aborted) return stopping.abort();
    killServers();
    process.exit(130);
  });
}
try {
  process.exitCode = await main();
} catch (error) {
  console.error(`The run was broken off: ${error instanceof Error ? error.stack : error}`);
  process.exitCode = 1;
}
