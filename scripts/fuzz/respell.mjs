import { pick } from '../bench/random.mjs';
import { readTree, stringOf } from './json-tree.mjs';
import { among } from './places.mjs';
import { SCORES } from './valid-statements.mjs';
import { below, chance, number } from './valid-texts.mjs';

const isString = ({ tree }) => tree.type === 'atom' && tree.text.startsWith('"');

const inObjects = (change) => (random, places) => {
  const place = among(random, places, ({ tree }) => tree.type === 'object' && tree.members.length > 0);
  if (place === undefined) return false;
  change(place.tree.members, random);
  return true;
};
const shuffle = (list, random) => {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = below(random, at + 1);
    [list[at], list[other]] = [list[other], list[at]];
  }
};

const UNIT = /\\u[0-9a-f]{4}|\\.|[\ud800-\udbff][\udc00-\udfff]|[^"\\]/gs;
const hex4 = (code, random) => {
  const digits = code.toString(16).padStart(4, '0');
  return chance(random, 0.5) ? digits : digits.toUpperCase();
};
const escaped = (characters, random) =>
  characters
    .split('')
    .map((unit) => `\\u${hex4(unit.charCodeAt(0), random)}`)
    .join('');
/** The same string with some of its characters as escapes. */
const withEscapes = (text, random) =>
  JSON.stringify(JSON.parse(text)).replace(UNIT, (one) =>
    one.startsWith('\\') || chance(random, 0.7) ? one : escaped(one, random),
  );
const escapeValue = (random, places) => {
  const place = among(random, places, isString);
  place?.put({ type: 'atom', text: withEscapes(place.tree.text, random) });
  return place !== undefined;
};
const escapeKey = inObjects((members, random) => {
  const member = pick(random, members);
  member.key = withEscapes(member.key, random);
});

const respellNumber = (random, places) => {
  const place = among(random, places, ({ role, tree }) => role === 'any' && tree.type === 'atom');
  place?.put({ type: 'atom', text: number(random) });
  return place !== undefined;
};
const respellScore = (random, places) => {
  const place = among(random, places, ({ asked }) => asked === 'score');
  place?.put(readTree(pick(random, SCORES)));
  return place !== undefined;
};
const otherCase = (random, places) => {
  const place = among(random, places, ({ asked }) => ['uuid', 'sha1', 'sha2'].includes(asked));
  const text = stringOf(place?.tree);
  place?.put({
    type: 'atom',
    text: JSON.stringify(chance(random, 0.5) ? text.toUpperCase() : text.toLowerCase()),
  });
  return place !== undefined;
};

/** Other tokens for what means the same, or as good as; all of them leave a statement valid. */
export const RESPELLERS = {
  'another case': otherCase,
  'members in another order': inObjects(shuffle),
  'escapes in a value': escapeValue,
  'escapes in a key': escapeKey,
  'another number': respellNumber,
  'another score': respellScore,
};
