import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRandom } from '../bench/random.mjs';
import { untilMoment } from '../crash/moments.mjs';
import { spawnServer } from '../crash/server.mjs';
import { plantProgram } from '../faults/plant-program.mjs';
import { checkAnswers, checkLeft } from './check.mjs';
import { runLoad } from './load.mjs';
import { loadOracle } from './load-oracle.mjs';

/** So many facts are gathered before they are kept, instead of thousands; nothing else of the program is changed. */
const KEPT_FROM = 30;
const KEEPS_OFTEN = { 'metrics-thread.js': [/\bKEPT_FROM = 8192/, `KEPT_FROM = ${KEPT_FROM}`] };

/** Which moments come in which order. */
const ORDER = ['load', 'keep', 'load', 'keep', 'start'];

const kill = async (crash, server, moment) => {
  if (server.hasEnded()) crash.violate(`the server ended by itself: ${server.complaints.join('\n')}`);
  await server.kill();
  crash.kills += 1;
  crash.moments[moment] = (crash.moments[moment] ?? 0) + 1;
  for (const complaint of server.complaints) crash.violate(`the server complained: ${complaint}`);
};

const start = async (crash) => {
  const begun = performance.now();
  const server = spawnServer(crash.program, crash.data);
  const listening = await server.listening();
  crash.startMilliseconds = performance.now() - begun;
  return { ...server, ...listening };
};

/** What the last kill has left is looked at; then the server is started and asked. */
const lookAndStart = async (crash) => {
  const left = await checkLeft(crash.oracle, crash.data, crash.violate);
  if (left.isBehind) crash.behind += 1;
  [crash.entries, crash.parts] = [left.entries.length, left.parts];
  const server = await start(crash);
  crash.answers += await checkAnswers(crash, server, left);
  return server;
};

/** Kills a server that is starting, while its metrics are read from what was kept. */
const killWhileStarting = async (crash) => {
  const server = spawnServer(crash.program, crash.data);
  await untilMoment('start', crash.random, crash.data, crash.startMilliseconds * 1.2);
  await kill(crash, server, 'start');
};

const runRound = async (crash, server) => {
  crash.round += 1;
  const load = runLoad(crash, server);
  const wanted = ORDER[crash.kills % ORDER.length];
  const moment = await untilMoment(wanted === 'keep' ? 'keep' : 'load', crash.random, crash.data);
  await kill(crash, server, moment);
  await load;
  if (ORDER[crash.kills % ORDER.length] === 'start' && crash.kills < crash.wanted)
    await killWhileStarting(crash);
  return lookAndStart(crash);
};

/**
 * Loads a store, kills its server, looks at what metrics know then and after a start, over and over on one folder.
 * @param {{ kills: number, seed: number, program: string, folder: string }} options
 * @param {(what: string) => void} tell
 */
export const runMetricsCrashes = async ({ kills, seed, program, folder }, tell) => {
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const violations = [];
  const statuses = {};
  const crash = {
    oracle: await loadOracle(folder),
    program: plantProgram(folder, KEEPS_OFTEN, dirname(program)),
    data,
    seed,
    wanted: kills,
    random: createRandom(seed),
    violate: (sentence) => violations.push(sentence),
    count: (status) => {
      statuses[status] = (statuses[status] ?? 0) + 1;
    },
    ...{ round: 0, kills: 0, behind: 0, entries: 0, parts: 0, answers: 0, moments: {} },
  };
  let server = await start(crash);
  while (crash.kills < kills && violations.length === 0) {
    server = await runRound(crash, server);
    tell(
      `${crash.kills} kills, ${crash.behind} behind, ${crash.entries} entries, ${violations.length} violations`,
    );
  }
  const code = await server.stop();
  if (code !== 0) violations.push(`asked to stop, the server ended with ${code}`);
  const { kills: done, moments, behind, entries, parts, answers } = crash;
  return { kills: done, moments, behind, entries, parts, answers, statuses, violations };
};
