import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `npm run crash -- [options]

Loads the built Cairn (npm run build) over HTTP, kills it with SIGKILL at random moments, starts it again on the same
folder and checks that every acknowledged statement, document and attachment is there exactly once and as it was sent,
that no request is there by halves, and that the index is equal to one made anew.

  --kills N        how many (200)
  --seed N         decides what is sent and when the signal comes (drawn anew and printed)
  --folder DIR     where the temporary folder is made; must be on a disk (the system's folder for such)
  --program FILE   another program than dist/main.js
  --json           prints the figures as JSON
  --help

Fails when anything is wrong; the store is then kept, and its folder is named.`;

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
      kills: { type: 'string', default: '200' },
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
    kills: wholeNumber('kills', values.kills, 1),
    seed: wholeNumber('seed', values.seed, 0),
  };
};
