import { createUuid, pick } from '../bench/random.mjs';

/** Every function here takes a source of random numbers and gives the JSON text of something that the standard allows. */

const quote = (value) => JSON.stringify(value);
export const below = (random, most) => Math.floor(random() * most);
export const chance = (random, share) => random() < share;
const times = (random, most, make) => Array.from({ length: below(random, most + 1) }, () => make(random));
const padded = (number, width) => String(number).padStart(width, '0');
const digits = (random, count) => Array.from({ length: count }, () => below(random, 10)).join('');
export const hex = (random, count) =>
  Array.from({ length: count }, () => pick(random, [...'0123456789abcdefABCDEF'])).join('');

const STRINGS = [
  ...[
    '',
    ' ',
    'Ada',
    'Zoë',
    '日本語',
    '𝒜𝓭𝓪',
    'e\u0301',
    'é',
    '\u0000',
    '\ud83d\ude00',
    'a"b\\c/d',
    '\u2028\u2029',
    '\ufeff',
  ],
  ...[
    '<script>alert(1)</script>',
    "'; DROP TABLE log; --",
    '=1+1',
    '\ud800',
    'lone \udc00',
    '\ufdfa',
    '\u202ertl',
  ],
  ...[
    '%s%n',
    '../../etc/passwd',
    '__proto__',
    'constructor',
    'null',
    'true',
    '0',
    '[,]',
    '\t\n\r',
    '\u007f',
    '\uffff',
  ],
];
/** What the corpora add to the strings. */
const more = [];
export const addStrings = (strings) => more.push(...strings);

export const plainString = (random) => {
  if (more.length > 0 && chance(random, 0.3)) return pick(random, more);
  if (chance(random, 0.02)) return pick(random, ['x', 'ü', '𝒜', '\\']).repeat(below(random, 3000));
  return chance(random, 0.3) ? pick(random, STRINGS) + pick(random, STRINGS) : pick(random, STRINGS);
};
export const string = (random) => quote(plainString(random));

const IRIS = [
  ...[
    'http://example.org/a',
    'https://example.org/%7Ea?b=c&d#e',
    'http://5abc_course_id',
    'urn:articulate:storyline:5x',
  ],
  ...[
    'ispring://presentations/3F2504E0/slides/0',
    'tag:example.org,2005:x',
    'mailto:ada@example.org',
    'https://例え.jp/道',
  ],
  ...[
    'https://site/h5p/embed/7?subContentId=6d2f?x=1',
    'http://example.org/#',
    'HTTP://EXAMPLE.ORG/',
    'a:b',
    'x-y+z.1:q',
  ],
  ...[
    'http://[::1]:80/x',
    'urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    'https://example.org/a//b/../c',
    "http://e.org/';--",
  ],
  ...[
    'https://example.org/%',
    'https://example.org/100%25',
    'https://example.org/𝒜',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ],
];
export const plainIri = (random) =>
  pick(random, IRIS) + (chance(random, 0.5) ? `/${below(random, 5000).toString(36)}` : '');
export const iri = (random) => quote(plainIri(random));

export const plainUuid = (random) =>
  chance(random, 0.2) ? createUuid(random).toUpperCase() : createUuid(random);
const OTHER_UUIDS = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
export const uuid = (random) => quote(chance(random, 0.1) ? pick(random, OTHER_UUIDS) : plainUuid(random));

const TAGS =
  'en en-US de und x-private cmn zh-Hant sr-Latn-RS es-419 de-1996 en-US-u-ca-gregory i-klingon en-x-a-b ' +
  'zh-cmn-Hans-CN sl-rozaj-biske-1994 de-CH-1901 EN-us abcdefgh qaa-Qaaa-QM-x-southern en-a-myext-b-another art-lojban';
export const plainTag = (random) => pick(random, TAGS.split(' '));
export const languageTag = (random) => quote(plainTag(random));

const fraction = (random) =>
  chance(random, 0.5) ? `${pick(random, ['.', '.', ','])}${digits(random, 1 + below(random, 9))}` : '';
const ZONES = [
  'Z',
  'Z',
  'Z',
  'z',
  '',
  '+00:00',
  '+0000',
  '+00',
  '+01',
  '-05:30',
  '+0530',
  '+14:00',
  '-1130',
  '+23:59',
];
export const plainTimestamp = (random) => {
  const leap = chance(random, 0.05);
  const year = chance(random, 0.1) ? 1 + below(random, 9998) : 1970 + below(random, 150);
  const day = leap
    ? '2024-02-29'
    : `${padded(year, 4)}-${padded(1 + below(random, 12), 2)}-${padded(1 + below(random, 28), 2)}`;
  const second = chance(random, 0.03) ? 60 : below(random, 60);
  const time = [below(random, 24), below(random, 60), second].map((part) => padded(part, 2)).join(':');
  return day + pick(random, ['T', 'T', 'T', 't', ' ']) + time + fraction(random) + pick(random, ZONES);
};
export const timestamp = (random) => quote(plainTimestamp(random));

const component = (random, unit) => (chance(random, 0.5) ? `${below(random, 500)}${unit}` : '');
export const plainDuration = (random) => {
  if (chance(random, 0.1)) return `P${below(random, 99)}${chance(random, 0.3) ? '.5' : ''}W`;
  const date = [...'YMD'].map((unit) => component(random, unit)).join('');
  const time = [...'HM'].map((unit) => component(random, unit)).join('');
  const seconds = `${below(random, 60)}${fraction(random)}S`;
  if (chance(random, 0.7)) return `P${date}T${time}${seconds}`;
  return date === '' ? `PT${seconds}` : `P${date}${time === '' ? '' : `T${time}`}`;
};
export const duration = (random) => quote(plainDuration(random));

export const mailbox = (random) =>
  quote(
    `mailto:${pick(random, ['ada', 'a+b', 'ü', "o'neil", 'a.b', 'x/y', '日本'])}${below(random, 900)}@${pick(random, ['example.org', 'localhost', 'EXAMPLE.com', 'bücher.de', '[127.0.0.1]'])}`,
  );
export const sha1 = (random) => quote(hex(random, 40));
export const sha2 = (random) => quote(hex(random, pick(random, [56, 64, 64, 96, 128])));
export const boolean = (random) => pick(random, ['true', 'false']);
const MEDIA = [
  'text/plain',
  'application/octet-stream',
  'text/plain; charset=utf-8',
  'image/png',
  'application/vnd.x+json;v="1"',
];
export const mediaType = (random) => quote(pick(random, MEDIA));

const NUMBERS =
  '0 -0 0.10 1 1.0 1e2 1E+2 1e400 -1E-400 12345678901234567890 0.1e-10 123456789.123456789123456789 -7 9007199254740993 1.7976931348623157e309';
export const number = (random) => pick(random, NUMBERS.split(' '));

const unique = (names) => [...new Set(names)];
const KEYS = [
  '__proto__',
  'constructor',
  'toString',
  '',
  'a',
  '$where',
  'a.b',
  '\u0000',
  'é',
  'e\u0301',
  'id',
  'stored',
  'context',
];
const SCALARS = [string, string, number, boolean, () => 'null', iri, timestamp];
/** Any JSON at all, as it may stand in an extension. */
export const anyJson = (random, depth = 3) => {
  if (depth === 0 || chance(random, 0.5)) return pick(random, SCALARS)(random);
  if (chance(random, 0.4)) return `[${times(random, 4, () => anyJson(random, depth - 1)).join(',')}]`;
  const keys = unique(
    times(random, 5, () => (chance(random, 0.7) ? pick(random, KEYS) : plainString(random))),
  );
  return `{${keys.map((key) => `${quote(key)}:${anyJson(random, depth - 1)}`).join(',')}}`;
};
export const extensions = (random) => {
  const keys = unique(times(random, 4, plainIri));
  return `{${keys.map((key) => `${quote(key)}:${anyJson(random)}`).join(',')}}`;
};
export const languageMap = (random) => {
  const tags = unique(times(random, 3, plainTag));
  return `{${tags.map((tag) => `${quote(tag)}:${string(random)}`).join(',')}}`;
};
