import { makeFolder } from './commands/folder.mjs';
import { runCommand } from './commands/run-command.mjs';
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
  return results.wrong === 0;
};

const runAlone = async (options) => {
  const { text, wrong } = await runOne(options);
  console.log(text);
  for (const sentence of wrong) console.error(`WRONG ${sentence}`);
  return wrong.length === 0;
};

const run = (options, stopped) => {
  const folder = makeFolder('fuzz', options.folder).path;
  return (options.only === undefined ? runAll : runAlone)({ ...options, folder, stopped });
};

await runCommand({ help: HELP, readOptions, run, reports: true });
