import { pick } from '../bench/random.mjs';
import { plainInvalid } from './invalid-texts.mjs';
import { problemsOf } from './judge.mjs';
import { family as anyFamily, query, shortEnough } from './sendings.mjs';
import { agent, group } from './valid-statements.mjs';
import { below, chance, plainIri, plainString, plainTimestamp, plainUuid } from './valid-texts.mjs';

const identified = (random) => {
  const text = group(random);
  return /"(mbox|mbox_sha1sum|openid|account)"/.test(text.replace(/"member":.*/s, '')) ? text : agent(random);
};
const boolean = (random) => pick(random, ['true', 'false']);
const VALID = {
  agent: (random) => (chance(random, 0.8) ? agent(random) : identified(random)),
  verb: plainIri,
  activity: plainIri,
  registration: plainUuid,
  related_activities: boolean,
  related_agents: boolean,
  since: plainTimestamp,
  until: plainTimestamp,
  limit: (random) => String(pick(random, [0, 1, 1, 2, 5, 20])),
  format: (random) => pick(random, ['ids', 'exact', 'canonical']),
  attachments: boolean,
  ascending: boolean,
};
const SPECIAL = [
  '\0',
  '%',
  '&',
  '=',
  '[]',
  '$ne',
  "' OR 1=1--",
  '{"$gt":""}',
  '../',
  '\r\nX: y',
  '٣',
  '😀',
  ' ',
  '+',
];
const odd = (random) =>
  chance(random, 0.5) ? pick(random, SPECIAL) : plainString(random).toWellFormed().slice(0, 500);
const NOT_BOOLEAN = ['1', '0', 'True', 'TRUE', 'yes', '', ' true', 'true,false', 'null'];
const INVALID = {
  agent: (random) =>
    pick(random, [
      '',
      '{}',
      '[]',
      'null',
      '1',
      '{"mbox":"x"}',
      '{"mbox":"mailto:a@b"',
      '{"objectType":"Group","member":[{"mbox":"mailto:a@b"}]}',
      'mailto:a@b',
      `${'['.repeat(5000)}`,
      `{"mbox":"mailto:a@b","name":null}`,
      '{"mbox":"mailto:a@b","openid":"http://e.org/"}',
    ]),
  verb: (random) => plainInvalid(random, 'iri').replaceAll('\ud800', '<'),
  activity: (random) => plainInvalid(random, 'iri').replaceAll('\ud800', '<'),
  registration: (random) => plainInvalid(random, 'uuid'),
  statementId: (random) => plainInvalid(random, 'uuid'),
  voidedStatementId: (random) => plainInvalid(random, 'uuid'),
  since: (random) => plainInvalid(random, 'timestamp'),
  until: (random) => plainInvalid(random, 'timestamp'),
  limit: (random) =>
    pick(random, ['-1', '1.5', 'x', '', ' 1', '1e3', '0x1', '٣', '99999999999999999999', '+1', 'NaN', '1,2']),
  format: (random) =>
    pick(random, ['', 'Exact', 'EXACT', 'json', 'ids ', 'canonical,exact', '__proto__', 'constructor']),
  attachments: (random) => pick(random, NOT_BOOLEAN),
  ascending: (random) => pick(random, NOT_BOOLEAN),
  related_agents: (random) => pick(random, NOT_BOOLEAN),
  related_activities: (random) => pick(random, NOT_BOOLEAN),
};

const validOnes = (random) => {
  const names = Object.keys(VALID).filter(() => chance(random, 0.25));
  return Object.fromEntries(names.map((name) => [name, VALID[name](random)]));
};
const PATHS = [
  '/xapi/statements',
  '/xapi/statements',
  '/xapi//statements/',
  '/XAPI/Statements',
  '/xapi/2.0/statements',
];
const get = (random, sendings, text) => {
  const path = pick(random, PATHS);
  const family = path.includes('2.0') ? '2.0.0' : anyFamily(random);
  const method = chance(random, 0.1) ? 'HEAD' : 'GET';
  return sendings.request(method, `${path}${text === '' ? '' : `?${text}`}`, family, {
    headers: chance(random, 0.3) ? [['Accept-Language', pick(random, LANGUAGES)]] : [],
  });
};
const LANGUAGES = [
  '*',
  'en',
  'en-US,en;q=0.5',
  'de;q=0',
  ';',
  'q=1',
  'en;q=x',
  '\xff',
  ','.repeat(500),
  'en-US-x-a;q=1.0001',
];

/** A page leads on to the next one. */
const leadsOn = (sending, sendings) => async (heard, ask) => {
  if (sending.method === 'HEAD' || heard.headers.get('content-type') !== 'application/json') return [];
  const { statements, more } = JSON.parse(heard.body.toString('utf8'));
  if (!Array.isArray(statements) || typeof more !== 'string') return ['it is no StatementResult'];
  if (more === '') return [];
  const next = await ask(sendings.request('GET', more, '1.0.3'));
  return next.status === 200 ? [] : [`more was answered with ${next.status}`];
};

const listCase = (random, sendings) => {
  const sending = get(
    random,
    sendings,
    shortEnough(() => query(validOnes(random))),
  );
  return {
    kind: 'parameters',
    acts: ['a list'],
    expects: 'accepted',
    sending,
    check: leadsOn(sending, sendings),
  };
};
const ONES = {
  activities: (random) => ({ activityId: plainIri(random) }),
  agents: (random) => ({ agent: agent(random) }),
  'activities/state': (random) => ({
    activityId: plainIri(random),
    agent: agent(random),
    since: plainTimestamp(random),
  }),
  'agents/profile': (random) => ({ agent: agent(random) }),
  'activities/profile': (random) => ({ activityId: plainIri(random) }),
  about: () => ({}),
};
const oneCase = (random, sendings) => {
  const path = pick(random, Object.keys(ONES));
  const text = shortEnough(() => query(ONES[path](random)));
  const sending = sendings.request('GET', `/xapi/${path}${text === '' ? '' : `?${text}`}`, anyFamily(random));
  return { kind: 'parameters', acts: [path], expects: 'accepted', sending };
};
export const validParametersCase = (random, sendings) =>
  chance(random, 0.7) ? listCase(random, sendings) : oneCase(random, sendings);

const spoilt = (random, parameters, name) => ({ ...parameters, [name]: INVALID[name](random) });
const TEXTS = [
  (text, random) => `${text}&limit=1&limit=1${below(random, 2)}`,
  (text) => `${text}&x=%`,
  (text) => `${text}&verb=%ff`,
  (text) => `${text}&verb=%ED%A0%80`,
  (text, random) =>
    `${text}&${pick(random, ['StatementId', 'AGENT', 'Limit', 'x', '~', '%2F', '__proto__', 'constructor', 'method'])}=1`,
  (text) => `${text}&statementId=6ba7b810-9dad-11d1-80b4-00c04fd430c8&ascending=true`,
  (text) =>
    `${text}&statementId=6ba7b810-9dad-11d1-80b4-00c04fd430c8&voidedStatementId=6ba7b810-9dad-11d1-80b4-00c04fd430c8`,
  (text) => `${text}${'&a=1'.repeat(200)}`,
  (text, random) => `${text}&unknown${below(random, 9)}=${'x'.repeat(below(random, 60_000))}`,
];
export const brokenParametersCase = (random, sendings) => {
  const parameters = chance(random, 0.5) ? {} : validOnes(random);
  if (chance(random, 0.4)) {
    const sending = get(random, sendings, pick(random, TEXTS)(query(parameters), random));
    return { kind: 'parameters', acts: ['the query'], expects: 'refused', sending };
  }
  const name = pick(random, Object.keys(INVALID));
  const sending = get(random, sendings, query(spoilt(random, parameters, name)));
  const isNamed = (heard) =>
    problemsOf(heard).some(
      ({ pointer, message }) => pointer.startsWith(`/${name}`) || message.includes(name),
    );
  return {
    ...{ kind: 'parameters', acts: [name], expects: 'refused', sending },
    check: async (heard) =>
      sending.method === 'HEAD' || isNamed(heard) || name.endsWith('tatementId')
        ? []
        : [`${name} is not named: ${heard.body}`],
  };
};

const RAW = [
  '%00',
  '%',
  '%zz',
  '+',
  '&&&',
  '=',
  '?',
  '#x',
  '[]',
  '..',
  '%2e%2e/',
  '\xff',
  ';',
  '|',
  '"',
  '%F0%9F%98%80',
  '\\',
];
export const disturbedParametersCase = (random, sendings) => {
  const parameters = validOnes(random);
  for (const name of Object.keys(parameters)) if (chance(random, 0.5)) parameters[name] = odd(random);
  const clean = query(parameters);
  const at = below(random, clean.length + 1);
  const text = chance(random, 0.5) ? clean : clean.slice(0, at) + pick(random, RAW) + clean.slice(at);
  const sending = get(random, sendings, text);
  return { kind: 'parameters', acts: ['odd values'], expects: 'anything', sending };
};
