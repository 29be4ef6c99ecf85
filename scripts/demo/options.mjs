import { parseArgs } from 'node:util';

export const HELP = `node scripts/demo-streams.mjs --out DIR [--seed N]

Makes a year of learning, from 1 November 2025 to 31 October 2026, in a company that does not exist: about 20,000
statements of an LMS, a phone app, a VR simulator, a quiz and a forum, the lists that people keep beside them, and the
planted truth that metrics should find (truth.json).

  --out DIR        where the files are written; made if there is none
  --seed N         decides all of it (7)
  --help`;

/** @param {readonly string[]} args @returns {{ out: string, seed: number }} */
export const readOptions = (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { out: { type: 'string' }, seed: { type: 'string', default: '7' } },
  });
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('--seed: a number from 0 on');
  if (values.out === undefined) throw new Error('--out: the folder to write to');
  return { out: values.out, seed };
};
