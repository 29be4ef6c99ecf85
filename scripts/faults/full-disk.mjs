import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../bench/random.mjs';
import { loadStore } from '../crash/open-store.mjs';
import { failing, STORE_FAILED } from './io-errors.mjs';
import { createLoaded } from './record.mjs';
import { checkAfter, figuresOf, loadUnder } from './under-fault.mjs';

const MEGABYTE = 1024 * 1024;
/** Room that a run has until it is full, in megabytes. */
const ROOM = [1.5, 0.3, 0.7, 0.05, 3, 5, 8];

/** Which call finds no room, where no file system can be mounted: of the log, the index, or anything else. */
const PLACES = [
  ['pwrite64', 'log.db-wal', 300],
  ['pwrite64', 'log.db', 50],
  ['pwrite64', 'index.db-wal', 40],
  ['write', 'attachments', 20],
];

/** A file system of its own that can be made as small as what it holds; undefined where that is not allowed. */
const mountSmall = (folder) => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1g,mode=700', 'cairn-full', folder], {
      stdio: 'ignore',
    });
    return {
      sizeTo: (bytes) =>
        execFileSync('mount', ['-o', `remount,size=${Math.ceil(bytes / 4096) * 4096}`, folder]),
      used: () => {
        const { blocks, bfree, bsize } = statfsSync(folder);
        return (blocks - bfree) * bsize;
      },
      // Even if a server that was broken off still has files open there.
      unmount: () => execFileSync('umount', ['-l', folder]),
    };
  } catch {
    return undefined;
  }
};

const note = (loaded, seen, what, { ended, complaints }) => {
  seen[ended] = (seen[ended] ?? 0) + 1;
  if (ended !== STORE_FAILED && !(ended === 1 && complaints.length > 0))
    loaded.journal.violate(`${what}: ended with ${ended}: ${complaints.join('\n')}`);
};

/** Real room that runs out: whatever is written next finds none. */
const fillOnce = async (disk, loaded, at, random, seen) => {
  const room = ROOM[at % ROOM.length] * (0.7 + 0.6 * random()) * MEGABYTE;
  disk.sizeTo(disk.used() + room);
  const result = await loadUnder(loaded, {}, { longest: 30_000 });
  note(loaded, seen, `room for ${Math.round(room / 1024)} kB`, result);
  disk.sizeTo(1024 * MEGABYTE);
  await checkAfter(loaded, at % 5 === 4);
};

/** One call that finds none, on a disk with room. */
const failOnce = async (loaded, at, random, seen) => {
  const [call, file, most] = PLACES[at % PLACES.length];
  const when = `${1 + Math.floor(random() * most)}+`;
  const under = failing(`${loaded.data}-trace`, call, 'ENOSPC', when, [join(loaded.data, file)]);
  const result = await loadUnder(loaded, { under });
  if (String(result.ended).startsWith('stopped')) seen['not reached'] = (seen['not reached'] ?? 0) + 1;
  else note(loaded, seen, `${call} of ${file}, when=${when}`, result);
  await checkAfter(loaded, at % 5 === 4);
};

const runAll = async (once, loaded, { points, seed }, seen, tell) => {
  const random = createRandom(seed);
  let runs = 0;
  for (; runs < points && loaded.journal.violations.length === 0; runs += 1) {
    await once(loaded, runs, random, seen);
    if (runs % 5 === 4 || points < 5) tell(`${runs + 1} runs: ${JSON.stringify(seen)}`);
  }
  return runs;
};

/** F5: the disk is full, at many points; with room again, all is there that was acknowledged. */
export const fullDisk = async (options, tell) => {
  const folder = join(options.folder, 'store');
  mkdirSync(folder);
  const store = await loadStore(options.folder);
  const disk = mountSmall(folder);
  if (disk === undefined) tell('no file system can be mounted here: calls are made to find no room');
  const loaded = { ...createLoaded(options.program, folder, options.seed), store };
  const seen = {};
  const once = disk === undefined ? failOnce : (...rest) => fillOnce(disk, ...rest);
  try {
    const runs = await runAll(once, loaded, options, seen, tell);
    return figuresOf([loaded.journal], { runs, mounted: disk !== undefined, seen });
  } finally {
    disk?.unmount();
  }
};
