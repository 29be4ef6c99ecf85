import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from '../bench/connection.mjs';
import { cpuSeconds, starvedMs } from '../bench/process-figures.mjs';
import { checkStored } from './check.mjs';
import { watch } from './watch.mjs';

/** Statements a second that the search begins with, and by how much each step offers more. */
const FIRST = 1500;
const STEEPER = 1.35;
/** A step that stores less of what is offered than this is beyond what can be sustained. */
const SUSTAINED = 0.97;
const BEYOND = 2;
/** In milliseconds. */
const QUIET = 2000;
const SAMPLED = 300;

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Offers `statements` a second and tells what became of them, and of the server meanwhile. */
const offerWatched = async ({ server, generator, options }, statements, seconds) => {
  const cpu = cpuSeconds(server.pid);
  const starved = starvedMs(server.pid);
  const began = performance.now();
  const unwatch = watch(server);
  const figures = await generator.ask('offer', { rate: statements / mean(options.sizes), seconds });
  const took = (performance.now() - began) / 1000;
  const serverCores = (cpuSeconds(server.pid) - cpu) / took;
  const starvedCores = (starvedMs(server.pid) - starved) / took / 1000;
  const cpuOfEach = (serverCores * took * 1e6) / figures.statements;
  return { offered: statements, ...figures, serverCores, starvedCores, cpuOfEach, ...unwatch() };
};

const told = ({
  offered,
  goodput,
  refused,
  refusedFromSend,
  acknowledgedFromSend,
  cores,
  serverCores,
  starvedCores,
  cpuOfEach,
  late,
  other,
}) =>
  `offered ${offered.toFixed(0)}/s: stored ${goodput.toFixed(0)}/s (p99 ${acknowledgedFromSend.p99?.toFixed(0)} ms), ` +
  `refused ${refused} (p99 ${refusedFromSend.p99?.toFixed(0) ?? '–'} ms), late ${late}, ` +
  `cores: server ${serverCores.toFixed(2)} (waits for ${starvedCores.toFixed(2)}, ${cpuOfEach.toFixed(0)} µs/statement), generator ${cores.toFixed(2)} ${JSON.stringify(other)}`;

/** Raises the load until it is no longer borne. */
const search = async (run, note) => {
  const steps = [];
  let beyond = 0;
  note(await offerWatched(run, FIRST / 2, run.options.step));
  for (let offered = FIRST; beyond < BEYOND; offered *= STEEPER) {
    const step = await offerWatched(run, offered, run.options.step);
    note(step);
    steps.push(step);
    beyond = step.goodput < SUSTAINED * offered ? beyond + 1 : 0;
  }
  const sustained = steps.filter(({ offered, goodput }) => goodput >= SUSTAINED * offered);
  const [best] = steps.toSorted((a, b) => b.goodput - a.goodput);
  return {
    best: best.goodput,
    cpuOfEachAtBest: best.cpuOfEach,
    sustained: Math.max(FIRST / 2, ...sustained.map(({ offered }) => offered)),
  };
};

/** Milliseconds that one statement takes right after the overload. */
const oneAfter = async ({ server }) => {
  const connection = createConnection({
    endpoint: new URL('/xapi', server.url),
    authorization: server.authorization,
  });
  const body = Buffer.from(
    '{"actor":{"mbox":"mailto:after@example.org"},"verb":{"id":"http://example.org/after"},"object":{"id":"http://example.org/overload"}}',
  );
  const asked = performance.now();
  const { status } = await connection.exchange({ method: 'POST', path: '/xapi/statements', body: [body] });
  connection.close();
  return { status, ms: performance.now() - asked };
};

/** @param {{ server: object, generator: object, options: object }} run */
export const runOverload = async (run, tell) => {
  const { server, generator, options } = run;
  const { url, authorization } = server;
  const { sizes, seed, connections, seconds, times } = options;
  await generator.ask('begin', { url, authorization, sizes, seed, connections });
  const seen = [];
  const note = (step) => {
    seen.push(step);
    tell(told(step));
  };
  const found = await search(run, note);
  await sleep(QUIET);
  const overload = await offerWatched(run, times * found.best, seconds);
  note(overload);
  const after = await oneAfter(run);
  const again = await offerWatched(run, found.sustained, options.step);
  note(again);
  const sum = (of) => seen.reduce((all, step) => all + of(step), 0);
  const samples = await generator.ask('sample', { most: SAMPLED });
  const stored = await checkStored(server, samples, {
    statements: sum(({ statements }) => statements) + (after.status === 200 ? 1 : 0),
    unknown: sum(({ other, unanswered }) => Object.keys(other).length + unanswered),
  });
  return { ...found, overload, after, again, stored };
};
