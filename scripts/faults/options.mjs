import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** @param {readonly string[]} kinds @returns {string} */
export const helpOf = (kinds) => `npm run faults -- --kind ${kinds.join('|')} [options]

Loads the built Cairn (npm run build) over HTTP, lets one kind of fault happen to it, starts it again and checks that
every acknowledged statement, document and attachment is there exactly once and as it was sent, and that no request is
there by halves.

  --kind KIND      which fault; all of them, one after the other, if not given
  --points N       at how many points, or how many runs (each kind has its own number)
  --seconds N      how long a load goes on, or a process stands still (each kind has its own number)
  --seed N         decides what is sent and where the fault comes (drawn anew and printed)
  --folder DIR     where the temporary folder is made; must be on a disk (the system's folder for such)
  --program FILE   another program than dist/main.js
  --json           prints the figures as JSON
  --help

Linux only; power, io, full and points need strace. Fails when anything is wrong, with a sentence for each.`;

const wholeNumber = (name, value, least) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least)
    throw new Error(`--${name}: a number from ${least} on`);
  return number;
};

/**
 * @param {readonly string[]} args
 * @param {readonly string[]} kinds
 */
export const readOptions = (args, kinds) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kind: { type: 'string' },
      points: { type: 'string' },
      seconds: { type: 'string' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      folder: { type: 'string', default: tmpdir() },
      program: { type: 'string', default: join('dist', 'main.js') },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  if (values.kind !== undefined && !kinds.includes(values.kind))
    throw new Error(`--kind: one of ${kinds.join(', ')}`);
  return {
    ...values,
    points: values.points === undefined ? undefined : wholeNumber('points', values.points, 1),
    seconds: values.seconds === undefined ? undefined : wholeNumber('seconds', values.seconds, 1),
    seed: wholeNumber('seed', values.seed, 0),
  };
};
