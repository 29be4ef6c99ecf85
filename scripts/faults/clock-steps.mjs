import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createClient } from '../crash/client.mjs';
import { listAscending, storedOf } from '../crash/list.mjs';
import { loadStore } from '../crash/open-store.mjs';
import { createLoaded } from './record.mjs';
import { checkAfter, figuresOf, loadUnder } from './under-fault.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What the clock says, given what it should say; each is a run of its own, and most step while batches are under way. */
const STEPS = [
  ['an hour on', (now) => now + HOUR],
  ['an hour back', (now) => now - HOUR],
  ['a day on', (now) => now + DAY],
  ['a day back', (now) => now - DAY],
  ['to 1970', () => 0],
  ['a second back, ten times', (now, at) => now - 1000 * at],
  ['to and fro by a minute', (now, at) => now + (at % 2 === 0 ? 60_000 : -60_000)],
  ['a leap second', (now) => now - 1000],
  ['to the end of 31 bits of seconds', () => 2 ** 31 * 1000 - 500],
  ['to 2038 and home', (now, at) => (at % 2 === 0 ? Date.UTC(2038, 5) : now)],
  ['to 1970 after 2038', () => 1000],
  ['home', (now) => now],
];

const STEPS_A_RUN = 10;

/** Follows the list from its last `stored` on, as a poller does, as long as the server lives; answers what it has seen. */
const poll = async (journal, server, from) => {
  const client = createClient(server, () => undefined);
  const seen = [];
  let last = from;
  try {
    while (server.isAlive()) {
      for await (const text of listAscending(client, journal.violate, { since: last, limit: 30 })) {
        last = storedOf(text);
        seen.push(last);
      }
    }
  } catch {
    // The server is asked to stop while it is polled.
  }
  client.close();
  return { seen, last };
};

/** What a poller has not seen of what there is up to the last that it has. */
const checkPolled = async (loaded, server, from, { seen, last }) => {
  const client = createClient(server, () => undefined);
  const missed = [];
  const polled = new Set(seen);
  for await (const text of listAscending(client, loaded.journal.violate, { since: from, limit: 1000 })) {
    const stored = storedOf(text);
    if (stored <= last && !polled.has(stored)) missed.push(stored);
  }
  client.close();
  if (missed.length > 0) loaded.journal.violate(`a poller has missed ${missed.length}, such as ${missed[0]}`);
};

const stepOnce = async (loaded, at, clock) => {
  const [name, moment] = STEPS[at % STEPS.length];
  const set = (step) => writeFileSync(clock, String(Math.round(moment(Date.now(), step) - Date.now())));
  // Every third starts with a clock that is off already.
  if (at % 3 === 2) set(0);
  const how = {
    flags: ['--import', pathToFileURL(resolve('scripts/faults/shifted-clock.mjs')).href],
    settings: { FAULTS_CLOCK: clock },
  };
  let polled = 0;
  const during = async (server) => {
    const from = loaded.polledTo ?? '';
    const polling = poll(loaded.journal, server, from);
    for (let step = 0; step < STEPS_A_RUN; step += 1) {
      await sleep(120);
      set(step);
      server.signal('SIGUSR2');
    }
    await sleep(200);
    loaded.afterPolling = async (next) => {
      const found = await polling;
      polled = found.seen.length;
      await checkPolled(loaded, next, from, found);
      loaded.polledTo = found.last;
    };
  };
  const { ended, complaints } = await loadUnder(loaded, how, { during, longest: 100 });
  if (ended !== 'stopped 0' || complaints.length > 0)
    loaded.journal.violate(`${name}: ended with ${ended}: ${complaints.join('\n')}`);
  await checkAfter({ ...loaded, beforeCheck: loaded.afterPolling }, at % 6 === 5);
  return [name, polled];
};

/** F7: the clock steps, to and fro and far away, while it is stored. */
export const clockSteps = async (options, tell) => {
  const folder = join(options.folder, 'store');
  mkdirSync(folder);
  const clock = join(folder, 'clock');
  writeFileSync(clock, '0');
  const loaded = {
    ...createLoaded(options.program, folder, options.seed),
    store: await loadStore(options.folder),
  };
  const polled = {};
  let runs = 0;
  for (; runs < options.points && loaded.journal.violations.length === 0; runs += 1) {
    const [name, many] = await stepOnce(loaded, runs, clock);
    polled[name] = (polled[name] ?? 0) + many;
  }
  tell(`polled: ${JSON.stringify(polled)}`);
  return figuresOf([loaded.journal], { runs, polled });
};
