import { parseArgs } from 'node:util';
import { text, yes } from '../commands/options.mjs';

export const DEMO_HELP = `npm run demo -- [options]

Starts Cairn on a year of learning in a company that does not exist: what an LMS, a phone app, a VR simulator, a quiz
and a forum sent, a log of observations, a list of attendance, and the roster. Asks it five questions, and goes on until
Ctrl-C.

  --folder DIR     where all of it is kept; what is there already is not made again (a temporary folder)
  --seed N         decides what happened in that year (7)
  --port N         where it listens (any free port)
  --once           ends after the five questions
  --help`;

const wholeFrom = (/** @type {string} */ name, /** @type {string} */ given, /** @type {number} */ most) => {
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < 0 || number > most)
    throw new Error(`--${name}: a number from 0 to ${most}`);
  return number;
};

/** @param {readonly string[]} args */
export const readDemoOptions = (args) => {
  const options = {
    folder: text(),
    seed: text('7'),
    port: text('0'),
    once: yes,
    program: text('dist/main.js'),
  };
  const { folder, seed, port, once, program } = parseArgs({ args: [...args], options }).values;
  return {
    folder,
    seed: wholeFrom('seed', seed, Number.MAX_SAFE_INTEGER),
    port: wholeFrom('port', port, 65_535),
    once,
    program,
  };
};
