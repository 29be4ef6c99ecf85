import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../bench/random.mjs';
import { loadStore } from '../crash/open-store.mjs';
import { createLoaded } from './record.mjs';
import { checkAfter, figuresOf, loadUnder } from './under-fault.mjs';

/** Kills the process with a system call of its own: as the call begins, which is then not made. */
const killing = (call, when, paths, loaded) => [
  'strace',
  ...['-D', '-f', '-yy', '-o', `${loaded.data}-trace`, '-e', `trace=${call}`, '-e', 'signal=none'],
  ...['-e', `inject=${call}:signal=KILL:when=${when}`],
  ...paths.flatMap((path) => ['-P', join(loaded.data, path)]),
];

const SYNC = 'fsync,fdatasync';

const between = (random, least, most) => least + Math.floor(random() * (most - least + 1));

/**
 * Points at which the process is killed, each found by a call that is made there and nowhere else.
 * @type {Readonly<Record<string, (random: () => number) => { call: string, when: number, paths: readonly string[], stops?: boolean }>>}
 */
const POINTS = {
  /** Frames of a commit are written, but not the last. */
  'after-insert': (random) => ({ call: 'pwrite64', when: between(random, 20, 150), paths: ['log.db-wal'] }),
  /** All of them are, and are not flushed. */
  'before-commit': (random) => ({ call: SYNC, when: between(random, 5, 30), paths: ['log.db-wal'] }),
  /** They are flushed, and nobody is answered yet. */
  'after-commit-before-ack': (random) => ({
    call: 'write,writev',
    when: between(random, 30, 120),
    paths: [],
  }),
  'mid-checkpoint': (random) => ({
    call: 'pwrite64',
    when: between(random, 2, 40),
    paths: ['log.db'],
    stops: true,
  }),
  'checkpoint, not flushed': () => ({ call: SYNC, when: 1, paths: ['log.db'], stops: true }),
  'mid-flush of the index': (random) => ({
    call: 'pwrite64',
    when: between(random, 2, 30),
    paths: ['index.db-wal'],
    stops: true,
  }),
  'mid-attachment, written, not renamed': (random) => ({
    call: 'rename',
    when: between(random, 1, 2),
    paths: [],
  }),
  'mid-attachment, renamed, not committed': (random) => ({
    call: SYNC,
    when: between(random, 1, 2),
    paths: ['attachments'],
  }),
  /** The index is made anew when it is not there. */
  'mid-start replay': (random) => ({
    call: 'pwrite64',
    when: between(random, 2, 40),
    paths: ['index.db-wal'],
  }),
};

const killOnce = async (loaded, name, random, seen) => {
  const { call, when, paths, stops } = POINTS[name](random);
  if (name === 'mid-start replay')
    for (const end of ['', '-wal', '-shm']) rmSync(join(loaded.data, `index.db${end}`), { force: true });
  // Some of it comes when there is enough of it, and when the server is asked to stop.
  const during = stops ? async (server) => setTimeout(() => server.stop(), 1500) : undefined;
  const { ended } = await loadUnder(loaded, { under: killing(call, when, paths, loaded) }, { during });
  seen[name] = { ...seen[name], [ended]: (seen[name]?.[ended] ?? 0) + 1 };
  return ['SIGKILL', 'stopped SIGKILL'].includes(ended);
};

const TRIES = 4;

/** Until it has been killed there, but not for ever. */
const killAt = async (loaded, name, random, seen, thorough) => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const killed = await killOnce(loaded, name, random, seen);
    await checkAfter(loaded, thorough);
    if (killed) return;
  }
  loaded.journal.violate(`${name} was not reached: ${JSON.stringify(seen[name])}`);
};

/** F2: killed at each named point, so many times each. */
export const namedPoints = async (options, tell) => {
  const folder = join(options.folder, 'store');
  mkdirSync(folder);
  const loaded = {
    ...createLoaded(options.program, folder, options.seed),
    store: await loadStore(options.folder),
  };
  const random = createRandom(options.seed);
  const seen = {};
  const { violations } = loaded.journal;
  let runs = 0;
  for (const name of Object.keys(POINTS)) {
    for (let times = 0; times < options.points && violations.length === 0; times += 1) {
      await killAt(loaded, name, random, seen, times === 0);
      runs += 1;
    }
    tell(`${name}: ${JSON.stringify(seen[name])}`);
  }
  return figuresOf([loaded.journal], { runs, seen });
};
