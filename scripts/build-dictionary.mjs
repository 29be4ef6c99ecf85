/**
 * Makes `src/storage/dictionary-1.ts`. Texts that are stored with a dictionary need that very dictionary for ever, so
 * a better one gets the next number and this one stays.
 *
 *   node scripts/build-dictionary.mjs           writes the file
 *   node scripts/build-dictionary.mjs --check   exits 1 unless the file is what would be written
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { statementTexts } from './dictionary-statements.mjs';
import { MARK } from './dictionary-vocabulary.mjs';

const SAMPLES = 3000;
const SEED = 20260101;
const SIZE = 32_000;
/** Pieces are judged by the strings of this length in them. */
const GRAM = 24;
const LONGEST = 400;
/** What a piece costs beyond its length. */
const OVERHEAD = 30;

/** The texts without what chance made in them: numbers in JSON, and whatever is marked. */
const fixedPieces = (text) =>
  text
    .replaceAll(/(?<=[:,[](?:0\.)?)(?!(?:0|1|10|100)[,}\]])\d+(?:\.\d+)?(?=[,}\]])/g, MARK)
    .split(new RegExp(`(?:${MARK}[^${MARK}"]*)?${MARK}`))
    .filter((piece) => piece.length >= 4)
    .flatMap((piece) => piece.match(new RegExp(`.{1,${LONGEST}}`, 'g')));

const countAll = (lists) => {
  const counts = new Map();
  for (const list of lists) for (const item of list) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
};

const gramsOf = (piece) =>
  piece.length <= GRAM
    ? [piece]
    : Array.from({ length: piece.length - GRAM + 1 }, (_, at) => piece.slice(at, at + GRAM));

/** The first place in a list in ascending order of worth that is worth no less. */
const placeFor = (queue, worth) => {
  let [low, high] = [0, queue.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (queue[middle].worth < worth) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * Takes the piece whose strings are most frequent for its length, until the size is reached; strings that an earlier
 * piece has count no more. The best come last.
 */
const buildDictionary = (texts) => {
  const samples = texts.map(fixedPieces);
  const worths = countAll(samples.map((pieces) => pieces.flatMap(gramsOf)));
  const worthOf = (piece) =>
    gramsOf(piece).reduce((sum, gram) => sum + worths.get(gram), 0) / (piece.length + OVERHEAD);
  const queue = [...countAll(samples).keys()]
    .map((piece) => ({ piece, worth: worthOf(piece) }))
    .sort((a, b) => a.worth - b.worth);
  const taken = [];
  let size = 0;
  while (queue.length > 0) {
    const { piece } = queue.pop();
    const worth = worthOf(piece);
    if (worth < (queue.at(-1)?.worth ?? 0)) {
      queue.splice(placeFor(queue, worth), 0, { piece, worth });
      continue;
    }
    size += piece.length;
    if (size > SIZE) break;
    taken.push(piece);
    for (const gram of gramsOf(piece)) worths.set(gram, 0);
  }
  return taken.reverse().join('');
};

const quote = (line) => `  '${line.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}',`;
const moduleOf = (dictionary) => `// biome-ignore-all lint/style/noExcessiveLinesPerFile: data
import { Buffer } from 'node:buffer';

/**
 * Dictionary 1 of the text codec: what is frequent in statements, the most frequent last. Made by
 * \`scripts/build-dictionary.mjs\` from invented statements only. Never change it: stored texts depend on it.
 */
export const dictionary1 = Buffer.from(
  [
${dictionary
  .match(/.{1,96}/g)
  .map((line) => `  ${quote(line)}`)
  .join('\n')}
  ].join(''),
  'latin1',
);
`;

const file = new URL('../src/storage/dictionary-1.ts', import.meta.url);
const text = moduleOf(buildDictionary(statementTexts(SAMPLES, SEED)));
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('src/storage/dictionary-1.ts is not what scripts/build-dictionary.mjs makes.');
  process.exitCode = 1;
}
