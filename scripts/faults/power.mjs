import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../bench/random.mjs';
import { checkStore } from '../crash/check-store.mjs';
import { loadStore } from '../crash/open-store.mjs';
import { checkServer } from '../crash/run.mjs';
import { spawnServer } from '../crash/server.mjs';
import { journalAt } from './journal-at.mjs';
import { NORMAL, plantProgram } from './plant-program.mjs';
import { record } from './record.mjs';
import { recordedDisk } from './recorded-disk.mjs';
import { dropAll, tearAtRandom } from './tear.mjs';

/** Servers that are checked at the same time. */
const AT_ONCE = 2;
/** Every so many, all is read by id and again after what was unanswered was sent again, and the index compared. */
const THOROUGH_EVERY = 10;
/** The control is cut less often: it has to lose something, not everything. */
const CONTROL_SHARE = 0.2;
const CONTROL_LEAST = 6;
/** Fewer cuts than that are taken of one server, not of three after each other. */
const FEW = 20;

/** Moments right before and right after each sync came to its end. */
const boundariesOf = ({ moments, data }) => {
  const syncs = moments.filter(({ act }) => act.kind === 'sync' && act.path.startsWith(data));
  return syncs.flatMap(({ ended }) => [ended, ended + 1]);
};

/** So many of them, spread over all. */
const spread = (all, many, random) => {
  const step = Math.max(1, all.length / many);
  const chosen = new Set();
  for (let from = 0; from < all.length && chosen.size < many; from += step) {
    chosen.add(all[Math.floor(Math.min(all.length - 1, from + random() * step))]);
  }
  return [...chosen].sort((a, b) => a - b);
};

/** The disk as it was recorded, moved on from cut to cut. */
const replayer = ({ moments, data }) => {
  const disk = recordedDisk(join(data, '..'));
  const events = moments
    .flatMap((moment) =>
      moment.act.kind === 'sync'
        ? [
            { at: moment.at, begins: moment },
            { at: moment.ended, ends: moment },
          ]
        : [{ at: moment.at, moment }],
    )
    .sort((a, b) => a.at - b.at);
  const ends = new Map();
  let next = 0;
  const happen = ({ begins, ends: ended, moment }) => {
    if (begins !== undefined) ends.set(begins, disk.sync(begins.act.path));
    else if (ended !== undefined) ends.get(ended)?.();
    else if (moment.act.kind !== 'answer') disk.apply(moment.act);
  };
  return {
    disk,
    moveTo: (cut) => {
      while (next < events.length && events[next].at < cut) happen(events[next++]);
    },
  };
};

/** What stays away at the start after the cut may never be stored at or before what was told until then. */
const tellThrough = ({ journal, through }) => {
  for (const record of journal.statements.values()) {
    if (!record.present && record.through < through) record.through = through;
  }
};

/** Starts Cairn on what the cut has left and reads all that is owed. */
const checkPoint = async (recorded, { folder, cut, what, thorough, seed }) => {
  const known = journalAt(recorded, recorded.lineOf, cut);
  const { journal } = known;
  const check = { ...known, random: createRandom(seed) };
  const owed = journal.counts.statements + journal.counts.documents;
  const data = join(folder, 'data');
  try {
    const spawned = spawnServer(recorded.program, data);
    const server = { ...spawned, ...(await spawned.listening()) };
    await checkServer({ ...check, afterSurvey: () => tellThrough(known) }, server, thorough);
    await server.stop();
    for (const complaint of server.complaints) journal.violate(`the server complained: ${complaint}`);
    if (thorough) await checkStore(recorded.store, data, journal.violate);
  } catch (error) {
    journal.counts.lost += owed;
    journal.violate(`the store did not open: ${error.message}`);
  }
  rmSync(folder, { recursive: true, force: true });
  return {
    owed,
    lost: journal.counts.lost,
    violations: journal.violations.map((sentence) => `cut ${cut}, ${what}: ${sentence}`),
  };
};

const sumUp = (sum, { owed, lost, violations }) => {
  sum.replays += 1;
  sum.owed = Math.max(sum.owed, owed);
  sum.lost += lost;
  sum.violations.push(...violations);
};

/** Cuts the power at each of these moments, with all that was not flushed dropped and with it torn. */
const replay = async (recorded, cuts, tears, place, tell) => {
  const { disk, moveTo } = replayer(recorded);
  const sum = { cuts: cuts.length, replays: 0, owed: 0, lost: 0, violations: [] };
  const running = new Set();
  for (const [at, cut] of cuts.entries()) {
    moveTo(cut);
    for (const [what, tearFor] of Object.entries(tears)) {
      const seed = recorded.seed * 1_000_000 + at;
      const folder = join(place, `${at}-${what}`);
      mkdirSync(folder);
      disk.rebuild(folder, tearFor(createRandom(seed)));
      const thorough = at % THOROUGH_EVERY === 0;
      const one = checkPoint(recorded, { folder, cut, what, thorough, seed })
        .then((result) => {
          sumUp(sum, result);
          for (const sentence of result.violations.slice(0, 2)) tell(sentence.slice(0, 400));
        })
        .finally(() => running.delete(one));
      running.add(one);
      if (running.size >= AT_ONCE) await Promise.race(running);
    }
    if (at % 25 === 0) tell(`${at} of ${cuts.length} cuts, ${sum.lost} lost, ${sum.violations.length} wrong`);
  }
  await Promise.all(running);
  return sum;
};

const DROP = { dropped: () => dropAll };
const BOTH = { ...DROP, torn: tearAtRandom };

const recordAndCut = async (options, name, tears, many, tell) => {
  const { folder, seed } = options;
  const recorded = { ...(await record({ ...options, folder: join(folder, name) })), store: options.store };
  const boundaries = boundariesOf(recorded);
  const { violations } = recorded.journal;
  tell(
    `${name}: ${recorded.moments.length} moments, ${boundaries.length} flush boundaries, ` +
      `${recorded.journal.counts.statements} statements acknowledged`,
  );
  const cuts = spread(boundaries, many, createRandom(seed));
  const place = join(folder, `${name}-cuts`);
  mkdirSync(place);
  const sum = await replay(recorded, cuts, tears, place, tell);
  const { statements, documents } = recorded.journal.counts;
  return { ...sum, statements, documents, violations: [...violations, ...sum.violations] };
};

/**
 * F3, power cuts: what was written and flushed under load is recorded, and the folder rebuilt as a disk would hold it
 * after a cut at any of these moments. The control commits with synchronous=NORMAL, and has to lose something.
 */
export const power = async (options, tell) => {
  const { points, folder } = options;
  const whole = {
    ...options,
    seconds: options.seconds ?? 1,
    rounds: points < FEW ? 1 : 3,
    store: await loadStore(folder),
  };
  const real = await recordAndCut(whole, 'real', BOTH, points, tell);
  const planted = { ...whole, rounds: 1, program: plantProgram(folder, NORMAL) };
  const control = await recordAndCut(
    planted,
    'control',
    DROP,
    Math.max(CONTROL_LEAST, Math.ceil(points * CONTROL_SHARE)),
    tell,
  );
  const violations = [...real.violations];
  if (control.lost === 0)
    violations.push('the control, which commits unflushed, lost nothing: this proves nothing');
  return {
    runs: real.replays,
    statements: real.statements,
    documents: real.documents,
    lost: real.lost,
    control: { runs: control.replays, statements: control.statements, lost: control.lost },
    violations,
  };
};
