import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { killServers } from './crash/server.mjs';
import { clockSteps } from './faults/clock-steps.mjs';
import { drain } from './faults/drain.mjs';
import { flips } from './faults/flips.mjs';
import { fullDisk } from './faults/full-disk.mjs';
import { ioErrors } from './faults/io-errors.mjs';
import { namedPoints } from './faults/named-points.mjs';
import { helpOf, readOptions } from './faults/options.mjs';
import { power } from './faults/power.mjs';
import { starved } from './faults/starved.mjs';

/** Each kind of fault, and how often it is let happen unless something else is said. */
const KINDS = {
  power: { run: power, points: 250 },
  io: { run: ioErrors, points: 48 },
  full: { run: fullDisk, points: 21 },
  points: { run: namedPoints, points: 3 },
  clock: { run: clockSteps, points: 12 },
  starved: { run: starved, points: 12 },
  drain: { run: drain, points: 50 },
  flips: { run: flips, points: 240 },
};

/** @param {readonly string[]} kinds @returns {Promise<boolean>} whether nothing was wrong */
const runKind = async (kind, options) => {
  const folder = realpathSync(mkdtempSync(join(options.folder, `cairn-${kind}-`)));
  const tell = (what) => console.error(`… ${what}`);
  const { run, points } = KINDS[kind];
  const results = await run({ ...options, points: options.points ?? points, folder }, tell);
  const right = results.violations.length === 0;
  if (right) rmSync(folder, { recursive: true, force: true });
  else for (const sentence of results.violations) console.error(`WRONG ${sentence}`);
  if (!right) console.error(`What was left is kept in ${folder}.`);
  const { violations, ...figures } = results;
  const told = { kind, seed: options.seed, ...figures, wrong: violations.length };
  console.log(JSON.stringify(options.json ? { ...told, violations } : told));
  return right;
};

/** @returns {Promise<number>} exit code: 1 if anything was wrong, 2 for wrong options */
const main = async () => {
  const kinds = Object.keys(KINDS);
  let options;
  try {
    options = readOptions(process.argv.slice(2), kinds);
  } catch (error) {
    console.error(`${error.message}\n\n${helpOf(kinds)}`);
    return 2;
  }
  if (options === 'help') {
    console.log(helpOf(kinds));
    return 0;
  }
  if (!existsSync(options.program))
    throw new Error(`there is no ${options.program}; run npm run build first`);
  let right = true;
  for (const kind of options.kind === undefined ? kinds : [options.kind]) {
    right = (await runKind(kind, options)) && right;
  }
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
  console.error(`The faults were broken off: ${error instanceof Error ? error.stack : error}`);
  process.exitCode = 1;
} finally {
  killServers();
}
