import { COMMON_HELP, readValues, text } from '../commands/options.mjs';

export const HELP = `npm run metrics-crash -- [options]

Loads the built Cairn (npm run build) with learning over HTTP while metrics follow, kills it with SIGKILL at random
moments, and compares each time: what metrics know from what they had kept, with what they know from the log alone, and
with an oracle that makes all of it from scratch; and what the server answers once it runs again with that oracle.
Metrics keep a part every few dozen facts, not every few thousand, so that many kills come while they do.

  --kills N        how many (100)
${COMMON_HELP}

Fails when anything is wrong; the store is then kept, and its folder is named.`;

/** @param {readonly string[]} args */
export const readOptions = (args) => {
  const { values, number } = readValues(args, { kills: text('100') });
  return { ...values, kills: number('kills', 1) };
};
