import { pick } from '../bench/random.mjs';
import { writeTree } from './json-tree.mjs';
import { family as anyFamily } from './sendings.mjs';
import { comesBack, isNotThere, validStatement } from './statement-cases.mjs';
import { nested } from './valid-statements.mjs';
import { anyJson, below, chance, hex } from './valid-texts.mjs';

const NUMBERS = [
  '0',
  '-0',
  '1e400',
  '-1e-400',
  '0.10',
  '1E+0',
  '123456789012345678901234567890',
  '0.1e1',
  '1.0',
  '1e01',
  '9007199254740993',
];
const ESCAPES = [
  '\\u0000',
  '\\ud800',
  '\\udc00\\ud800',
  '\\uD83D\\uDE00',
  '\\/',
  '\\b\\f\\n\\r\\t',
  '\\\\',
  '\\"',
  '\\u005c',
  '\\u0022',
  '\\u2028',
  '\\uFFFF',
];
const KEYS = [
  '"__proto__"',
  '"\\u005f_proto__"',
  '""',
  '"\\ud800"',
  '"constructor"',
  '"a\\u0000b"',
  '"\\""',
  '"id"',
  '"\\u0061"',
];

const hardNumbers = (random) =>
  `[${Array.from({ length: 1 + below(random, 30) }, () => pick(random, NUMBERS)).join(',')}]`;
const hardStrings = (random) =>
  `"${Array.from({ length: 1 + below(random, 30) }, () => pick(random, ESCAPES)).join('')}"`;
const hardKeys = (random) => {
  const keys = new Map(KEYS.filter(() => chance(random, 0.6)).map((key) => [JSON.parse(key), key]));
  return `{${[...keys.values()].map((key) => `${key}:${anyJson(random, 1)}`).join(',')}}`;
};
const longDigits = (random) =>
  `${1 + below(random, 9)}${hex(random, 300).replace(/\D/g, '7')}.${hex(random, 300).replace(/\D/g, '3')}`;
const wide = (random) => `[${'0,'.repeat(below(random, 5000))}0]`;
const HARD = [
  hardNumbers,
  hardStrings,
  hardKeys,
  longDigits,
  wide,
  (random) => nested(random, 1 + below(random, 90)),
  anyJson,
];

const withExtension = (random, family, text) => {
  const { tree, id } = validStatement(random, family);
  tree.members = tree.members.filter(({ key }) => JSON.parse(key) !== 'result');
  const [before, behind] = [writeTree(tree).slice(0, -1), '}'];
  return { id, text: `${before},"result":{"extensions":{"http://e.org/x":${text}}}${behind}` };
};

/** JSON that is hard to read, as the value of an extension. */
export const validJsonCase = (random, sendings) => {
  const family = anyFamily(random);
  const { id, text } = withExtension(random, family, pick(random, HARD)(random));
  return {
    ...{
      kind: 'JSON',
      acts: ['hard'],
      expects: 'accepted',
      sending: sendings.json('POST', '/xapi/statements', family, text),
    },
    check: (_heard, ask) => comesBack(ask, sendings, id, text),
  };
};

const NO_JSON = [
  ...[
    '',
    ' ',
    'NaN',
    'Infinity',
    '-',
    '+1',
    '01',
    '1.',
    '.5',
    '1e',
    '0x1',
    "'a'",
    'undefined',
    '[1,]',
    '{"a":1,}',
    '{a:1}',
    '{"a"}',
  ],
  ...[
    '[1 2]',
    '//x\n1',
    '/**/1',
    '"\t"',
    '"\\x41"',
    '"\\u12g4"',
    '"a',
    '[',
    '{',
    ']',
    '1]',
    '"\\',
    '\u00a01',
    '\u20281',
    'True',
    'nul',
    '--1',
    '1e1.5',
  ],
  ...[
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '[{"x":{"b":1,"b":2}}]',
    '[,1]',
    '{"a"::1}',
    '{1:2}',
    '{"a":1 "b":2}',
    '"\u0000"',
    '[1}',
    '\ufeff1',
  ],
];
const TOO_DEEP = [
  '['.repeat(101) + ']'.repeat(101),
  `${'{"a":'.repeat(120)}1${'}'.repeat(120)}`,
  '['.repeat(100_000),
  '{"a":'.repeat(50_000),
];
const WHOLE = [
  '',
  '""',
  '3',
  'null',
  'true',
  '[3]',
  '[null]',
  '[[]]',
  '{}',
  '[{}]',
  '\ufeff{}',
  '{}{}',
  '[],[]',
  '"{}"',
  '[[{}]]',
];
const OTHER_ENCODINGS = [
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(text, 'utf16le').swap16(),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(text.replace('http://e.org/x', 'http://e.org/\xfc'), 'latin1'),
  (text) =>
    Buffer.concat([
      Buffer.from(text.slice(0, -3)),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from(text.slice(-3)),
    ]),
  (text) => Buffer.concat([Buffer.from(text), Buffer.from([0])]),
];

export const brokenJsonCase = (random, sendings) => {
  const family = anyFamily(random);
  const send = (body, name, id) => ({
    ...{
      kind: 'JSON',
      acts: [name],
      expects: 'refused',
      sending: sendings.json('POST', '/xapi/statements', family, body),
    },
    check: async (_heard, ask) => (id === undefined ? [] : isNotThere(ask, sendings, id)),
  });
  const which = below(random, 4);
  if (which === 0) return send(pick(random, WHOLE), 'no statement');
  const { id, text } = withExtension(
    random,
    family,
    which === 1 ? pick(random, TOO_DEEP) : which === 2 ? pick(random, NO_JSON) : '"ü"',
  );
  return which === 3
    ? send(pick(random, OTHER_ENCODINGS)(text), 'another encoding', id)
    : send(text, 'no JSON', id);
};
