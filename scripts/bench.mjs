import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HELP, readOptions } from './bench/options.mjs';
import { judgePromises } from './bench/promises.mjs';
import { describeResults } from './bench/report.mjs';
import { runBench } from './bench/run.mjs';
import { killServers } from './bench/server.mjs';

/** @param {import('./bench/options.mjs').Options} options */
const measure = async (options) => {
  const folder = mkdtempSync(join(options.folder, 'cairn-bench-'));
  const clear = () => {
    killServers();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const interrupt = () => {
    clear();
    process.exit(130);
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await runBench(options, folder, (what) => console.error(`… ${what}`));
  } finally {
    clear();
  }
};

/** @returns {Promise<number>} exit code: 1 for wrong answers or, when strict, broken promises; 2 for wrong options */
const main = async () => {
  let options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
    return 2;
  }
  if (options === 'help') {
    console.log(HELP);
    return 0;
  }
  const results = await measure(options);
  const promises = judgePromises(results);
  if (options.json)
    writeFileSync(options.json, `${JSON.stringify({ ...results, promises }, undefined, 2)}\n`);
  console.log(describeResults(results));
  const broken = promises.some(({ met }) => met === false);
  return results.answers.wrong.length > 0 || (options.strict && broken) ? 1 : 0;
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`The bench was broken off: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
