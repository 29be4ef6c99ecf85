import { createRandom } from '../bench/random.mjs';
import { createHistogram } from './histogram.mjs';
import { openLine } from './line.mjs';

/** What became of a request. */
export const OUTCOME = { acknowledged: 1, refused: 2, unknown: 3 };
/** In milliseconds. */
const TICK = 1;
/** How long the last answers are waited for, in milliseconds. */
const PATIENCE = 15_000;
/** In milliseconds: so long after a step has begun it is counted what is stored. */
const SETTLING = 1000;

const newTally = () => ({
  arrived: 0,
  countedArrivals: 0,
  sent: 0,
  late: 0,
  mostQueued: 0,
  acknowledged: 0,
  refused: 0,
  other: {},
  statements: 0,
  countedStatements: 0,
  refusedFromSend: createHistogram(),
  refusedFromArrival: createHistogram(),
  acknowledgedFromSend: createHistogram(),
  acknowledgedFromArrival: createHistogram(),
});

/** Notes in a tally what became of a request. */
const note = (tally, outcomes, line, status) => {
  const { pool, due, sent, number } = line.carries;
  const now = performance.now();
  if (status === 200) {
    outcomes.set(number, pool.size, OUTCOME.acknowledged);
    tally.acknowledged += 1;
    tally.statements += pool.size;
    if (now >= tally.from && now < tally.until) tally.countedStatements += pool.size;
    tally.acknowledgedFromSend.add(now - sent);
    tally.acknowledgedFromArrival.add(now - due);
  } else if (status === 503) {
    outcomes.set(number, pool.size, OUTCOME.refused);
    tally.refused += 1;
    tally.refusedFromSend.add(now - sent);
    tally.refusedFromArrival.add(now - due);
  } else {
    outcomes.set(number, pool.size, OUTCOME.unknown);
    const what = status === 0 ? `broken ${line.error ?? ''}` : status;
    tally.other[what] = (tally.other[what] ?? 0) + 1;
  }
};

/** Connections, as many as are needed, up to `most`; `onFree` is told of each that has had its answer. */
const createLines = ({ at, most, onAnswer, onFree }) => {
  const free = [];
  let open = 0;
  const answered = (line, status) => {
    if (line.carries !== undefined) onAnswer(line, status);
    if (!line.isOpen()) open -= 1;
    else if (!onFree(line)) free.push(line);
  };
  const take = () => {
    for (let line = free.pop(); line !== undefined; line = free.pop()) if (line.isOpen()) return line;
    if (open >= most) return undefined;
    open += 1;
    return openLine(at, answered);
  };
  return { take, open: () => open };
};

/** Sends requests when their time has come, whatever has become of those before them. */
const createSender = ({ at, pools, most, random, outcomes }) => {
  const state = { tally: newTally(), underWay: 0, number: 0, queue: [], first: 0 };

  const send = (line, due) => {
    const pool = pools.length === 1 ? pools[0] : pools[Math.floor(random() * pools.length)];
    const request = pool.take(state.number);
    line.carries = { pool, request, number: state.number, due, sent: performance.now() };
    state.number += 1;
    state.underWay += 1;
    state.tally.sent += 1;
    line.send(request.bytes);
  };
  const onAnswer = (line, status) => {
    state.underWay -= 1;
    note(state.tally, outcomes, line, status);
    line.carries.pool.giveBack(line.carries.request);
    line.carries = undefined;
  };
  const onFree = (line) => {
    if (state.first >= state.queue.length) return false;
    send(line, state.queue[state.first++]);
    return true;
  };
  const lines = createLines({ at, most, onAnswer, onFree });

  const arrive = (due) => {
    const { tally, queue } = state;
    tally.arrived += 1;
    if (due >= tally.from && due < tally.until) tally.countedArrivals += 1;
    const line = state.first < queue.length ? undefined : lines.take();
    if (line !== undefined) {
      send(line, due);
      return;
    }
    tally.late += 1;
    queue.push(due);
    tally.mostQueued = Math.max(tally.mostQueued, queue.length - state.first);
  };
  return { state, arrive, connections: lines.open };
};

/** Nobody waits any more for those that were never sent. @returns {number} how many those were */
const giveUp = (state) => {
  const unsent = state.queue.length - state.first;
  state.queue = [];
  state.first = 0;
  return unsent;
};

const settled = async (state) => {
  const late = performance.now() + PATIENCE;
  while (state.underWay > 0 && performance.now() < late)
    await new Promise((resolve) => setTimeout(resolve, 10));
};

export const arrivals = ({ at, pools, most, seed, outcomes }) => {
  const random = createRandom(seed);
  const meanSize = pools.reduce((sum, { size }) => sum + size, 0) / pools.length;
  const { state, arrive, connections } = createSender({ at, pools, most, random, outcomes });

  /** Arrivals as of strangers who know nothing of each other (Poisson), `rate` of them a second. */
  const offer = async (rate, seconds) => {
    const cpu = process.cpuUsage();
    const began = performance.now();
    const end = began + seconds * 1000;
    state.tally = { ...newTally(), from: began + SETTLING, until: end };
    let due = began;
    for (let now = began; now < end; now = performance.now()) {
      for (; due <= now; due += (-Math.log(1 - random()) * 1000) / rate) arrive(due);
      await new Promise((resolve) => setTimeout(resolve, TICK));
    }
    const { user, system } = process.cpuUsage(cpu);
    const cores = (user + system) / (performance.now() - began) / 1000;
    const unsent = giveUp(state);
    await settled(state);
    const { tally, underWay } = state;
    const counted = (tally.until - tally.from) / 1000;
    const goodput = tally.countedStatements / counted;
    const came = (tally.countedArrivals * meanSize) / counted;
    return {
      ...figuresOf(tally),
      unsent,
      unanswered: underWay,
      connections: connections(),
      cores,
      goodput,
      came,
    };
  };
  return { offer, sentSoFar: () => state.number };
};

const figuresOf = (tally) =>
  Object.fromEntries(
    Object.entries(tally).map(([name, value]) => [
      name,
      value.figures === undefined ? value : value.figures(),
    ]),
  );
