import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../bench/random.mjs';
import { loadStore } from '../crash/open-store.mjs';
import { createLoaded } from './record.mjs';
import { checkAfter, figuresOf, loadUnder } from './under-fault.mjs';

/** Which call fails, on which file, and at most how many of it (of one thread) go well before. */
const PLACES = [
  ['fsync,fdatasync', 'log.db-wal', 25],
  ['pwrite64', 'log.db-wal', 150],
  ['fsync,fdatasync', 'log.db', 1],
  ['pwrite64', 'log.db', 40],
  ['fsync,fdatasync', undefined, 12],
  ['rename', undefined, 3],
  ['fsync,fdatasync', 'index.db-wal', 1],
  ['pwrite64', 'index.db-wal', 40],
  ['pwrite64', 'index.db', 20],
  ['openat', 'log.db', 1],
  ['openat', 'log.db-wal', 1],
  ['ftruncate', 'log.db-wal', 1],
];

/** How long a load may go on until the error has come. */
const SECONDS = 8;

/** The exit code of a store that could not write. */
export const STORE_FAILED = 70;

/** A command that lets a system call of what it runs fail. */
export const failing = (trace, call, error, when, paths = []) => [
  'strace',
  ...['-D', '-f', '-yy', '-o', trace, '-e', `trace=${call}`, '-e', 'signal=none'],
  ...['-e', `inject=${call}:error=${error}:when=${when}`],
  ...paths.flatMap((path) => ['-P', path]),
];

/**
 * One run: a load, an error of the disk in it, a start without and a check. What is expected: all that is under way is
 * answered 503 and the process ends with 70; if the error did not come, it ends in order.
 */
const failOnce = async (loaded, at, random, seen, longest) => {
  const [call, file, most] = PLACES[at % PLACES.length];
  const first = 1 + Math.floor(random() * most);
  const when = random() < 0.5 ? `${first}` : `${first}+`;
  const paths = file === undefined ? [] : [join(loaded.data, file)];
  const trace = `${loaded.data}-trace-${at}`;
  const under = failing(trace, call, 'EIO', when, paths);
  const { ended, complaints } = await loadUnder(loaded, { under }, { longest });
  const what = `${call} of ${file ?? 'any file'}, when=${when}`;
  const place = `${call} ${file ?? ''}`.trim();
  seen[place] = { ...seen[place], [ended]: (seen[place]?.[ended] ?? 0) + 1 };
  // A start or an orderly end that fails says so, with the code of a command that did not work.
  const refused = [1, 'stopped 1'].includes(ended) && complaints.length > 0;
  const isExpected = [STORE_FAILED, `stopped ${STORE_FAILED}`, 'stopped 0'].includes(ended);
  if (!isExpected && !refused)
    loaded.journal.violate(`${what}: ended with ${ended}: ${complaints.join('\n')}`);
  await checkAfter(loaded, at % 10 === 9);
  return ended !== 'stopped 0';
};

/** F4: errors of the disk, each on the n-th call of one kind. */
export const ioErrors = async (options, tell) => {
  const folder = join(options.folder, 'store');
  mkdirSync(folder);
  const loaded = {
    ...createLoaded(options.program, folder, options.seed),
    store: await loadStore(options.folder),
  };
  const random = createRandom(options.seed);
  const seen = {};
  let runs = 0;
  let reached = 0;
  const longest = (options.seconds ?? SECONDS) * 1000;
  for (; reached < options.points && runs < 2 * options.points; runs += 1) {
    if (loaded.journal.violations.length > 0) break;
    if (await failOnce(loaded, runs, random, seen, longest)) reached += 1;
    if (runs % 12 === 11) tell(`${runs + 1} runs: ${JSON.stringify(seen)}`);
  }
  return figuresOf([loaded.journal], { runs, reached, seen });
};
