import { COMMON_HELP, readValues, text } from '../commands/options.mjs';

/** @param {readonly string[]} kinds @returns {string} */
export const helpOf = (kinds) => `npm run faults -- --kind ${kinds.join('|')} [options]

Loads the built Cairn (npm run build) over HTTP, lets one kind of fault happen to it, starts it again and checks that
every acknowledged statement, document and attachment is there exactly once and as it was sent, and that no request is
there by halves.

  --kind KIND      which fault; all of them, one after the other, if not given
  --points N       at how many points, or how many runs (each kind has its own number)
  --seconds N      how long a load goes on, or a process stands still (each kind has its own number)
${COMMON_HELP}

Linux only; power, io, full and points need strace. Fails when anything is wrong, with a sentence for each.`;

/**
 * @param {readonly string[]} args
 * @param {readonly string[]} kinds
 */
export const readOptions = (args, kinds) => {
  const own = { kind: text(), points: text(), seconds: text() };
  const { values, number } = readValues(args, own);
  if (values.kind !== undefined && !kinds.includes(values.kind))
    throw new Error(`--kind: one of ${kinds.join(', ')}`);
  return { ...values, points: number('points', 1), seconds: number('seconds', 1) };
};
