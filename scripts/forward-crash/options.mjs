import { COMMON_HELP, readValues, text } from '../commands/options.mjs';

export const HELP = `npm run forward-crash -- [options]

Loads the built Cairn (npm run build) over HTTP, has it send everything on to a second one, kills both with SIGKILL at
random moments all the while, starts them again on their folders, and checks that in the end every statement is at the
second one, once, in the order of the first, with the same text but for what an LRS sets, and its attachment.

  --statements N   how many (100000)
  --kills N        how many of each end (20)
${COMMON_HELP}

Fails when anything is wrong; the stores are then kept, and their folder is named.`;

/** @param {readonly string[]} args */
export const readOptions = (args) => {
  const { values, number } = readValues(args, { statements: text('100000'), kills: text('20') });
  return { ...values, statements: number('statements', 1), kills: number('kills', 0) };
};
