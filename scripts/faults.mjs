import { runInFolder } from './commands/folder.mjs';
import { runCommand, tell } from './commands/run-command.mjs';
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

const names = Object.keys(KINDS);

/** Whether nothing was wrong. */
const runKind = async (kind, options) => {
  const { run, points } = KINDS[kind];
  const { violations, ...figures } = await runInFolder(kind, options.folder, (folder) =>
    run({ ...options, points: options.points ?? points, folder }, tell),
  );
  const told = { kind, seed: options.seed, ...figures, wrong: violations.length };
  console.log(JSON.stringify(options.json ? { ...told, violations } : told));
  return violations.length === 0;
};

const run = async (options) => {
  let right = true;
  for (const kind of options.kind === undefined ? names : [options.kind]) {
    right = (await runKind(kind, options)) && right;
  }
  return right;
};

await runCommand({ help: helpOf(names), readOptions: (args) => readOptions(args, names), run });
