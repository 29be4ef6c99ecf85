import { writeFileSync } from 'node:fs';
import { HELP, readOptions } from './bench/options.mjs';
import { judgePromises } from './bench/promises.mjs';
import { describeResults } from './bench/report.mjs';
import { runBench } from './bench/run.mjs';
import { makeFolder } from './commands/folder.mjs';
import { runCommand, tell } from './commands/run-command.mjs';

const run = async (options) => {
  const results = await runBench(options, makeFolder('bench', options.folder).path, tell);
  const promises = judgePromises(results);
  if (options.json)
    writeFileSync(options.json, `${JSON.stringify({ ...results, promises }, undefined, 2)}\n`);
  console.log(describeResults(results));
  const broken = promises.some(({ met }) => met === false);
  return results.answers.wrong.length === 0 && !(options.strict && broken);
};

await runCommand({ help: HELP, readOptions, run });
