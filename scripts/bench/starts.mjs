import { createConnection } from './connection.mjs';
import { countWrong } from './load.mjs';
import { diskBytes } from './process-figures.mjs';
import { measureWrites } from './writes.mjs';

/** @typedef {import('./server.mjs').Server} Server */
/** @typedef {import('./load.mjs').Target} Target */
/** @typedef {import('./corpus.mjs').Corpus} Corpus */
/** @typedef {import('./load.mjs').Tally} Tally */

/** @typedef {{ stopMs: number, afterStopMs: number, afterKillMs: number, diskBytes: number }} StartResult */

/** Statements of the tail that are asked for after a kill. */
const ASKED_AFTER_KILL = 50;

/**
 * Asks for acknowledged statements; each that is missing is counted as a wrong answer.
 * @param {Target} target
 * @param {Corpus} corpus
 * @param {number} from
 * @param {Tally} tally
 */
const askForTail = async (target, corpus, from, tally) => {
  const connection = createConnection(target);
  const tail = JSON.parse(`[${corpus.pieces(from, ASKED_AFTER_KILL, ASKED_AFTER_KILL)()?.body}]`);
  for (const { id } of tail) {
    const path = `${target.endpoint.pathname}/statements?statementId=${id}`;
    const { status, body } = await connection.exchange({ method: 'GET', path });
    tally.answers += 1;
    const example = `${id} ${body.toString('utf8', 0, 300)}`;
    if (status !== 200) countWrong(tally, `acknowledged, then lost in a kill: status ${status}`, example);
  }
  connection.close();
};

/**
 * One round: stops the server and starts it; stores `count` statements, kills it at once (SIGKILL), starts it again
 * and asks for the last ones that were acknowledged.
 * @param {object} options
 * @param {Server} options.server
 * @param {() => Promise<Server>} options.start
 * @param {(server: Server) => Target} options.targetOf
 * @param {string} options.folder of the data
 * @param {Corpus} options.corpus
 * @param {number} options.from
 * @param {number} options.count
 * @param {Tally} options.tally
 * @returns {Promise<{ server: Server, result: StartResult }>} the server that runs now
 */
export const measureStarts = async ({ server, start, targetOf, folder, corpus, from, count, tally }) => {
  const stopMs = await server.stop();
  const onDisk = diskBytes(folder);
  const stopped = await start();
  const subject = { target: targetOf(stopped) };
  await measureWrites({ subject, load: 'batch50', corpus, from, count, seconds: 60, tally });
  await stopped.kill();
  const killed = await start();
  await askForTail(targetOf(killed), corpus, from + count - ASKED_AFTER_KILL, tally);
  const result = {
    stopMs,
    afterStopMs: stopped.startMs,
    afterKillMs: killed.startMs,
    diskBytes: onDisk,
  };
  return { server: killed, result };
};
