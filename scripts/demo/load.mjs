import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

/** @typedef {import('./call-cairn.mjs').Cairn} Cairn */

const STREAMS = 'streams';
const CAUGHT_UP_MS = 60_000;
const LOOK_EVERY_MS = 100;

/**
 * Moves in what an LRS had stored before, with when it stored it and for whom: so it comes late, doubled and out of
 * order, as it did. Before there is a server.
 * @param {Cairn} cairn
 * @param {string} folder
 */
export const moveIn = ({ run }, folder) =>
  run('import', '--keep-stored', '--keep-authority', join(folder, STREAMS, 'history.ndjson'));

/**
 * Loads the roster, who is who, what people have to do and to be able to, and the lists that are kept by hand, through
 * the running server.
 * @param {Cairn} cairn
 * @param {ReturnType<typeof import('./call-cairn.mjs').apiClient>} api
 * @param {string} folder
 */
export const loadLists = async ({ run }, { post }, folder) => {
  const at = (/** @type {string} */ name) => join(folder, STREAMS, name);
  const read = (/** @type {string} */ name) => JSON.parse(readFileSync(at(name), 'utf8'));
  await run('roster', '--account-home', 'https://hr.example', at('roster.csv'));
  await Promise.all(read('merges.json').map((/** @type {object} */ merge) => post('people/merges', merge)));
  await post('requirements', { requirements: read('requirements.json') });
  await post('skills', read('skills.json'));
  for (const list of ['observations', 'attendance']) {
    const mapping = at(`${list}.mapping.json`);
    await run('import', '--as', 'csv', '--mapping', mapping, at(`${list}.csv`));
  }
};

/**
 * Until metrics know everything that is stored.
 * @param {ReturnType<typeof import('./call-cairn.mjs').apiClient>} api
 */
export const untilCaughtUp = async ({ get }) => {
  const give = performance.now() + CAUGHT_UP_MS;
  for (;;) {
    const { behind, seq } = await get('freshness');
    if (behind === 0) return seq;
    if (performance.now() > give) throw new Error(`metrics are still ${behind} entries behind`);
    await after(LOOK_EVERY_MS);
  }
};
