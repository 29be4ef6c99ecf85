import { COMMON_HELP, readValues, text } from '../commands/options.mjs';

export const HELP = `npm run fuzz -- [options]

Sends generated requests to the built Cairn (npm run build) with its default settings: statements, batches, multipart,
query parameters, headers, documents, the alternate request syntax, JSON texts and raw sockets. Some are valid by
construction (at least 30 of a hundred) and have to be accepted and come back token by token; some are wrong by
construction and have to be refused with a pointer; of the rest nobody knows. Nothing may be answered with 5xx or late,
nothing of a refused request may be stored, and the memory stays bounded.

  --requests N     how many (20000); what is looked up afterwards is not counted
  --only N         sends the request of that number alone and shows it
  --corpora DIR    with checkouts of JSONTestSuite, big-list-of-naughty-strings and JSON-Schema-Test-Suite in it: they
                   are sent as well
  --connections N  at once (4)
  --late MS        an answer that takes longer, and again when it is asked for once more, is a failure (1000)
  --growth MB      by which the resident memory may grow over its warm base (200)
${COMMON_HELP}

Fails when anything is wrong, and says how to send each failed request again.`;

/** @param {readonly string[]} args */
export const readOptions = (args) => {
  const { values, number } = readValues(args, {
    ...{ requests: text('20000'), only: text(), corpora: text() },
    ...{ connections: text('4'), late: text('1000'), growth: text('200') },
  });
  return {
    ...values,
    requests: number('requests', 1),
    only: number('only', 0),
    connections: number('connections', 1),
    late: number('late', 1),
    growth: number('growth', 1),
  };
};
