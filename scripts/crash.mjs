import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HELP, readOptions } from './crash/options.mjs';
import { runCrashes } from './crash/run.mjs';
import { killServers } from './crash/server.mjs';

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
  const folder = mkdtempSync(join(options.folder, 'cairn-crash-'));
  const results = await runCrashes({ ...options, folder }, (what) => console.error(`… ${what}`));
  const right = results.violations.length === 0;
  if (right) rmSync(folder, { recursive: true, force: true });
  else for (const sentence of results.violations) console.error(`WRONG ${sentence}`);
  if (!right) console.error(`The store is kept in ${folder}.`);
  console.log(
    options.json ? JSON.stringify({ ...results, seed: options.seed }) : summary(results, options.seed),
  );
  return right ? 0 : 1;
};

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    killServers();
    process.exit(130);
  });
}
try {
  process.exitCode = await main();
} catch (error) {
  console.error(`The crash test was broken off: ${error instanceof Error ? error.stack : error}`);
  process.exitCode = 1;
} finally {
  killServers();
}
