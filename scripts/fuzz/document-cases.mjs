import { createHash } from 'node:crypto';
import { pick } from '../bench/random.mjs';
import { disturbBytes } from './disturb-bytes.mjs';
import { plainInvalid } from './invalid-texts.mjs';
import { readTree, writeTree } from './json-tree.mjs';
import { family as anyFamily, query, shortEnough } from './sendings.mjs';
import { agent } from './valid-statements.mjs';
import { anyJson, below, chance, plainIri, plainString, plainUuid } from './valid-texts.mjs';

const RESOURCES = {
  'activities/state': (random, id) => ({
    activityId: plainIri(random),
    agent: agent(random),
    registration: chance(random, 0.3) ? plainUuid(random) : undefined,
    stateId: id,
  }),
  'activities/profile': (random, id) => ({ activityId: plainIri(random), profileId: id }),
  'agents/profile': (random, id) => ({ agent: agent(random), profileId: id }),
};

/** Lone surrogates cannot be told in a URL. */
const anyId = (random) => `${plainString(random).toWellFormed().slice(0, 800)}${plainUuid(random)}`;
const target = (resource, parameters) => `/xapi/${resource}?${query(parameters)}`;
const newAddress = (random) => {
  const resource = pick(random, Object.keys(RESOURCES));
  let parameters;
  const path = shortEnough(() => {
    parameters = RESOURCES[resource](random, anyId(random));
    return target(resource, parameters);
  });
  return { resource, parameters, path };
};

const bytesOf = (random) => Buffer.from(Array.from({ length: below(random, 200) }, () => below(random, 256)));
const anyObject = (random) =>
  `{"a":${anyJson(random)},"__proto__":${anyJson(random)},"z":${anyJson(random)}}`;
const MAKERS = [
  (random) => ['application/octet-stream', bytesOf(random)],
  (random) => ['text/plain; charset=utf-16', bytesOf(random)],
  (random) => ['application/json', Buffer.from(anyJson(random))],
  (random) => ['application/json; charset=UTF-8', Buffer.from(` ${anyObject(random)}\n`)],
  (random) => ['x/y', Buffer.from(plainString(random))],
  () => ['text/html', Buffer.from('<script>alert(1)</script>')],
];

const write = (sendings, method, path, family, contentType, body, more = []) =>
  sendings.request(method, path, family, { headers: [['Content-Type', contentType], ...more], body });

const comesBack = async (ask, sendings, path, family, contentType, body) => {
  const heard = await ask(sendings.request('GET', path, family));
  if (heard.status !== 200) return [`the document was accepted and is answered with ${heard.status}`];
  const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
  return [
    ...(heard.body.equals(body) ? [] : [`the document came back as ${heard.body.toString('latin1')}`]),
    ...(heard.headers.get('content-type') === contentType
      ? []
      : ['the document came back with another Content-Type']),
    ...(heard.headers.get('etag') === etag
      ? []
      : [`its ETag is ${heard.headers.get('etag')} and not ${etag}`]),
  ];
};

/** A document of any bytes, under any id, new. */
export const validDocumentCase = (random, sendings) => {
  const family = anyFamily(random);
  const { path } = newAddress(random);
  const [contentType, body] = pick(random, MAKERS)(random);
  const sending = write(sendings, 'PUT', path, family, contentType, body, [['If-None-Match', '*']]);
  return {
    ...{ kind: 'document', acts: [contentType], expects: 'accepted', sending },
    check: (_heard, ask) => comesBack(ask, sendings, path, family, contentType, body),
  };
};

const mergedText = (one, other) => {
  const merged = new Map();
  for (const text of [one, other])
    for (const { key, value } of readTree(text).members) merged.set(JSON.parse(key), value);
  return `{${[...merged].map(([key, value]) => `${JSON.stringify(key)}:${writeTree(value)}`).join(',')}}`;
};

/** Two objects, one after the other, become one. */
export const mergeCase = (random, sendings) => {
  const family = anyFamily(random);
  const { path } = newAddress(random);
  const [one, other] = [anyObject(random), `{"b":${anyJson(random)},"a":1,"constructor":${anyJson(random)}}`];
  const post = (text) => write(sendings, 'POST', path, family, 'application/json', Buffer.from(text));
  return {
    ...{ kind: 'document', acts: ['merged'], expects: 'accepted', sending: post(one) },
    check: async (_heard, ask) => {
      const { status } = await ask(post(other));
      if (status !== 204) return [`the second object was answered with ${status}`];
      return comesBack(ask, sendings, path, family, 'application/json', Buffer.from(mergedText(one, other)));
    },
  };
};

const without = (name) => (parameters) => ({ ...parameters, [name]: undefined });
const wrongly = (name, text) => (parameters) =>
  name in parameters ? { ...parameters, [name]: text } : { ...parameters, other: text };
const spoils = (random) => ({
  'no activityId or agent': (parameters) =>
    without('activityId' in parameters ? 'activityId' : 'agent')(parameters),
  'an activityId that is no IRI': wrongly(
    'activityId',
    plainInvalid(random, 'iri').replaceAll('\ud800', '<'),
  ),
  'an agent that is none': wrongly(
    'agent',
    pick(random, [
      '',
      '{}',
      '[]',
      'null',
      '{"mbox":"x"}',
      '{"mbox":"mailto:a@b"',
      '{"name":"a"}',
      '{"mbox":"mailto:a@b","mbox":"mailto:a@b"}',
      '"a"',
      '\0',
    ]),
  ),
  'a registration that is none': (parameters) => ({
    ...parameters,
    registration: plainInvalid(random, 'uuid').toWellFormed(),
  }),
  'an unknown parameter': (parameters) => ({
    ...parameters,
    [pick(random, ['x', 'StateId', 'Agent', '~', '/', 'a~b/c', '__proto__', 'activityID', ''])]: '1',
  }),
});

export const brokenDocumentCase = (random, sendings) => {
  const family = anyFamily(random);
  const { resource, parameters } = newAddress(random);
  const table = spoils(random);
  const name = pick(random, Object.keys(table));
  const method = pick(random, ['GET', 'PUT', 'POST', 'DELETE']);
  const body = method === 'GET' || method === 'DELETE' ? undefined : '{}';
  const headers = [
    ['Content-Type', 'application/json'],
    ['If-None-Match', '*'],
  ];
  const sending = sendings.request(method, target(resource, table[name](parameters)), family, {
    headers,
    body,
  });
  return { kind: 'document', acts: [name], expects: 'refused', sending };
};

const TAGS = [
  '*',
  '""',
  '"x"',
  'W/"x"',
  'x',
  '"a", "b"',
  ',',
  '"',
  '\xff',
  `"${'a'.repeat(40)}"`,
  '*, "x"',
  '',
];
const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];
/** Any method, any precondition, any body, and what is said of it. */
export const disturbedDocumentCase = (random, sendings) => {
  const family = anyFamily(random);
  const { path } = newAddress(random);
  const method = pick(random, METHODS);
  const { bytes, names } = disturbBytes(random, Buffer.from(anyObject(random)));
  const contentType = pick(random, [
    'application/json',
    'application/json',
    'APPLICATION/JSON ; x',
    'text/plain',
    'x',
    '',
  ]);
  const headers = [
    ['Content-Type', contentType],
    ...(chance(random, 0.4) ? [['If-Match', pick(random, TAGS)]] : []),
    ...(chance(random, 0.4) ? [['If-None-Match', pick(random, TAGS)]] : []),
  ];
  const sending = sendings.request(method, path, family, {
    headers,
    body: method === 'GET' ? undefined : bytes,
  });
  return {
    ...{ kind: 'document', acts: [method, ...names], expects: 'anything', sending },
    check: async ({ status }, ask) => {
      if (method !== 'PUT') return [];
      if (status === 204) return comesBack(ask, sendings, path, family, contentType, bytes);
      const later = await ask(sendings.request('GET', path, family));
      return later.status === 404 ? [] : [`a refused document is answered with ${later.status}`];
    },
  };
};
