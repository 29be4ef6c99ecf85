import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { pick } from '../bench/random.mjs';
import { createClient } from '../crash/client.mjs';

const ACCESS = { small: true, names: true };
const PATIENCE_MILLISECONDS = 20_000;
const WINDOWS = [null, 'due', 0, 1, 30, 400];
const STARTS = ['assigned', 'started', 'course'];
const FILES = ['log.db', 'metrics.db'].flatMap((name) => [name, `${name}-wal`, `${name}-shm`]);

/** All that a follower knows that begins with what is kept in a folder, as a digest. */
const digestOf = async (oracle, folder) => {
  const following = await oracle.openMetricsFollowing(folder);
  while (following.step());
  const { digest } = JSON.parse(following.answer({ kind: 'digest', access: ACCESS }).json);
  following.close();
  return digest;
};

/** Up to where metrics had kept what they knew, and in how many parts. */
const keptIn = async (oracle, folder) => {
  if (!existsSync(join(folder, 'metrics.db'))) return { upto: 0, parts: 0 };
  const database = await oracle.openDatabase(join(folder, 'metrics.db'), 'NORMAL', 1);
  try {
    const table = database.prepare("select 1 from sqlite_master where name='part'").get();
    if (table === undefined) return { upto: 0, parts: 0 };
    const { upto, parts } = database
      .prepare('select coalesce(max(upto),0) upto, count(*) parts from part')
      .get();
    return { upto: Number(upto), parts: Number(parts) };
  } finally {
    database.close();
  }
};

/**
 * Looks at what a kill has left, in a copy: from what was kept, from the log alone, and from scratch.
 * @returns the entries of the log, what the oracle makes of them, and up to where metrics had kept them
 */
export const checkLeft = async (oracle, folder, violate) => {
  const copy = mkdtempSync(`${folder}-copy-`);
  try {
    for (const name of FILES)
      if (existsSync(join(folder, name))) cpSync(join(folder, name), join(copy, name));
    const entries = await oracle.logEntries(copy);
    const kept = await keptIn(oracle, copy);
    const live = await digestOf(oracle, copy);
    for (const name of FILES) if (name.startsWith('metrics')) rmSync(join(copy, name), { force: true });
    const anew = await digestOf(oracle, copy);
    if (live !== anew)
      violate(
        `from what was kept up to ${kept.upto} of ${entries.length} metrics have the digest ${live}, made anew ${anew}`,
      );
    const told = oracle.oracleOf(entries);
    const followed = oracle.followStream(entries);
    if (oracle.stateDigest(followed.world) !== anew)
      violate('two followers of one log have different digests');
    compare(oracle.linesOfWorld(followed, entries), oracle.linesOf(told.rows), violate);
    const isBehind = entries.slice(kept.upto).some(({ kind }) => kind === 'statement');
    return { entries, told, ...kept, isBehind };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

const compare = (lines, told, violate) => {
  const [ours, theirs] = [new Set(lines), new Set(told)];
  const one = told.find((line) => !ours.has(line)) ?? lines.find((line) => !theirs.has(line));
  if (one !== undefined || lines.length !== told.length)
    violate(`state is not what the oracle says, as in ${one ?? 'a line that stands twice'}`);
};

const ask = async (client, query) => {
  const body = JSON.stringify(query);
  const headers = { 'Content-Type': 'application/json' };
  const answer = await client.send({ method: 'POST', path: '/api/v1/query', headers, body });
  if (answer.status !== 200) throw new Error(`a query was answered with ${answer.status}: ${answer.body}`);
  return answer.body.toString();
};

/** Asks until everything up to a position has been taken in. */
const askUpTo = async (client, query, head) => {
  const until = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const json = await ask(client, query);
    if (JSON.parse(json).meta.seq >= head) return json;
    if (performance.now() > until) throw new Error(`metrics do not come up to ${head}: ${json.slice(-400)}`);
    await sleep(20);
  }
};

/** Compares what a server answers that has just been started with the oracle; answers how many answers that were. */
export const checkAnswers = async ({ oracle, random, violate }, server, { entries, told }) => {
  const client = createClient(server);
  const dimensions = ['course', 'outcome', 'person'];
  try {
    for (const by of dimensions) {
      const params = {
        window: pick(random, WINDOWS),
        start: pick(random, STARTS),
        includeWaived: random() < 0.5,
        // How late its sources are is no matter of the oracle's.
        includeImmature: true,
      };
      const json = await askUpTo(client, oracle.askedOf(by, params).query, entries.length);
      const now = Date.parse(JSON.parse(json).meta.asOf);
      const wanted = oracle.rounded(oracle.oracleAnswers(told, by, now, params));
      for (const [key, figures] of Object.entries({ ...wanted, ...oracle.figuresIn(json) })) {
        if (isDeepStrictEqual(figures, wanted[key])) continue;
        const [found, due] = [figures, wanted[key]].map((one) => JSON.stringify(one));
        violate(`by ${by} (${JSON.stringify(params)}) ${key} is ${found} and not ${due}`);
      }
      if (Object.keys(wanted).length !== JSON.parse(json).rows.length)
        violate(`by ${by} there are other rows`);
    }
  } finally {
    client.close();
  }
  return dimensions.length;
};
