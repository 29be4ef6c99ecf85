import { runInFolder } from './commands/folder.mjs';
import { runCommand, tell } from './commands/run-command.mjs';
import { HELP, readOptions } from './crash/options.mjs';
import { runCrashes } from './crash/run.mjs';

const summary = ({ kills, moments, counts, leftOvers, storeChecks, violations }, seed) => {
  const when = Object.entries(moments).map(([moment, times]) => `${times} at ${moment}`);
  return [
    `${kills} kills (${when.join(', ')}), seed ${seed}:`,
    `${counts.statements} statements and ${counts.documents} document writes acknowledged,`,
    `${counts.unanswered} requests unanswered (with statements: ${counts.there} there, ${counts.notThere} not there),`,
    `${counts.checks} checks (${counts.read} read one by one), ${storeChecks} of the store itself,`,
    `${leftOvers} unfinished files left, ${counts.lost} lost, ${violations.length} wrong`,
  ].join(' ');
};

const run = async (options) => {
  const results = await runInFolder('crash', options.folder, (folder) =>
    runCrashes({ ...options, folder }, tell),
  );
  console.log(
    options.json ? JSON.stringify({ ...results, seed: options.seed }) : summary(results, options.seed),
  );
  return results.violations.length === 0;
};

await runCommand({ help: HELP, readOptions, run });
