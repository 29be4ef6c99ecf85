import { createHash } from 'node:crypto';
import { pick } from '../bench/random.mjs';
import { disturbBytes } from './disturb-bytes.mjs';
import { setMember, writeTree } from './json-tree.mjs';
import { family as anyFamily } from './sendings.mjs';
import { comesBack, isNotThere, validStatement } from './statement-cases.mjs';
import { below, chance, hex, iri, languageMap } from './valid-texts.mjs';

const CONTENTS = ['', 'x', '\r\n', '--', '\r\n--', '\r\n--x\r\n', '\n\n', '\0', 'a\r', '\r\n\r\n', 'ü'];
const contentOf = (random) => {
  const size = chance(random, 0.05) ? below(random, 100_000) : below(random, 100);
  const random256 = Buffer.from(Array.from({ length: Math.min(size, 200) }, () => below(random, 256)));
  return Buffer.concat([
    Buffer.from(pick(random, CONTENTS)),
    random256,
    Buffer.alloc(Math.max(0, size - 200), 'y'),
  ]);
};

const ALGORITHMS = ['sha224', 'sha256', 'sha256', 'sha384', 'sha512'];
const TYPES = ['text/plain', 'application/octet-stream', 'image/png'];
const newAttachment = (random) => {
  const content = contentOf(random);
  const sha2 = createHash(pick(random, ALGORITHMS)).update(content).digest('hex');
  return { content, sha2: chance(random, 0.2) ? sha2.toUpperCase() : sha2, type: pick(random, TYPES) };
};
const declaration = (random, { content, sha2, type }) =>
  `{"usageType":${iri(random)},"display":${languageMap(random)},"contentType":"${type}","length":${content.length},"sha2":"${sha2}"}`;

const BOUNDARY = [..."0123456789abcxyzABC'()+_,-./:=?"];
const newBoundary = (random) =>
  `${Array.from({ length: 1 + below(random, 40) }, () => pick(random, BOUNDARY)).join('')}${hex(random, 20)}`;
const quoted = (random, boundary) =>
  /^[A-Za-z0-9]+$/.test(boundary) && chance(random, 0.5) ? boundary : `"${boundary}"`;

const headLines = (random, { content, sha2, type }) => {
  const lines = [
    ['X-Experience-API-Hash', chance(random, 0.2) ? sha2.toLowerCase() : sha2],
    ['Content-Transfer-Encoding', pick(random, ['binary', 'binary', 'Binary'])],
    ...(chance(random, 0.8) ? [['Content-Type', type]] : []),
    ...(chance(random, 0.2) ? [['Content-Length', String(content.length)]] : []),
    ...(chance(random, 0.2) ? [['Content-Disposition', 'attachment; filename="../../x"']] : []),
  ];
  return lines
    .map(
      ([name, value]) =>
        `${chance(random, 0.2) ? name.toLowerCase() : name}:${pick(random, [' ', '', '\t'])}${value}\r\n`,
    )
    .join('');
};

const partsOf = (random, text, attachments) => [
  {
    head: `Content-Type: application/json${pick(random, ['', '; charset=utf-8'])}\r\n`,
    content: Buffer.from(text),
  },
  ...attachments.map((one) => ({ head: headLines(random, one), content: one.content })),
];

const joined = (boundary, parts, { before = '', behind = '' } = {}) =>
  Buffer.concat([
    Buffer.from(before),
    ...parts.flatMap(({ head, content }) => [
      Buffer.from(`--${boundary}\r\n${head}\r\n`, 'latin1'),
      content,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--${behind}`),
  ]);

const around = (random) => ({
  before: pick(random, ['', '', '\r\n', 'passed over\r\n']),
  behind: pick(random, ['\r\n', '\r\n', '', '\r\npassed over']),
});

const build = (random) => {
  const family = anyFamily(random);
  const { tree, acts, id } = validStatement(random, family);
  const attachments = Array.from({ length: below(random, 4) }, () => newAttachment(random));
  const declared = attachments.map((one) => declaration(random, one));
  if (declared.length > 0) setMember(tree, 'attachments', `[${declared.join(',')}]`);
  const boundary = newBoundary(random);
  const distinct = attachments.filter(
    ({ sha2 }, at) => attachments.findIndex((one) => same(one.sha2, sha2)) === at,
  );
  return { family, tree, acts, id, attachments: distinct, boundary, text: writeTree(tree) };
};
const same = (one, other) => one.toLowerCase() === other.toLowerCase();

const sent = (sendings, { family, boundary }, body, random) =>
  sendings.json(
    'POST',
    '/xapi/statements',
    family,
    body,
    `multipart/mixed; boundary=${quoted(random, boundary)}`,
  );

const attachmentsComeBack = async (ask, sendings, { id, attachments }) => {
  const { status, body } = await ask(sendings.lookUp(id, '1.0.3', '&attachments=true'));
  if (status !== 200) return [`with attachments it is answered with ${status}`];
  const lost = attachments.filter(({ content, sha2 }) => !holdsPart(body, content, sha2));
  return lost.map(({ sha2 }) => `the attachment ${sha2} did not come back`);
};
const holdsPart = (body, content, sha2) => {
  const text = body.toString('latin1');
  return (
    text.toLowerCase().includes(sha2.toLowerCase()) &&
    body.includes(Buffer.concat([Buffer.from('\r\n\r\n'), content, Buffer.from('\r\n--')]))
  );
};

export const validMultipartCase = (random, sendings) => {
  const built = build(random);
  const body = joined(built.boundary, partsOf(random, built.text, built.attachments), around(random));
  return {
    ...{
      kind: 'multipart',
      acts: built.acts,
      expects: 'accepted',
      sending: sent(sendings, built, body, random),
    },
    check: async (_heard, ask) => [
      ...(await comesBack(ask, sendings, built.id, built.text)),
      ...(await attachmentsComeBack(ask, sendings, built)),
    ],
  };
};

const replaced = (parts, at, change) => parts.map((part, index) => (index === at ? change(part) : part));
const inHead = (from, to) => (parts, at) =>
  replaced(parts, at, (part) => ({ ...part, head: part.head.replace(from, to) }));
const SPOILS = {
  'a part less': (parts, at) => parts.filter((_, index) => index !== at),
  'a part from nowhere': (parts) => [
    ...parts,
    {
      head: `X-Experience-API-Hash: ${'a'.repeat(64)}\r\nContent-Transfer-Encoding: binary\r\n`,
      content: Buffer.from('z'),
    },
  ],
  'other bytes': (parts, at) =>
    replaced(parts, at, (part) => ({ ...part, content: Buffer.concat([part.content, Buffer.from('!')]) })),
  'no hash': inHead(/^x-experience-api-hash/im, 'X-Other'),
  'no encoding': inHead(/^content-transfer-encoding/im, 'X-Other'),
  'another encoding': inHead(/binary\r/i, 'base64\r'),
  'a hash of nothing': inHead(/(hash:\s*)[0-9a-f]+/i, '$1zz'),
  'the statements last': (parts) => [...parts.slice(1), parts[0]],
  'the statements not as JSON': (parts) =>
    replaced(parts, 0, (part) => ({ ...part, head: 'Content-Type: text/plain\r\n' })),
  'no statements': (parts) => parts.slice(1),
  'a line that is no header': (parts, at) =>
    replaced(parts, at, (part) => ({ ...part, head: `${part.head}nothing here\r\n` })),
};
const notClosed = (body, boundary) => body.subarray(0, body.lastIndexOf(`--${boundary}--`));

export const brokenMultipartCase = (random, sendings) => {
  const built = build(random);
  if (built.attachments.length === 0) return brokenMultipartCase(random, sendings);
  const name = pick(random, [...Object.keys(SPOILS), 'not closed', 'another boundary']);
  const parts = partsOf(random, built.text, built.attachments);
  const spoilt = SPOILS[name]?.(parts, 1 + below(random, built.attachments.length)) ?? parts;
  const whole = joined(name === 'another boundary' ? `${built.boundary}x` : built.boundary, spoilt);
  const body = name === 'not closed' ? notClosed(whole, built.boundary) : whole;
  return {
    ...{ kind: 'multipart', acts: [name], expects: 'refused', sending: sent(sendings, built, body, random) },
    check: (_heard, ask) => isNotThere(ask, sendings, built.id),
  };
};

/** What it holds is nobody's guess; but a body that is refused has left nothing. */
export const disturbedMultipartCase = (random, sendings) => {
  const built = build(random);
  const { bytes, names } = disturbBytes(
    random,
    joined(built.boundary, partsOf(random, built.text, built.attachments)),
  );
  return {
    ...{ kind: 'multipart', acts: names, expects: 'anything', sending: sent(sendings, built, bytes, random) },
    check: async ({ status }, ask) => (status >= 400 ? isNotThere(ask, sendings, built.id) : []),
  };
};
