import { setTimeout as sleep } from 'node:timers/promises';
import { checkStore } from '../crash/check-store.mjs';
import { runLoad } from '../crash/load.mjs';
import { checkServer } from '../crash/run.mjs';
import { spawnServer } from '../crash/server.mjs';

/** How long a load may go on until the fault has come, unless something else is said. */
const LONGEST_MILLISECONDS = 8000;

/**
 * Loads a server on which a fault is to come; answers how it ended: its exit code or signal, or `stopped` when the
 * fault did not come and it was stopped in order.
 * @param {object} loaded what outlives the server
 * @param {object} how it is started
 * @param {object} [more]
 * @param {(server: object) => Promise<unknown>} [more.during] what happens under load
 * @param {number} [more.longest] milliseconds
 */
export const loadUnder = async (
  loaded,
  how,
  { during = async () => undefined, longest = LONGEST_MILLISECONDS } = {},
) => {
  const { journal, program, data } = loaded;
  journal.nextRound();
  const spawned = spawnServer(program, data, how);
  let listening;
  try {
    listening = await spawned.listening();
  } catch {
    return { ended: await spawned.gone(), complaints: spawned.complaints };
  }
  const server = { ...spawned, ...listening };
  const load = runLoad(loaded, server);
  await during(server);
  await Promise.race([server.gone(), sleep(longest, undefined, { ref: false })]);
  const came = server.hasEnded();
  if (!came) await server.stop();
  const end = await server.gone();
  const ended = came ? end : `stopped ${end}`;
  await load;
  return { ended, complaints: server.complaints };
};

/** Starts it again without any fault and checks all that is owed; now and then the store itself, too. */
export const checkAfter = async (loaded, thorough) => {
  const { journal, program, data } = loaded;
  const spawned = spawnServer(program, data);
  try {
    const server = { ...spawned, ...(await spawned.listening()) };
    await loaded.beforeCheck?.(server);
    await checkServer(loaded, server, thorough);
    const code = await server.stop();
    if (code !== 0) journal.violate(`asked to stop, it ended with ${code}: ${server.complaints.join('\n')}`);
    if (thorough && loaded.store !== undefined) await checkStore(loaded.store, data, journal.violate);
  } catch (error) {
    journal.violate(`it did not start again: ${error.message}`);
  }
};

/** The figures of a kind, from its journals. */
export const figuresOf = (journals, more) => {
  const sum = (name) => journals.reduce((all, { counts }) => all + counts[name], 0);
  return {
    statements: sum('statements'),
    documents: sum('documents'),
    unanswered: sum('unanswered'),
    unavailable: sum('unavailable'),
    lost: sum('lost'),
    ...more,
    violations: journals.flatMap(({ violations }) => violations),
  };
};
