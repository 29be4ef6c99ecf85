import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../bench/random.mjs';
import { checkStatements } from './check-statements.mjs';
import { checkStore, countLeftOvers } from './check-store.mjs';
import { createClient } from './client.mjs';
import { checkContested, createContested } from './contested.mjs';
import { checkShelf, createShelves } from './documents.mjs';
import { createJournal } from './journal.mjs';
import { CONNECTION_NUMBERS, runLoad } from './load.mjs';
import { momentOf, untilMoment } from './moments.mjs';
import { loadStore } from './open-store.mjs';
import { spawnServer } from './server.mjs';
import { settlePending } from './settle.mjs';

const CHECK_CONNECTIONS = 8;
/** Every so many kills the store is looked at as the kill left it, and as an orderly stop leaves it. */
const LOOK_EVERY = 10;
const READ_ALL_EVERY = 50;
const STOP_AFTER_MILLISECONDS = 400;

/**
 * @typedef {object} Results
 * @property {number} kills
 * @property {Record<string, number>} moments how many kills came at which kind of moment
 * @property {ReturnType<typeof createJournal>['counts']} counts
 * @property {number} leftOvers unfinished files of attachments in the folder at the end
 * @property {number} storeChecks how often index, log and files were looked at
 * @property {readonly string[]} violations
 */

/** Reads all that is owed from a server that has just been started, and sends again what it did not answer. */
export const checkServer = async (crash, server, everything) => {
  const { journal, shelves, contested, random } = crash;
  const client = createClient(server, journal.heard, CHECK_CONNECTIONS);
  try {
    await checkStatements(journal, client, random, everything);
    crash.afterSurvey?.();
    for (const own of shelves) for (const shelf of own) await checkShelf(journal, client, shelf);
    await checkContested(journal, client, contested);
    await settlePending(journal, client, random);
    if (everything) await checkStatements(journal, client, random, false);
    journal.counts.checks += 1;
  } catch (error) {
    const state = server.hasEnded() ? `has ended: ${server.complaints.join('\n')}` : 'runs';
    journal.violate(`the check was broken off (${error.stack ?? error}), and the server ${state}`);
  } finally {
    client.close();
  }
};

/** Starts, and at times kills before the start is over, until a server listens. */
const startServer = async (crash) => {
  for (;;) {
    const begun = performance.now();
    const server = spawnServer(crash.program, crash.data);
    if (momentOf(crash.kills) !== 'start' || crash.kills >= crash.wanted) {
      const listening = await server.listening();
      crash.startMilliseconds = performance.now() - begun;
      return { ...server, ...listening };
    }
    await untilMoment('start', crash.random, crash.data, crash.startMilliseconds);
    await kill(crash, server, 'start');
  }
};

const kill = async (crash, server, moment) => {
  if (server.hasEnded()) crash.journal.violate(`the server ended by itself: ${server.complaints.join('\n')}`);
  await server.kill();
  crash.kills += 1;
  crash.moments[moment] = (crash.moments[moment] ?? 0) + 1;
  for (const complaint of server.complaints) crash.journal.violate(`the server complained: ${complaint}`);
};

/** Stops the server as an operator does, under load too, and looks at what it has left. */
const stopAndLook = async (crash, server) => {
  const { journal } = crash;
  journal.nextRound();
  const load = runLoad(crash, server);
  await sleep(STOP_AFTER_MILLISECONDS);
  const code = await server.stop();
  await load;
  if (code !== 0)
    journal.violate(`asked to stop, the server ended with ${code}: ${server.complaints.join('\n')}`);
  const statements = await lookAtStore(crash);
  const owed = [...journal.statements.values()].filter(({ acknowledged }) => acknowledged).length;
  const open = [...journal.pending].flatMap(({ fresh }) => fresh).length;
  if (statements < owed || statements > owed + open) {
    journal.violate(
      `the log has ${statements} statements; ${owed} were acknowledged and ${open} not answered`,
    );
  }
};

const lookAtStore = async (crash) => {
  crash.storeChecks += 1;
  return checkStore(crash.store, crash.data, crash.journal.violate);
};

/** Whether the store itself is looked at, too. */
const looks = ({ kills, wanted }) => kills % LOOK_EVERY === 0 || kills >= wanted;

/** Whether every statement is read by its id, not only out of the list. */
const readsAll = ({ kills, wanted }) => kills % READ_ALL_EVERY === 0 || kills >= wanted;

/** One load, its kill, the start after it and the check; answers the server that runs then. */
const runRound = async (crash, server) => {
  const { journal, data, random } = crash;
  journal.nextRound();
  const load = runLoad(crash, server);
  const moment = await untilMoment(momentOf(crash.kills), random, data);
  await kill(crash, server, moment);
  await load;
  if (looks(crash)) await lookAtStore(crash);
  const next = await startServer(crash);
  await checkServer(crash, next, readsAll(crash));
  if (!looks(crash)) return next;
  await stopAndLook(crash, next);
  const last = await startServer(crash);
  await checkServer(crash, last, false);
  return last;
};

/**
 * Loads a store, kills its server, starts it again and checks, over and over on the same folder, until so many kills
 * are done or something is wrong.
 * @param {{ kills: number, seed: number, program: string, folder: string }} options
 * @param {(what: string) => void} tell
 * @returns {Promise<Results>}
 */
export const runCrashes = async ({ kills, seed, program, folder }, tell) => {
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const journal = createJournal();
  const crash = {
    journal,
    seed,
    program,
    data,
    wanted: kills,
    random: createRandom(seed),
    shelves: CONNECTION_NUMBERS.map((at) => createShelves(`c${at}`)),
    contested: createContested(),
    store: await loadStore(folder),
    kills: 0,
    moments: {},
    storeChecks: 0,
  };
  let server = await startServer(crash);
  while (crash.kills < kills && journal.violations.length === 0) {
    server = await runRound(crash, server);
    tell(
      `${crash.kills} kills, ${journal.counts.statements} statements, ${journal.violations.length} violations`,
    );
  }
  await server.stop();
  return {
    kills: crash.kills,
    moments: crash.moments,
    counts: journal.counts,
    leftOvers: countLeftOvers(data),
    storeChecks: crash.storeChecks,
    violations: journal.violations,
  };
};
