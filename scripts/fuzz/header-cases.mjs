import { pick } from '../bench/random.mjs';
import { writeTree } from './json-tree.mjs';
import { family as anyFamily } from './sendings.mjs';
import { comesBack, isNotThere, validStatement } from './statement-cases.mjs';
import { below, chance } from './valid-texts.mjs';

const VERSIONS = {
  '1.0.3': ['1.0', '1.0.0', '1.0.1', '1.0.2', '1.0.3', '1.0.99'],
  '2.0.0': ['2.0', '2.0.0', '2.0.1'],
};
const TYPES = [
  'application/json',
  'APPLICATION/JSON',
  'application/json;charset=utf-8',
  'application/json ; x="y"',
];
const NOISE = [
  ['Accept', '*/*;q=0.8, text/html'],
  ['Cookie', 'a=b; c=d'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['X-Forwarded-For', '127.0.0.1'],
  ['Accept-Encoding', 'br, gzip'],
  ['Expect', '100-continue'],
  ['X-Long', 'x'.repeat(8000)],
  ['__proto__', 'x'],
  ['X-Latin', '\xfc\xff'],
  ['Content-Encoding', 'identity'],
  ['If-None-Match', '*'],
  ['Connection', 'close'],
  ['Range', 'bytes=0-1'],
];

const chunked = (random, body) => {
  const pieces = [];
  for (let at = 0; at < body.length; ) {
    const size = 1 + below(random, 500);
    const piece = body.subarray(at, at + size);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
    at += size;
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]);
};

const replaced = (headers, name, ...others) => [
  ...headers.filter(([one]) => one !== name),
  ...others.map((value) => [name, value]),
];

const build = (random, sendings) => {
  const family = anyFamily(random);
  const { tree, id } = validStatement(random, family);
  const text = writeTree(tree);
  return { family, id, text, sending: sendings.json('POST', '/xapi/statements', family, text) };
};

export const validHeadersCase = (random, sendings) => {
  const { family, id, text, sending } = build(random, sendings);
  let headers = replaced(sending.headers, 'X-Experience-API-Version', pick(random, VERSIONS[family]));
  headers = replaced(headers, 'Content-Type', pick(random, TYPES));
  headers.push(...NOISE.filter(() => chance(random, 0.2)));
  if (chance(random, 0.3)) headers = headers.map(([name, value]) => [name.toLowerCase(), value]);
  const body = chance(random, 0.4) ? chunked(random, sending.body) : undefined;
  if (body !== undefined) headers.push(['Transfer-Encoding', 'chunked']);
  return {
    ...{ kind: 'headers', acts: ['all kinds'], expects: 'accepted' },
    sending: { ...sending, headers, body: body ?? sending.body },
    check: (_heard, ask) => comesBack(ask, sendings, id, text),
  };
};

const base64 = (text) => Buffer.from(text).toString('base64');
const WRONG = {
  'X-Experience-API-Version': [
    '',
    '1',
    '0.95',
    '1.1.0',
    '2',
    '3.0.0',
    'x',
    '1.0.x',
    '2.1.0',
    '1.0.3, 2.0.0',
    '1.0.-1',
    'v1.0',
  ],
  Authorization: [
    ...[
      '',
      'Basic',
      'Basic ',
      'Basic !!!!',
      'Bearer x',
      `Basic ${base64('x')}`,
      `Basic ${base64(':')}`,
      'Digest x=y',
    ],
    ...[
      `Basic ${base64('crash:wrong')}`,
      `Basic ${base64('__proto__:x')}`,
      `Basic ${base64('crash\0:x')}`,
      'NotBasic x',
    ],
    `Basic ${'A'.repeat(10_000)}`,
  ],
  'Content-Type': [
    '',
    'text/plain',
    'application',
    'multipart/form-data; boundary=x',
    'multipart/mixed',
    'application/x-www-form-urlencoded',
    'application/json5',
    'application/jsonx',
    'multipart/mixed; boundary=""',
  ],
  'Content-Encoding': ['br', 'deflate', 'zstd', 'x', 'identity, br'],
  Expect: ['200-maybe', 'x'],
};

export const brokenHeadersCase = (random, sendings) => {
  const { id, sending } = build(random, sendings);
  const name = pick(random, [...Object.keys(WRONG), 'method', 'missing']);
  const some = {
    kind: 'headers',
    acts: [name],
    expects: 'refused',
    check: (_heard, ask) => isNotThere(ask, sendings, id),
  };
  if (name === 'method')
    return {
      ...some,
      sending: {
        ...sending,
        method: pick(random, ['DELETE', 'PATCH', 'TRACE', 'PURGE', 'LOCK', 'M-SEARCH']),
      },
    };
  if (name !== 'missing')
    return {
      ...some,
      sending: { ...sending, headers: replaced(sending.headers, name, pick(random, WRONG[name])) },
    };
  const missing = pick(random, ['X-Experience-API-Version', 'Authorization', 'Content-Type']);
  return { ...some, sending: { ...sending, headers: replaced(sending.headers, missing) } };
};

const ODD = [
  '\xff',
  '\t',
  'x'.repeat(20_000),
  ',',
  ';;',
  '"',
  '=',
  '%00',
  '__proto__',
  '1.0.3\t',
  '*',
  'q=',
  '\xe2\x82',
  '0',
];
const NAMES = [
  'X-Experience-API-Version',
  'Authorization',
  'Content-Type',
  'Accept-Language',
  'If-Match',
  'Transfer-Encoding',
  'Content-Encoding',
  'Cookie',
  'Expect',
  'Upgrade',
  'Connection',
  'Trailer',
  'TE',
  'Date',
  'From',
];
export const disturbedHeadersCase = (random, sendings) => {
  const { id, sending } = build(random, sendings);
  const name = pick(random, NAMES);
  const values = [pick(random, ODD), pick(random, ODD)].slice(0, 1 + below(random, 2));
  const headers = replaced(sending.headers, name, ...values);
  // What no answer is owed to may break the connection.
  if (['Transfer-Encoding', 'Upgrade', 'Connection', 'Expect'].includes(name)) {
    return { kind: 'headers', acts: [name], expects: 'anything', raw: rawOf({ ...sending, headers }) };
  }
  return {
    ...{ kind: 'headers', acts: [name], expects: 'anything', sending: { ...sending, headers } },
    check: ({ status }, ask) => (status >= 300 ? isNotThere(ask, sendings, id) : []),
  };
};
const rawOf = ({ method, target, headers, body }) =>
  Buffer.concat([
    Buffer.from(
      `${method} ${target} HTTP/1.1\r\nHost: a\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
      'latin1',
    ),
    body,
  ]);
