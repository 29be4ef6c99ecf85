import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from '../bench/connection.mjs';
import { cpuSeconds, starvedMs } from '../bench/process-figures.mjs';
import { checkStored } from './check.mjs';
import { watch } from './watch.mjs';

/** By how much each step of the search offers more. */
const STEEPER = 1.35;
/** A step that stores less of what came than this is beyond what can be sustained. */
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

const isBorne = ({ goodput, came }) => goodput >= SUSTAINED * came;

/** Raises the load until it is no longer borne. */
const search = async (run, note) => {
  const steps = [];
  let beyond = 0;
  const { from, step: seconds } = run.options;
  note(await offerWatched(run, from / 2, seconds));
  for (let offered = from; beyond < BEYOND; offered *= STEEPER) {
    const step = await offerWatched(run, offered, seconds);
    note(step);
    steps.push(step);
    beyond = !isBorne(step) ? beyond + 1 : 0;
  }
  const sustained = steps.filter(isBorne);
  const [best] = steps.toSorted((a, b) => b.goodput - a.goodput);
  return { best: best.goodput, sustained: Math.max(from / 2, ...sustained.map(({ offered }) => offered)) };
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
  const searched = await search(run, note);
  await sleep(QUIET);
  // As long as the overload, and before and after it: what a few seconds bear is not what is borne for long, and the
  // store has grown meanwhile.
  const before = await offerWatched(run, searched.best, seconds);
  note(before);
  await sleep(QUIET);
  const sustained = Math.min(before.goodput, searched.sustained);
  const overload = await offerWatched(run, times * sustained, seconds);
  note(overload);
  const one = await oneAfter(run);
  const after = await offerWatched(run, searched.best, seconds);
  note(after);
  const best = (before.goodput + after.goodput) / 2;
  const sum = (of) => seen.reduce((all, step) => all + of(step), 0);
  const samples = await generator.ask('sample', { most: SAMPLED });
  const stored = await checkStored(server, samples, {
    statements: sum(({ statements }) => statements) + (one.status === 200 ? 1 : 0),
    unknown: sum(({ other, unanswered }) => Object.keys(other).length + unanswered),
  });
  return { best, sustained, before, overload, after, one, stored };
};
