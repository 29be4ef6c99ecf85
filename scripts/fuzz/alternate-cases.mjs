import { pick } from '../bench/random.mjs';
import { breakRule } from './break-rules.mjs';
import { disturbBytes } from './disturb-bytes.mjs';
import { writeTree } from './json-tree.mjs';
import { query } from './sendings.mjs';
import { comesBack, isNotThere, validStatement } from './statement-cases.mjs';
import { below, chance } from './valid-texts.mjs';

const FORM = 'application/x-www-form-urlencoded';
const TYPES = [FORM, FORM, `${FORM}; charset=UTF-8`, 'text/plain;charset=UTF-8'];

/** `POST …?method=PUT`: the headers and the parameters stand in a form. */
const build = (random, sendings, change = () => []) => {
  const { tree, acts, id } = validStatement(random, '1.0.3');
  const more = change(tree);
  const text = writeTree(tree);
  const method = pick(random, ['PUT', 'POST']);
  const fields = {
    ...(chance(random, 0.5) ? { Authorization: sendings.authorization } : {}),
    'X-Experience-API-Version': '1.0.3',
    'Content-Type': chance(random, 0.7) ? 'application/json' : undefined,
    ...(method === 'PUT' ? { statementId: id } : {}),
    content: text.toWellFormed(),
  };
  return { id, acts: [...acts, ...more], text, method, fields };
};
const sent = (random, sendings, method, fields, body = query(fields)) => {
  const { headers, ...rest } = sendings.request('POST', `/xapi/statements?method=${method}`, '1.0.3', {
    body,
  });
  const own = headers.filter(([name]) => name !== 'Authorization' || fields.Authorization === undefined);
  return { ...rest, headers: [...own, ['Content-Type', pick(random, TYPES)]] };
};

export const validAlternateCase = (random, sendings) => {
  const { id, acts, text, method, fields } = build(random, sendings);
  return {
    ...{ kind: 'alternate', acts, expects: 'accepted', sending: sent(random, sendings, method, fields) },
    check: (_heard, ask) => comesBack(ask, sendings, id, text),
  };
};

const SPOILS = {
  'no content': ({ content, ...fields }) => fields,
  'an unknown field': (fields) => ({ ...fields, x: '1' }),
  'a field in another case': (fields) => ({ ...fields, StatementId: '1' }),
  'the other version': (fields) => ({ ...fields, 'X-Experience-API-Version': '2.0.0' }),
  'a wrong key': (fields) => ({ ...fields, Authorization: 'Basic eDp5' }),
  'a wrong type': (fields) => ({ ...fields, 'Content-Type': 'text/plain' }),
  'a header that is none': (fields) => ({ ...fields, 'If-Match': 'a\r\nb' }),
  'half a percent': (fields) => fields,
  'a wrong method': (fields) => fields,
  'a parameter outside': (fields) => fields,
};
const METHODS = [
  'put',
  'PATCH',
  '',
  'CONNECT',
  '__proto__',
  'PUT%00',
  'PUT&x=1',
  'PUT&method=GET',
  'constructor',
];
export const brokenAlternateCase = (random, sendings) => {
  const isBroken = chance(random, 0.4);
  const built = build(
    random,
    sendings,
    isBroken ? (tree) => [breakRule(random, tree, '1.0.3').name] : undefined,
  );
  const name = isBroken ? undefined : pick(random, Object.keys(SPOILS));
  const fields = SPOILS[name]?.(built.fields) ?? built.fields;
  const body = name === 'half a percent' ? `${query(fields)}&x=%` : undefined;
  const sending = sent(
    random,
    sendings,
    name === 'a wrong method' ? pick(random, METHODS) : built.method,
    fields,
    body,
  );
  const target =
    name === 'a parameter outside' ? `${sending.target}&statementId=${built.id}` : sending.target;
  return {
    ...{
      kind: 'alternate',
      acts: name === undefined ? built.acts : [name],
      expects: 'refused',
      sending: { ...sending, target },
    },
    check: (_heard, ask) => isNotThere(ask, sendings, built.id),
  };
};

export const disturbedAlternateCase = (random, sendings) => {
  const { id, method, fields } = build(random, sendings);
  const { bytes, names } = disturbBytes(random, Buffer.from(query(fields)));
  const sending = sent(
    random,
    sendings,
    chance(random, 0.8) ? method : pick(random, ['GET', 'DELETE', 'HEAD', 'OPTIONS', `${below(random, 9)}`]),
    fields,
    bytes,
  );
  return {
    ...{ kind: 'alternate', acts: names, expects: 'anything', sending },
    check: ({ status }, ask) => (status >= 400 ? isNotThere(ask, sendings, id) : []),
  };
};
