import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** @param {string} [value] what it is if not given */
export const text = (value) =>
  /** @type {const} */ ({ type: 'string', ...(value === undefined ? {} : { default: value }) });
export const yes = /** @type {const} */ ({ type: 'boolean', default: false });

/** Options of every command that starts the built Cairn on a store of its own. */
const common = () => ({
  seed: text(String(Math.floor(Math.random() * 1_000_000))),
  folder: text(tmpdir()),
  program: text(join('dist', 'main.js')),
  json: yes,
});

/** What `help` tells of them. */
export const COMMON_HELP = `  --seed N         decides what is sent and when (drawn anew and printed)
  --folder DIR     where the temporary folder is made; must be on a disk (the system's folder for such)
  --program FILE   another program than dist/main.js
  --json           prints the figures as JSON
  --help`;

/**
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, { type: 'string' | 'boolean', default?: string | boolean }>>} own
 * @returns the values, and a reader of those that are whole numbers; both throw an Error that says which is wrong
 */
export const readValues = (args, own) => {
  const { values } = parseArgs({ args: [...args], options: { ...common(), ...own } });
  const number = (/** @type {string} */ name, /** @type {number} */ least) => {
    if (values[name] === undefined) return undefined;
    const number = Number(values[name]);
    if (!Number.isSafeInteger(number) || number < least)
      throw new Error(`--${name}: a number from ${least} on`);
    return number;
  };
  return { values: { ...values, seed: number('seed', 0) }, number };
};
