import { COMMON_HELP, readValues, text } from '../commands/options.mjs';

export const HELP = `npm run crash -- [options]

Loads the built Cairn (npm run build) over HTTP, kills it with SIGKILL at random moments, starts it again on the same
folder and checks that every acknowledged statement, document and attachment is there exactly once and as it was sent,
that no request is there by halves, and that the index is equal to one made anew.

  --kills N        how many (200)
${COMMON_HELP}

Fails when anything is wrong; the store is then kept, and its folder is named.`;

/** @param {readonly string[]} args */
export const readOptions = (args) => {
  const { values, number } = readValues(args, { kills: text('200') });
  return { ...values, kills: number('kills', 1) };
};
