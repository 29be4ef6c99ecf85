import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { createCorpus } from '../bench/corpus.mjs';
import { median, percentilesOf } from '../bench/latencies.mjs';
import { createTally } from '../bench/load.mjs';
import { describeMachine, residentBytes } from '../bench/process-figures.mjs';
import { createOwnSubject } from '../bench/subject.mjs';
import { measureWrites } from '../bench/writes.mjs';
import { caughtUp, createClient } from './client.mjs';
import { elsewhere, learnersIn, merges, records, rosters } from './organisation.mjs';
import { createQuestions } from './questions.mjs';

const KEY = { key: 'bench', secret: 'bench-metrics-secret' };
/** The corpus has a statement every nine seconds. */
const PER_DAY = 9600;
/** A full run stores about so many a second while questions are asked. */
const MOST_PER_SECOND = 20_000;
const LAG_EVERY_MS = 100;

const dimensionValues = async (client, metrics) => {
  const names = new Set(metrics.flatMap(({ dimensions }) => dimensions));
  const values = new Map();
  for (const name of names) {
    const found = await client.get(`dimensions/${encodeURIComponent(name)}/values?limit=20`);
    values.set(name, found.values);
  }
  return values;
};

/** Asks until the time is over; answers how long each took, by metric, and the slowest. */
const askFor = async (client, next, seconds) => {
  const end = performance.now() + seconds * 1000;
  const taken = [];
  while (performance.now() < end) {
    const question = next();
    const begin = performance.now();
    const { rows } = await client.ask(question.text);
    taken.push({ ...question, ms: performance.now() - begin, isRefused: rows === undefined });
  }
  return taken;
};

const summaryOf = (taken) => {
  const ids = [...new Set(taken.map(({ id }) => id))];
  const p99s = ids.map((id) => [id, percentilesOf(taken.filter((one) => one.id === id).map(({ ms }) => ms))]);
  return {
    all: percentilesOf(taken.map(({ ms }) => ms)),
    refused: taken.filter(({ isRefused }) => isRefused).length,
    byMetric: Object.fromEntries(p99s.sort(([, a], [, b]) => b.p99 - a.p99)),
    slowest: taken.toSorted((a, b) => b.ms - a.ms).slice(0, 10),
  };
};

/** Looks how old what metrics have not taken in yet is, until told to stop; milliseconds. */
const watchLag = (client) => {
  const lags = [];
  let goesOn = true;
  const watching = (async () => {
    while (goesOn) {
      const { lagMs } = await client.get('freshness');
      lags.push(lagMs);
      await new Promise((resolve) => setTimeout(resolve, LAG_EVERY_MS));
    }
  })();
  return async () => {
    goesOn = false;
    await watching;
    return { n: lags.length, p50: median(lags), max: Math.max(...lags) };
  };
};

/** Stores one amount after the other, with metrics off and on in turns; the medians and their ratio. */
const measureCost = async ({ options, corpus, claim, tally, say }, own) => {
  const rates = { off: [], on: [] };
  const cpus = { off: [], on: [] };
  for (let turn = 0; turn < options.turns; turn += 1) {
    for (const how of turn % 2 === 0 ? ['off', 'on'] : ['on', 'off']) {
      say(`storing ${options.turn} with metrics ${how}`);
      const server = await own.start({ CAIRN_LEARNING_METRICS: how });
      const target = own.targetOf(server);
      if (how === 'on') await untilCaughtUp(target);
      const from = claim(options.turn);
      const subject = { target, pid: server.pid };
      const load = { load: 'batch50', corpus, from, count: options.turn, seconds: 1e9, tally };
      const { rate, cpu } = await measureWrites({ subject, ...load });
      rates[how].push(rate);
      cpus[how].push(cpu);
      await server.stop();
    }
  }
  const [off, on] = [median(rates.off), median(rates.on)];
  return { off, on, ratio: on / off, rates, cpu: { off: median(cpus.off), on: median(cpus.on) } };
};

const untilCaughtUp = async (target) => {
  const client = await createClient(target);
  const ms = await caughtUp(client);
  client.close();
  return ms;
};

/** A server, whom to ask it, and how to store on it. */
const open = async ({ corpus, tally }, own) => {
  const server = await own.start();
  const target = own.targetOf(server);
  const subject = { target, pid: server.pid };
  const store = (from, count, seconds = 1e9) =>
    measureWrites({ subject, load: 'batch50', corpus, from, count, seconds, tally });
  return { server, target, store, client: await createClient(target) };
};

const ROSTER_ROWS = 5000;
const BATCH = 50;

/** Tells who the learners are, what they have to do and to be able to, and what they did where no course was. */
const storeOrganisation = async ({ options, corpus }, client) => {
  const { count, seed } = options;
  const learners = learnersIn(corpus, count);
  for (const body of rosters(learners, seed, ROSTER_ROWS)) await client.post('people/roster', body);
  const { requirements, skills } = records();
  await client.post('requirements', JSON.stringify(requirements));
  await client.post('skills', JSON.stringify(skills));
  for (const merge of merges(learners)) await client.post('people/merges', JSON.stringify(merge));
  for (const body of elsewhere(learners, seed, count, BATCH)) await client.store(body);
  return learners.length;
};

const measureQuestions = async (bench, own) => {
  const { options, claim, say } = bench;
  const { count, seconds, rest, seed } = options;
  const { server, target, store, client } = await open(bench, own);
  say(`storing ${count} statements`);
  const { rate, cpu } = await store(claim(count), count);
  const behindMs = await caughtUp(client);
  say('storing the roster, requirements, skills, merges, observations and attendance');
  const learners = await storeOrganisation(bench, client);
  await caughtUp(client);
  const { metrics } = await client.get('metrics');
  const values = await dimensionValues(client, metrics);
  const next = createQuestions({ metrics, values }, seed, Math.ceil(count / PER_DAY));
  say(`leaving it alone for ${rest} s`);
  await after(rest * 1000);
  say(`asking for ${seconds / 2} s`);
  const idle = summaryOf(await askFor(client, next, seconds / 2));
  say(`asking for ${seconds / 2} s while storing`);
  const stopWatching = watchLag(await createClient(target));
  const room = Math.floor((seconds / 2) * MOST_PER_SECOND);
  const storing = store(claim(room), room, seconds / 2);
  const busy = summaryOf(await askFor(client, next, seconds / 2));
  const stored = await storing;
  const lag = { ...(await stopWatching()), afterMs: await caughtUp(client) };
  const resident = residentBytes(server.pid);
  client.close();
  await server.stop();
  return {
    metrics: metrics.length,
    learners,
    fill: { rate, cpu, behindMs },
    idle,
    busy: { ...busy, rate: stored.rate },
    lag,
    resident,
  };
};

/** How long it takes from a start until the server answers, and until metrics are up. */
const measureStart = async (bench, own) => {
  const began = performance.now();
  const { server, client } = await open(bench, own);
  await caughtUp(client);
  const metricsReadyMs = performance.now() - began;
  client.close();
  await server.stop();
  return { startMs: server.startMs, metricsReadyMs };
};

/** @param {ReturnType<typeof import('./options.mjs').readOptions>} options */
export const runMetricsBench = async (options, folder, say) => {
  const { count, seconds, seed, turn, turns } = options;
  const size = count + 2 * turn * turns + (seconds / 2) * MOST_PER_SECOND;
  say(`making ${size} statements`);
  const corpus = createCorpus({ path: join(folder, 'statements'), seed, size, drawsFrom: count });
  const tally = createTally();
  let claimed = 0;
  const claim = (wanted) => {
    claimed += wanted;
    return claimed - wanted;
  };
  const own = createOwnSubject(KEY, folder);
  const bench = { options, corpus, claim, tally, say };
  const questions = await measureQuestions(bench, own);
  const start = await measureStart(bench, own);
  const cost = await measureCost(bench, own);
  corpus.close();
  const wrong = [...tally.wrong].map(([what, seen]) => ({ what, ...seen }));
  return { machine: describeMachine(folder), count, ...questions, start, cost, wrong };
};
