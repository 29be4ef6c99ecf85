import { runInFolder } from './commands/folder.mjs';
import { runCommand, tell } from './commands/run-command.mjs';
import { HELP, readOptions } from './metrics-crash/options.mjs';
import { runMetricsCrashes } from './metrics-crash/run.mjs';

const summary = ({ kills, moments, behind, entries, parts, answers, violations }, seed) => {
  const when = Object.entries(moments).map(([moment, times]) => `${times} at ${moment}`);
  return [
    `${kills} kills (${when.join(', ')}), seed ${seed}:`,
    `at ${behind} of the restarts what metrics had kept was behind the log;`,
    `${entries} entries, ${parts} parts kept, ${answers} answers compared with the oracle, ${violations.length} wrong`,
  ].join(' ');
};

const run = async (options) => {
  const results = await runInFolder('metrics', options.folder, (folder) =>
    runMetricsCrashes({ ...options, folder }, tell),
  );
  console.log(
    options.json ? JSON.stringify({ ...results, seed: options.seed }) : summary(results, options.seed),
  );
  return results.violations.length === 0;
};

await runCommand({ help: HELP, readOptions, run });
