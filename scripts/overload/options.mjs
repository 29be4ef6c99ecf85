import { COMMON_HELP, readValues, text, yes } from '../commands/options.mjs';

export const HELP = `npm run overload -- [options]

Starts the built Cairn (npm run build) on a store of its own and offers it requests on a schedule that waits for no
answer. The load is raised until no more is stored; then four times what was borne is offered. Told are what was
stored, how soon the others were refused, memory, health, and whether all that was acknowledged, and nothing that was
refused, is there.

  --batch N        statements of a request (64 at most), or "mixed" for 1, 10 and 50 (1)
  --seconds S      how long the overload lasts (30)
  --from N         statements a second that the search begins with (1500)
  --step S         how long each step of the search lasts (5)
  --times N        how many times the load that was borne is offered (4)
  --connections N  at most so many; what finds none free waits in the generator, and is counted (4000)
  --seed N         decides what is sent and when (drawn anew and printed)
  --pin            the server on the first core, the generator on the second (needs taskset)
  --flags WORDS    flags of Node for the server, such as --cpu-prof
${COMMON_HELP}

Linux only. Fails when less than 90 % of the best is stored, a refusal takes 100 ms or longer at the 99th percentile,
anything but 200 or 503 is answered, health is wrong, memory grows by more than a fifth, or something stored is wrong.`;

/** Ids of statements are made from that. */
const MOST_OF_A_REQUEST = 64;

/** @param {readonly string[]} args */
export const readOptions = (args) => {
  const { values, number } = readValues(args, {
    ...{ batch: text('1'), from: text('1500'), seconds: text('30'), step: text('5'), times: text('4') },
    ...{ connections: text('4000'), pin: yes, flags: text('') },
  });
  const { batch, flags } = values;
  return {
    ...values,
    sizes: batch === 'mixed' ? [1, 10, 50] : [Math.min(number('batch', 1), MOST_OF_A_REQUEST)],
    from: number('from', 1),
    seconds: number('seconds', 3),
    step: number('step', 2),
    times: number('times', 1),
    connections: number('connections', 1),
    flags: flags.split(' ').filter((word) => word !== ''),
  };
};
