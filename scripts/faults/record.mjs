import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../bench/random.mjs';
import { createContested } from '../crash/contested.mjs';
import { createShelves } from '../crash/documents.mjs';
import { createJournal } from '../crash/journal.mjs';
import { CONNECTION_NUMBERS, runLoad } from '../crash/load.mjs';
import { checkServer } from '../crash/run.mjs';
import { spawnServer } from '../crash/server.mjs';
import { actOfCall } from './act-of-call.mjs';
import { readTrace } from './read-trace.mjs';

const CALLS = 'pwrite64,write,writev,pwritev,ftruncate,fsync,fdatasync,openat,rename,unlink,mkdir,rmdir';
/** Longer than any write. */
const CHARACTERS = '16000000';
const TRACE_MILLISECONDS = 60_000;

/** @param {string} trace the file to write it to */
const strace = (trace) => [
  'strace',
  ...['-D', '-f', '--seccomp-bpf', '-yy', '-xx', '-s', CHARACTERS],
  ...['-e', `trace=${CALLS}`, '-e', 'signal=none', '-o', trace],
];

/**
 * What happened on the disk and on the sockets, in order. What begins in a line of the trace is twice its number, what
 * ends in it one more; a cut is such a number, and all that is less has happened.
 * @typedef {object} Moment
 * @property {number} at
 * @property {import('./act-of-call.mjs').Act} act
 * @property {number} [ended] of a sync
 */

/** Everything that outlives the servers of one run. */
export const createLoaded = (program, folder, seed, keepsExchanges = false) => ({
  program,
  data: join(folder, 'data'),
  seed,
  journal: createJournal(keepsExchanges),
  shelves: CONNECTION_NUMBERS.map((at) => createShelves(`c${at}`)),
  contested: createContested(),
  random: createRandom(seed),
});

/** Loads a server that was started with `how` for some time, then ends it with the signal; checks what it found first. */
const runRound = async (loaded, how, seconds, checks) => {
  const { program, data, journal } = loaded;
  journal.nextRound();
  const spawned = spawnServer(program, data, how);
  const server = { ...spawned, ...(await spawned.listening()) };
  if (checks) await checkServer(loaded, server, false);
  const load = runLoad(loaded, server);
  await sleep(seconds * 1000);
  await server.stop();
  await load;
  for (const complaint of server.complaints) journal.violate(`the server complained: ${complaint}`);
  return server.pid;
};

/** strace writes its last lines after the program has gone. */
const untilWritten = async (trace, pid) => {
  const end = new RegExp(`^${pid} +\\+\\+\\+ exited with \\d+ \\+\\+\\+$`, 'm');
  for (let waited = 0; waited < TRACE_MILLISECONDS; waited += 100) {
    if (existsSync(trace) && end.test(readFileSync(trace, 'latin1').slice(-2000))) return;
    await sleep(100);
  }
  throw new Error(`${trace} was not finished`);
};

const momentsOf = async (trace, offset) => {
  /** @type {Moment[]} */
  const moments = [];
  let last = offset;
  for await (const call of readTrace(trace)) {
    const act = actOfCall(call);
    last = offset + call.ended;
    if (act !== undefined) moments.push({ at: 2 * (offset + call.begun), act, ended: 2 * last + 1 });
  }
  return { moments, last };
};

/**
 * Runs servers under strace, one after the other on one folder, each loaded and then asked to stop.
 * @param {{ program: string, folder: string, seed: number, seconds: number, rounds: number }} options
 */
export const record = async ({ program, folder, seed, seconds, rounds }) => {
  mkdirSync(folder);
  const loaded = createLoaded(program, folder, seed, true);
  const all = [];
  let offset = 0;
  for (let round = 0; round < rounds; round += 1) {
    const trace = `${folder}-trace-${round}`;
    const pid = await runRound(loaded, { under: strace(trace) }, seconds, round > 0);
    await untilWritten(trace, pid);
    const { moments, last } = await momentsOf(trace, offset);
    for (const moment of moments) all.push(moment);
    offset = last + 1;
  }
  all.sort((a, b) => a.at - b.at);
  return { ...loaded, moments: all, lineOf: answerLines(all) };
};

/** When each answer left, by the connection's ports and which of its answers it was. */
const answerLines = (moments) => {
  const lines = new Map();
  const counts = new Map();
  for (const { at, act } of moments) {
    if (act.kind !== 'answer') continue;
    const nth = (counts.get(act.ports) ?? 0) + 1;
    counts.set(act.ports, nth);
    lines.set(`${act.ports}/${nth}`, at);
  }
  return (via) => {
    const line = lines.get(via);
    if (line === undefined) throw new Error(`the answer ${via} is not in the trace`);
    return line;
  };
};
