import { residentBytes, starvedMs } from '../bench/process-figures.mjs';
import { spawnServer } from '../crash/server.mjs';
import { corpusCases, naughtyStrings } from './corpora.mjs';
import { tryCase } from './judge.mjs';
import { createLane } from './lane.mjs';
import { makeCase } from './make-case.mjs';
import { createSendings } from './sendings.mjs';
import { createTally } from './tally.mjs';
import { addStrings } from './valid-texts.mjs';

/** Refused logins are what it is here for: they are neither told nor slowed down. */
const QUIET = { CAIRN_LOG_LEVEL: 'error', CAIRN_REFUSED_LOGINS: '1000000' };

const MEGABYTE = 1024 * 1024;
const SAMPLE_MS = 200;
const PROGRESS_MS = 10_000;
/** Requests after which code is compiled and caches are filled: from there on memory is compared. */
const WARM = 5000;

/** Resident memory of the server, sampled; undefined where there is no /proc. */
const watchMemory = (pid, isWarm) => {
  const figures = { base: undefined, highest: undefined };
  const sample = () => {
    const now = residentBytes(pid)?.now;
    if (now === undefined || !isWarm()) return;
    figures.base ??= now;
    figures.highest = Math.max(figures.highest ?? 0, now);
  };
  const timer = setInterval(sample, SAMPLE_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    sample();
    return figures;
  };
};

const checkMemory = (tally, { base, highest }, growth) => {
  if (base === undefined || highest - base <= growth * MEGABYTE) return;
  const [from, to] = [base, highest].map((bytes) => Math.round(bytes / MEGABYTE));
  tally.fail('the run', [`the memory grew from ${from} to ${to} MB`]);
};

/** All that is sent: the name by which it can be sent again, and what makes it. */
function* allCases({ seed, requests, corpora, stopped }, sendings) {
  if (corpora !== undefined) {
    for (const [name, one] of corpusCases(corpora, sendings)) yield [`${name} of the corpora`, () => one];
  }
  const again = corpora === undefined ? '' : ` --corpora ${corpora}`;
  for (let index = 0; index < requests && !stopped.aborted; index += 1) {
    yield [`npm run fuzz -- --seed ${seed} --only ${index}${again}`, () => makeCase(seed, index, sendings)];
  }
}

const timesOf = ({ late }, { pid }) => ({ late, starved: () => starvedMs(pid) + starvedMs(process.pid) });

const tryAll = async (lane, cases, tally, times) => {
  for (const [name, make] of cases) {
    try {
      const one = make();
      tally.take(name, one, await tryCase(lane, one, times));
    } catch (error) {
      tally.fail(name, [String(error instanceof Error ? error.stack : error)]);
    }
  }
};

const checkAfterwards = async (lane, tally, server, sendings) => {
  const { status } = await lane.ask(sendings.request('GET', '/xapi/statements?limit=1', '1.0.3'));
  if (status !== 200) tally.fail('the run', [`afterwards the server answered with ${status}`]);
  for (const line of server.complaints) tally.fail('the run', [`the server said: ${line}`]);
};

/**
 * Runs the whole.
 * @returns figures, and what was wrong in `failures`
 */
export const runFuzz = async (options, say) => {
  if (options.corpora !== undefined) addStrings(naughtyStrings(options.corpora));
  const server = spawnServer(options.program, options.folder, { settings: QUIET });
  const credential = await server.listening();
  const sendings = createSendings(credential);
  const tally = createTally(say);
  const finishMemory = watchMemory(server.pid, () => tally.count() >= Math.min(WARM, options.requests / 4));
  const lanes = Array.from({ length: options.connections }, () => createLane(new URL(credential.url)));
  const cases = allCases(options, sendings);
  setInterval(() => say(`… ${tally.count()} requests, ${tally.figures().wrong} wrong`), PROGRESS_MS).unref();
  const begin = performance.now();
  await Promise.all(lanes.map((lane) => tryAll(lane, cases, tally, timesOf(options, server))));
  const seconds = (performance.now() - begin) / 1000;
  await checkAfterwards(lanes[0], tally, server, sendings);
  tally.checkShare();
  const memory = finishMemory();
  checkMemory(tally, memory, options.growth);
  for (const lane of lanes) lane.close();
  const code = await server.stop();
  if (code !== 0) tally.fail('the run', [`the server ended with ${code}`]);
  return { ...tally.figures(), memory, seconds };
};

const shown = ({ method, target, headers, body }) =>
  `${method} ${target}\n${headers.map(([name, value]) => `${name}: ${name === 'Authorization' ? '…' : value}\n`).join('')}\n${body ?? ''}`;

/** Sends one of them alone and shows it and its answer. */
export const runOne = async (options) => {
  if (options.corpora !== undefined) addStrings(naughtyStrings(options.corpora));
  const server = spawnServer(options.program, options.folder);
  const credential = await server.listening();
  const lane = createLane(new URL(credential.url));
  const one = makeCase(options.seed, options.only, createSendings(credential));
  const { heard, wrong } = await tryCase(lane, one, timesOf(options, server));
  lane.close();
  await server.stop();
  const answer = `${heard.status} in ${Math.round(heard.ms)} ms\n${heard.body.toString('utf8')}`;
  const text = `${one.kind} (${one.acts.join(', ')}), which has to be ${one.expects}\n\n${one.raw?.toString('latin1') ?? shown(one.sending)}\n\n${answer}`;
  return { text, wrong: [...wrong, ...server.complaints] };
};
