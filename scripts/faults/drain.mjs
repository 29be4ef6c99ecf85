import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../bench/random.mjs';
import { spawnServer } from '../crash/server.mjs';
import { actOf, addAll, documentPath, storeSome } from './drain-acts.mjs';
import { follower, idler, keptClient, pipelined, slowReader, slowUploader } from './drain-clients.mjs';

const CLIENTS = 16;
/** Connections that are silent until it is told to stop, and send just then. */
const AWAKENED = 24;
/** Connections that are made just then. */
const NEWCOMERS = 12;
const PIPELINED = 10;
/** How many restarts it takes until one has clients that never end. */
const HANGING_EVERY = 4;
const DRAIN_SECONDS = 4;
/** Beyond that, for whatever else the end of a process takes on a busy machine. */
const SLACK_SECONDS = 20;

const createRun = (random) => ({
  random,
  owed: { ids: new Set(), documents: new Map() },
  counts: {
    requests: 0,
    closes: 0,
    refused: 0,
    unaccepted: 0,
    reset: 0,
    turnedAway: 0,
    lost: 0,
    streams: 0,
    pipelined: 0,
  },
  statements: 0,
  violations: [],
});

/** Counts what became of a request; answers whether its client may go on. */
const judge = ({ counts, violations }, result, expects) => {
  counts.requests += 1;
  if (result.what !== 'answer') {
    counts[result.what] += 1;
    if (result.what === 'reset') violations.push(result.told);
    return false;
  }
  if (result.closes) counts.closes += 1;
  // Too many at once on a machine that is busy: nothing of it was looked at, and it may come again.
  if (result.status === 503 && result.mayComeAgain) counts.turnedAway += 1;
  else if (result.status !== expects)
    violations.push(`${result.status} in place of ${expects}: ${result.body.slice(0, 200)}`);
  return !result.closes;
};

/** Sends until it is told that the connection closes. */
const sendUntilClosed = async (run, server, name, state) => {
  const client = keptClient(server);
  for (let goesOn = true; goesOn; ) {
    const { sending, expects, owe } = actOf(run.random, name, run.owed);
    const result = await client.send(sending);
    if (result.what === 'answer' && result.status === expects) owe();
    goesOn = judge(run, result, expects);
    if (result.closes) state.end();
  }
  client.close();
};

/** Is told that it is ready until anybody has been told that it ends, and never after that. */
const probe = async (run, server, state) => {
  const client = keptClient(server);
  for (let goesOn = true; goesOn; await sleep(3)) {
    const { isEnding } = state;
    const result = await client.send({ method: 'GET', path: '/health/ready' });
    if (result.what !== 'answer') break;
    goesOn = !result.closes;
    const isKnown = isEnding || result.closes;
    if (isKnown && result.status !== 503) run.violations.push('it said that it was ready while it ended');
    if (!state.isTold && result.status !== 200) run.violations.push(`not ready: ${result.body}`);
  }
  client.close();
};

/** A connection that was kept and silent sends when it has just been told to stop; it is answered and told so. */
const awake = async (run, server, stopped) => {
  const client = keptClient(server);
  judge(run, await client.send({ method: 'GET', path: '/xapi/about' }), 200);
  await stopped;
  await sleep(run.random() * 200);
  for (let goesOn = true; goesOn; ) {
    const { ids, sending } = storeSome(1);
    const result = await client.send(sending);
    goesOn = judge(run, result, 200);
    if (result.status === 200) addAll(run.owed.ids, ids);
  }
  client.close();
};

/** Comes when it has just been told to stop: it is answered, or finds nobody to connect to. */
const arrive = async (run, server, stopped) => {
  const client = keptClient(server);
  await stopped;
  await sleep(run.random() * 20);
  judge(run, await client.send({ method: 'GET', path: '/xapi/about' }), 200);
  client.close();
};

const checkOwed = async (run, server) => {
  const { owed, counts, violations } = run;
  const ids = [...owed.ids];
  const check = async () => {
    const client = keptClient(server);
    for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
      const result = await client.send({ method: 'GET', path: `/xapi/statements?statementId=${id}` });
      if (result.status === 200) continue;
      counts.lost += 1;
      violations.push(`${id} was acknowledged, and is not there: ${result.status} ${result.told ?? ''}`);
    }
    client.close();
  };
  await Promise.all(Array.from({ length: 8 }, check));
  run.statements += owed.ids.size;
  owed.ids.clear();
  const client = keptClient(server);
  for (const [name, bodies] of owed.documents) {
    const { body } = await client.send({ method: 'GET', path: documentPath(name) });
    if (!bodies.includes(body)) violations.push(`the document ${name} is not as it was acknowledged`);
  }
  client.close();
};

const start = async (options) => {
  const settings = { CAIRN_DRAIN_TIME: String(DRAIN_SECONDS) };
  const spawned = spawnServer(options.program, join(options.folder, 'data'), { settings });
  return { ...spawned, ...(await spawned.listening()) };
};

const stop = async (run, server) => {
  const asked = performance.now();
  const code = await server.stop();
  const seconds = (performance.now() - asked) / 1000;
  if (code !== 0) run.violations.push(`it ended with ${code}`);
  if (seconds > DRAIN_SECONDS + SLACK_SECONDS) run.violations.push(`it ended after ${seconds.toFixed(1)} s`);
  const complaints = server.complaints.filter((line) => !line.includes('"msg":"slow request"'));
  for (const complaint of complaints) run.violations.push(`it complained: ${complaint}`);
  return seconds;
};

/** What the clients of one server know of its end: that it has been told to, and that one of them has been told so. */
const createState = () => {
  const state = { isTold: false, isEnding: false };
  state.stopped = new Promise((resolve) => {
    state.stop = () => {
      state.isTold = true;
      resolve();
    };
  });
  state.end = () => {
    state.isEnding = true;
  };
  return state;
};

/** One server, from its start to its end under load. */
const restart = async (run, options, at) => {
  const server = await start(options);
  await checkOwed(run, server);
  const state = createState();
  const stream = follower(server);
  const loaded = Array.from({ length: CLIENTS }, (_, name) =>
    sendUntilClosed(run, server, `c${name}`, state),
  );
  const awakened = Array.from({ length: AWAKENED }, () => awake(run, server, state.stopped));
  const newcomers = Array.from({ length: NEWCOMERS }, () => arrive(run, server, state.stopped));
  const piped = pipelined(server, PIPELINED, state.stopped);
  const probing = probe(run, server, state);
  // The others end as soon as they have answered all.
  const hanging = at % HANGING_EVERY === 0 ? [slowUploader(server), slowReader(server), idler(server)] : [];
  await Promise.all([piped.ready, stream.begun]);
  await sleep(300 + run.random() * 300);
  const stopping = stop(run, server);
  state.stop();
  await Promise.all([...loaded, ...awakened, ...newcomers, probing]);
  const seconds = await stopping;
  const ended = await stream.ended;
  if (ended !== 'ended' || stream.events() === 0)
    run.violations.push(`the stream: ${ended}, ${stream.events()} events`);
  else run.counts.streams += 1;
  const { answers, closes } = await piped.done;
  // All of them may have come before it knew that it is to end.
  if (answers !== PIPELINED || closes > 1)
    run.violations.push(
      `${answers} of ${PIPELINED} pipelined requests were answered, ${closes} said that it closes`,
    );
  run.counts.pipelined += answers;
  for (const socket of hanging) socket.destroy();
  return seconds;
};

/** F9: told to stop under load, over and over; nothing that was sent is left without an answer. */
export const drain = async (options, tell) => {
  const run = createRun(createRandom(options.seed));
  const times = [];
  while (times.length < options.points && run.violations.length === 0) {
    times.push(await restart(run, options, times.length));
    if (times.length % 10 === 0) tell(`${times.length} restarts, ${JSON.stringify(run.counts)}`);
  }
  const server = await start(options);
  await checkOwed(run, server);
  await server.stop();
  const { counts, statements, violations } = run;
  return { runs: times.length, statements, ...counts, longestSeconds: Math.max(...times), violations };
};
