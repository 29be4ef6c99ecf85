import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pick } from '../bench/random.mjs';
import { createClient } from '../crash/client.mjs';
import { runLoad } from '../crash/load.mjs';
import { spawnServer } from '../crash/server.mjs';
import { everyAnswer } from './every-answer.mjs';
import { createLoaded } from './record.mjs';

const AT_ONCE = 2;
const LOAD_SECONDS = 1;
const TOLD_MILLISECONDS = 15_000;

/** Loads a store and leaves it: stopped in order, or killed, so that its write-ahead logs are not folded in. */
const leaveStore = async (options, name, end) => {
  const folder = join(options.folder, name);
  mkdirSync(folder);
  const loaded = createLoaded(options.program, folder, options.seed);
  const rounds = end === 'kill' ? ['stop', 'kill'] : ['stop', 'stop'];
  for (const last of rounds) {
    loaded.journal.nextRound();
    const spawned = spawnServer(loaded.program, loaded.data);
    const server = { ...spawned, ...(await spawned.listening()) };
    const load = runLoad(loaded, server);
    await sleep(LOAD_SECONDS * 1000);
    await server[last]();
    await load;
  }
  return loaded;
};

const filesOf = (data) =>
  readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/-shm$|^lock\.db|\.part$/.test(entry.name))
    .map((entry) => relative(data, join(entry.parentPath, entry.name)))
    .filter((path) => statSync(join(data, path)).size > 0);

/** Changes one byte. */
const flip = (path, random) => {
  const bytes = readFileSync(path);
  const at = Math.floor(random() * bytes.length);
  const bit = random() < 0.5 ? 1 << Math.floor(random() * 8) : 1 + Math.floor(random() * 255);
  bytes[at] ^= bit;
  writeFileSync(path, bytes);
  return { at, bit };
};

/** What is looked at in the background is told a little later. */
const untilTold = async ({ said }) => {
  for (let waited = 0; said.length === 0 && waited < TOLD_MILLISECONDS; waited += 100) await sleep(100);
};

/** What was answered as if nothing were, and is not what it was. */
const silentIn = (expected, answers) =>
  [...expected].filter(([question, answer]) => {
    const now = answers.get(question) ?? '500 ';
    return now !== answer && !/^5\d\d /.test(now);
  });

/** Asks everything of the server that starts on a folder; a start that is refused is an answer too. */
const askAll = async (program, data, expected) => {
  const server = spawnServer(program, data);
  let listening;
  try {
    listening = await server.listening();
  } catch {
    return { refused: server.said.join('\n') || 'nothing was said' };
  }
  const client = createClient(listening, () => undefined, 4);
  try {
    const answers = await everyAnswer(client, expected && [...expected.keys()]);
    if (expected !== undefined && silentIn(expected, answers).length > 0) await untilTold(server);
    return { answers, complaints: server.said };
  } catch (error) {
    return { answers: new Map(), complaints: [...server.said, `broken off: ${error.message}`] };
  } finally {
    client.close();
    await server.stop();
  }
};

/** What a flip led to: nothing at all, something that was detected, or something that nobody noticed. */
const judge = (expected, { refused, answers, complaints }) => {
  if (refused !== undefined) return ['refused', refused];
  const changed = [...expected].filter(([question, answer]) => answers.get(question) !== answer);
  const silent = silentIn(expected, answers);
  if (changed.length > 0 && silent.length === 0) return ['answered with 500', ''];
  if (complaints.length > 0)
    return [silent.length > 0 ? 'told, some reads changed' : 'told', complaints.join('\n')];
  if (silent.length === 0) return ['all reads equal', ''];
  const [[question, answer]] = silent;
  return [
    'UNNOTICED',
    `${question} was ${answer.slice(0, 300)} and is ${String(answers.get(question)).slice(0, 300)}`,
  ];
};

const flipOnce = async (options, store, at, random) => {
  const place = join(options.folder, `flip-${at}`);
  cpSync(store.loaded.data, place, { recursive: true, filter: (path) => !statSync(path).isSocket() });
  const files = filesOf(place);
  // Each kind of file as often as any other, however small.
  const kind = pick(random, [...new Set(files.map(kindOf))]);
  const file = pick(
    random,
    files.filter((path) => kindOf(path) === kind),
  );
  const { at: offset, bit } = flip(join(place, file), random);
  const [verdict, detail] = judge(store.expected, await askAll(options.program, place, store.expected));
  const what = `${store.name}, byte ${offset} of ${file} ^ ${bit}`;
  if (verdict !== 'UNNOTICED') rmSync(place, { recursive: true, force: true });
  return { verdict, kind, what, detail };
};

const kindOf = (path) => (path.startsWith('attachments') ? 'attachments' : path);

const prepare = async (options, name, end) => {
  const loaded = await leaveStore(options, name, end);
  const copy = join(options.folder, `${name}-read`);
  cpSync(loaded.data, copy, { recursive: true, filter: (path) => !statSync(path).isSocket() });
  const first = await askAll(options.program, copy, undefined);
  if (first.answers === undefined || first.complaints.length > 0)
    throw new Error(JSON.stringify(first.complaints ?? first));
  return { name, loaded, expected: first.answers };
};

/**
 * F10: a byte of a store that is not in use is changed, in every kind of file, and then everything is read. What is
 * served must be what was stored; else it has to be an error, a refused start or a complaint.
 */
export const flips = async (options, tell) => {
  const stores = [await prepare(options, 'stopped', 'stop'), await prepare(options, 'killed', 'kill')];
  const random = stores[0].loaded.random;
  const verdicts = {};
  const violations = [];
  let next = 0;
  const note = ({ verdict, kind, what, detail }, at) => {
    verdicts[kind] = { ...verdicts[kind], [verdict]: (verdicts[kind]?.[verdict] ?? 0) + 1 };
    if (verdict === 'UNNOTICED') violations.push(`${what}: ${detail}`);
    if (verdict === 'told, some reads changed') tell(`${what}: ${detail.slice(0, 300)}`);
    if (at % 25 === 24) tell(`${at + 1} flips: ${JSON.stringify(verdicts)}`);
  };
  const work = async () => {
    while (next < options.points) {
      const at = next++;
      note(await flipOnce(options, stores[at % 2], at, random), at);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const sum = (name) => stores.reduce((all, { loaded }) => all + loaded.journal.counts[name], 0);
  return {
    runs: options.points,
    statements: sum('statements'),
    documents: sum('documents'),
    reads: stores.map(({ expected }) => expected.size),
    verdicts,
    violations,
  };
};
