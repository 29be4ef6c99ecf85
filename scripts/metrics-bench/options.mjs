import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';

export const HELP = `npm run bench:metrics -- [options]

How fast metrics answer, how far they are behind, and what they cost those who store. Stores statements, asks distinct
random questions of every metric of the catalogue, first alone, then while statements are stored as fast as they are taken;
and stores the same amount in turns with metrics off and on.

  --count N        statements stored before anything is measured (1000000)
  --seconds N      how long questions are asked, half of it idle, half while storing (300)
  --rest N         how many seconds the server is left alone before it is asked: meanwhile it makes ready what it keeps
                   from question to question (15)
  --turn N         statements of a turn with metrics off or on (60000)
  --turns N        how many turns of each (3)
  --seed N         decides what is sent and asked (7)
  --folder DIR     where the temporary folder is made; must be on a disk (the system's folder for such)
  --json           prints the figures as JSON
  --help

Exit code: 0 if all promises were kept, 1 if not, 2 for wrong options.`;

const whole = (values, name) => {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} is a whole number above 0`);
  return number;
};

/** @param {readonly string[]} args */
export const readOptions = (args) => {
  const text = (value) => ({ type: 'string', default: value });
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: text('1000000'),
      seconds: text('300'),
      rest: text('15'),
      turn: text('60000'),
      turns: text('3'),
      seed: text('7'),
      folder: text(tmpdir()),
      json: { type: 'boolean', default: false },
    },
  });
  const numbers = Object.fromEntries(
    ['count', 'seconds', 'rest', 'turn', 'turns', 'seed'].map((name) => [name, whole(values, name)]),
  );
  return { ...numbers, folder: values.folder, json: values.json };
};
