import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `npm run fuzz -- [options]

Sends generated requests to the built Cairn (npm run build) with its default settings: statements, batches, multipart,
query parameters, headers, documents, the alternate request syntax, JSON texts and raw sockets. Some are valid by
construction (at least 30 of a hundred) and have to be accepted and come back token by token; some are wrong by
construction and have to be refused with a pointer; of the rest nobody knows. Nothing may be answered with 5xx or late,
nothing of a refused request may be stored, and the memory stays bounded.

  --requests N      how many (20000); what is looked up afterwards is not counted
  --seed N          decides what is sent (drawn anew and printed)
  --only N          sends the request of that number alone and shows it
  --corpora DIR     with checkouts of JSONTestSuite, big-list-of-naughty-strings and JSON-Schema-Test-Suite in it: they
                    are sent as well
  --connections N   at once (4)
  --late MS         an answer that takes longer, and again when it is asked for once more, is a failure (1000)
  --growth MB       by which the resident memory may grow over its warm base (200)
  --folder DIR      where the temporary folder is made (the system's folder for such)
  --program FILE    another program than dist/main.js
  --json            prints the figures as JSON
  --help

Fails when anything is wrong, and says how to send each failed request again.`;

const wholeNumber = (name, value, least) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least)
    throw new Error(`--${name}: a number from ${least} on`);
  return number;
};

const text = (value) => ({ type: 'string', ...(value === undefined ? {} : { default: value }) });

/** @param {readonly string[]} args */
export const readOptions = (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ requests: text('20000'), seed: text(String(Math.floor(Math.random() * 1_000_000))), only: text() },
      ...{ corpora: text(), connections: text('4'), late: text('1000'), growth: text('200') },
      ...{ folder: text(tmpdir()), program: text(join('dist', 'main.js')) },
      ...{ json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    },
  });
  if (values.help) return 'help';
  const number = (name, least) => wholeNumber(name, values[name], least);
  return {
    ...values,
    requests: number('requests', 1),
    seed: number('seed', 0),
    only: values.only === undefined ? undefined : number('only', 0),
    connections: number('connections', 1),
    late: number('late', 1),
    growth: number('growth', 1),
  };
};
