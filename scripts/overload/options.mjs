import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `npm run overload -- [options]

Starts the built Cairn (npm run build) on a store of its own and offers it requests on a schedule that waits for no
answer. The load is raised until no more is stored; then four times that is offered. Told are what was stored, how soon
the others were refused, memory, health, and whether all that was acknowledged, and nothing that was refused, is there.

  --batch N        statements of a request, or "mixed" for 1, 10 and 50 (1)
  --seconds S      how long the overload lasts (30)
  --step S         how long each step of the search lasts (5)
  --times N        how many times the best is offered (4)
  --connections N  at most so many; what finds none free waits in the generator, and is counted (4000)
  --seed N         decides what is sent and when (drawn anew and printed)
  --pin            the server on the first core, the generator on the second (needs taskset)
  --folder DIR     where the temporary folder is made; must be on a disk (the system's folder for such)
  --program FILE   another program than dist/main.js
  --flags WORDS    flags of Node for the server, such as --cpu-prof
  --json           prints the figures as JSON
  --help

Linux only. Fails when less than 90 % of the best is stored, a refusal takes 100 ms or longer at the 99th percentile,
anything but 200 or 503 is answered, health is wrong, memory grows by more than a fifth, or something stored is wrong.`;

const numberFrom = (name, value, least) => {
  const number = Number(value);
  if (!(number >= least)) throw new Error(`--${name}: a number from ${least} on`);
  return number;
};

/** @param {readonly string[]} args */
export const readOptions = (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      batch: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '30' },
      step: { type: 'string', default: '5' },
      times: { type: 'string', default: '4' },
      connections: { type: 'string', default: '4000' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      pin: { type: 'boolean', default: false },
      folder: { type: 'string', default: tmpdir() },
      program: { type: 'string', default: join('dist', 'main.js') },
      flags: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const { batch, flags } = values;
  return {
    ...values,
    sizes: batch === 'mixed' ? [1, 10, 50] : [numberFrom('batch', batch, 1)],
    seconds: numberFrom('seconds', values.seconds, 3),
    step: numberFrom('step', values.step, 2),
    times: numberFrom('times', values.times, 1),
    connections: numberFrom('connections', values.connections, 1),
    seed: numberFrom('seed', values.seed, 0),
    flags: flags.split(' ').filter((word) => word !== ''),
  };
};
