import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../bench/random.mjs';
import { loadStore } from '../crash/open-store.mjs';
import { createLoaded } from './record.mjs';
import { checkAfter, figuresOf, loadUnder } from './under-fault.mjs';

/** Connections that nobody uses. */
const CROWD = 150;

const crowd = async ({ url }) => {
  const { hostname, port } = new URL(url);
  const sockets = Array.from({ length: CROWD }, () =>
    connect(Number(port), hostname).on('error', () => undefined),
  );
  await sleep(1500);
  for (const socket of sockets) socket.destroy();
};

/** @type {readonly ((options: object, random: () => number) => [string, object, (server: object) => Promise<unknown>])[]} */
const FAULTS = [
  // Fewer than it needs to start, now and then.
  (_options, random) => {
    const files = 24 + Math.floor(random() * 60);
    return [`${files} files`, { under: ['prlimit', `--nofile=${files}:${files}`] }, crowd];
  },
  // Enough to start, and too few for the crowd.
  (_options, random) => {
    const files = 90 + Math.floor(random() * 60);
    return [`${files} files`, { under: ['prlimit', `--nofile=${files}:${files}`] }, crowd];
  },
  ({ seconds = 30 }) => [
    `SIGSTOP for ${seconds} s`,
    {},
    async (server) => {
      await sleep(500);
      server.signal('SIGSTOP');
      await sleep(seconds * 1000);
      server.signal('SIGCONT');
    },
  ],
  () => ['SIGTERM under load', {}, () => sleep(700)],
];

/** Ended in order, or with a sentence that says why. */
const isClear = ({ ended, complaints }) =>
  ended === 'stopped 0' ||
  ([1, 70].includes(ended) && complaints.some((line) => /file|open|EMFILE/i.test(line)));

/** F9: out of file descriptors, stood still, asked to stop while it is busy. */
export const starved = async (options, tell) => {
  const folder = join(options.folder, 'store');
  mkdirSync(folder);
  const loaded = {
    ...createLoaded(options.program, folder, options.seed),
    store: await loadStore(options.folder),
  };
  loaded.toleratesFaults = true;
  const random = createRandom(options.seed);
  const seen = {};
  let runs = 0;
  for (; runs < options.points && loaded.journal.violations.length === 0; runs += 1) {
    const [name, how, during] = FAULTS[runs % FAULTS.length](options, random);
    const result = await loadUnder(loaded, how, { during, longest: 500 });
    seen[name] = result.ended;
    if (!isClear(result))
      loaded.journal.violate(`${name}: ended with ${result.ended}: ${result.complaints.join('\n')}`);
    await checkAfter(loaded, runs % 5 === 4);
  }
  tell(JSON.stringify(seen));
  return figuresOf([loaded.journal], { runs, seen });
};
