import { pick } from '../bench/random.mjs';
import { plainInvalid } from './invalid-texts.mjs';
import { copyTree, readTree } from './json-tree.mjs';
import { placesOf } from './places.mjs';
import { nested } from './valid-statements.mjs';
import {
  anyJson,
  below,
  chance,
  number,
  plainIri,
  plainString,
  plainTimestamp,
  string,
} from './valid-texts.mjs';

/** What may leave a statement valid or not: nobody says beforehand. */

const any = (random, places) => pick(random, places.slice(1));
const isText = ({ tree }) => tree.type === 'atom' && tree.text.startsWith('"');
const among = (random, places, wanted) => {
  const fitting = places.slice(1).filter(wanted);
  return pick(random, fitting.length > 0 ? fitting : places.slice(1));
};
const put = (place, text) => place.put(readTree(text));

/** Changes the text of a string, any string. */
const inText = (change) => (random, places) => {
  const place = among(random, places, isText);
  const text = isText(place) ? JSON.parse(place.tree.text) : '';
  put(place, JSON.stringify(change(text, random)));
};
const spliced = (text, at, length, other) => text.slice(0, at) + other + text.slice(at + length);
const ODD = [
  '\u0000',
  ' ',
  '\n',
  '"',
  '\\',
  '/',
  '\ud800',
  '\udfff',
  '\ufeff',
  '\u2028',
  '%',
  '#',
  '😀',
  '\u0301',
  '{',
  '-',
  ':',
  '@',
  '٣',
];

const swap = (random, places) => {
  const [one, other] = [any(random, places), any(random, places)];
  const [first, second] = [copyTree(one.tree), copyTree(other.tree)];
  one.put(second);
  other.put(first);
};
const objectOf = (random, places) => among(random, places, ({ tree }) => tree.type === 'object').tree;
const moveMember = (random, places) => {
  const [from, to] = [objectOf(random, places), objectOf(random, places)];
  if (from.type !== 'object' || to.type !== 'object' || from.members.length === 0) return;
  to.members.push(copyTree(pick(random, from.members)));
};
const rename = (random, places) => {
  const tree = objectOf(random, places);
  if (tree.type !== 'object' || tree.members.length === 0) return;
  const names = [
    plainString,
    plainIri,
    () => pick(random, ['id', 'objectType', 'name', 'extensions', '__proto__', 'member']),
  ];
  pick(random, tree.members).key = JSON.stringify(pick(random, names)(random));
};
const remove = (random, places) => {
  const { parent, tree } = any(random, places);
  const inside = parent.tree.type === 'object' ? parent.tree.members : parent.tree.items;
  const at = inside.findIndex((one) => (one.value ?? one) === tree);
  inside.splice(at, 1);
};
const repeat = (random, places) => {
  const { tree } = among(random, places, ({ tree: one }) => one.type === 'array' && one.items.length > 0);
  if (tree.type === 'array' && tree.items.length > 0) tree.items.push(copyTree(pick(random, tree.items)));
};
const wrapped = (tree, inList) =>
  inList ? { type: 'array', items: [tree] } : { type: 'object', members: [{ key: '"id"', value: tree }] };
const unwrap = (random, places) => {
  const place = among(random, places, ({ tree }) => tree.type !== 'atom');
  const inside = place.tree.items?.[0] ?? place.tree.members?.[0]?.value;
  if (inside !== undefined) place.put(inside);
};
const ROLES = ['uuid', 'iri', 'timestamp', 'duration', 'languageTag', 'mailbox', 'sha1', 'version'];

const DISTURBERS = {
  'two values swapped': swap,
  'a member elsewhere': moveMember,
  'a member of another name': rename,
  'something less': remove,
  'an element twice': repeat,
  'any JSON': (random, places) => put(any(random, places), anyJson(random)),
  'any string': (random, places) => put(any(random, places), string(random)),
  'any number': (random, places) => put(any(random, places), number(random)),
  'any timestamp': (random, places) => put(any(random, places), JSON.stringify(plainTimestamp(random))),
  'a wrong format': (random, places) =>
    put(any(random, places), JSON.stringify(plainInvalid(random, pick(random, ROLES)))),
  'in a list': (random, places) => {
    const place = any(random, places);
    place.put(wrapped(place.tree, true));
  },
  'in an object': (random, places) => {
    const place = any(random, places);
    place.put(wrapped(place.tree, false));
  },
  'out of its list': unwrap,
  deep: (random, places) => put(any(random, places), nested(random, 60 + below(random, 60))),
  'a character more': inText((text, random) =>
    spliced(text, below(random, text.length + 1), 0, pick(random, ODD)),
  ),
  'a character less': inText((text, random) => spliced(text, below(random, text.length), 1, '')),
  'another character': inText((text, random) =>
    spliced(text, below(random, text.length), 1, pick(random, ODD)),
  ),
  cut: inText((text, random) => text.slice(0, below(random, text.length + 1))),
  doubled: inText((text) => text + text),
  huge: inText((text, random) => text.slice(0, 20).repeat(below(random, 2000))),
  'upper case': inText((text) => text.toUpperCase()),
  'lower case': inText((text) => text.toLowerCase()),
  normalised: inText((text, random) => text.normalize(pick(random, ['NFC', 'NFD', 'NFKC']))),
  backwards: inText((text) => [...text].reverse().join('')),
  'a digit of another script': inText((text) =>
    text.replace(/\d/, (digit) => String.fromCodePoint(0x660 + Number(digit))),
  ),
  'an odd token': (random, places) =>
    any(random, places).put({
      type: 'atom',
      text: pick(random, [
        'NaN',
        '-',
        '01',
        '1.',
        '.5',
        '+1',
        'nul',
        "'a'",
        '"\t"',
        '"\\x"',
        '"\\u12"',
        '1e',
        'True',
        '0x1',
        '//',
        '',
      ]),
    }),
};

/**
 * @param {import('./json-tree.mjs').Tree} tree a valid statement
 * @returns {string[]} what was done
 */
export const disturb = (random, tree) => {
  const names = Array.from({ length: chance(random, 0.7) ? 1 : 2 }, () =>
    pick(random, Object.keys(DISTURBERS)),
  );
  // An odd token cannot be read again.
  const odd = names.indexOf('an odd token') + 1;
  const done = odd === 0 ? names : names.slice(0, odd);
  for (const name of done) {
    const places = placesOf(tree);
    if (places.length > 1) DISTURBERS[name](random, places);
  }
  return done;
};
