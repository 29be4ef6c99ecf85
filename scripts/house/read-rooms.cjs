const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const SPECIFICATION = join(__dirname, '../../specs/architecture.md');

/** The cells of the rows below the heading `| room | holds | may import |`, up to the first line that is no row. */
const rowsOf = (markdown) => {
  const lines = markdown.split('\n');
  const head = lines.findIndex((line) => /^\|\s*room\s*\|\s*holds\s*\|\s*may import\s*\|\s*$/.test(line));
  if (head < 0) throw new Error('specs/architecture.md has no table `| room | holds | may import |`');
  const below = lines.slice(head + 2);
  const end = below.findIndex((line) => !line.startsWith('|'));
  return below.slice(0, end < 0 ? undefined : end).map((line) => line.split('|').map((cell) => cell.trim()));
};

/** Which room may import from which, as `specs/architecture.md` says: `{ xapi: [], ledger: ['xapi'], … }`. */
const readRooms = (markdown = readFileSync(SPECIFICATION, 'utf8')) =>
  Object.fromEntries(rowsOf(markdown).map(([, room, , others]) => [room, others.match(/[a-z]+/g) ?? []]));

module.exports = { readRooms };
