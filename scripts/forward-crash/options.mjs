import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `npm run forward-crash -- [options]

Loads the built Cairn (npm run build) over HTTP, has it send everything on to a second one, kills both with SIGKILL at
random moments all the while, starts them again on their folders, and checks that in the end every statement is at the
second one, once, in the order of the first, with the same text but for what an LRS sets, and its attachment.

  --statements N   how many (100000)
  --kills N        how many of each end (20)
  --seed N         decides what is sent and when the signals come (drawn anew and printed)
  --folder DIR     where the temporary folder is made; must be on a disk (the system's folder for such)
  --program FILE   another program than dist/main.js
  --json           prints the figures as JSON
  --help

Fails when anything is wrong; the stores are then kept, and their folder is named.`;

const wholeNumber = (name, value, least) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least)
    throw new Error(`--${name}: a number from ${least} on`);
  return number;
};

/** @param {readonly string[]} args */
export const readOptions = (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      statements: { type: 'string', default: '100000' },
      kills: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      folder: { type: 'string', default: tmpdir() },
      program: { type: 'string', default: join('dist', 'main.js') },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    ...values,
    statements: wholeNumber('statements', values.statements, 1),
    kills: wholeNumber('kills', values.kills, 0),
    seed: wholeNumber('seed', values.seed, 0),
  };
};
