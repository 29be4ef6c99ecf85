import { createConnection } from './connection.mjs';
import { countWrong } from './load.mjs';

/** @typedef {import('./load.mjs').Target} Target */
/** @typedef {import('./load.mjs').Tally} Tally */
/** @typedef {import('./queries.mjs').StoredDraw} StoredDraw */
/** @typedef {import('./statements.mjs').Draw} Draw */

/** A since/until window reaches from one draw to the one that was stored so many draws later. */
const WINDOW_DRAWS = 40;

/**
 * @param {readonly (Draw & { stored: string })[]} draws
 * @returns {StoredDraw[]} with windows of which none is empty
 */
const withWindows = (draws) => {
  const times = draws.map(({ stored }) => stored).toSorted();
  const [first, last] = [times[0] ?? '', times.at(-1) ?? ''];
  return draws.map(({ stored, ...draw }) => ({
    ...draw,
    since: stored === last ? first : stored,
    until: times[times.indexOf(stored) + WINDOW_DRAWS] ?? last,
  }));
};

/**
 * Asks for every draw by its id: how much longer each became by being stored, and when that was.
 * @param {Target} target
 * @param {readonly Draw[]} draws
 * @param {Tally} tally
 * @returns {Promise<{ draws: StoredDraw[], addedBytes: number }>} mean bytes that storing added to a statement
 */
export const lookUpDraws = async (target, draws, tally) => {
  const connection = createConnection(target);
  const found = [];
  let added = 0;
  for (const draw of draws) {
    const path = `${target.endpoint.pathname}/statements?statementId=${draw.id}`;
    const { status, body } = await connection.exchange({ method: 'GET', path });
    tally.answers += 1;
    if (status !== 200) {
      countWrong(tally, `look-up by id: status ${status}`, body.toString('utf8', 0, 300));
      continue;
    }
    found.push({ ...draw, stored: String(JSON.parse(body.toString()).stored) });
    added += body.length - draw.bytes;
  }
  connection.close();
  if (found.length === 0)
    throw new Error('none of the statements that were stored can be retrieved by its id');
  return { draws: withWindows(found), addedBytes: added / found.length };
};
