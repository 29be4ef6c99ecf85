import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../bench/random.mjs';
import { formatCases } from './format-corpus.mjs';
import { query } from './sendings.mjs';
import { comesBack } from './statement-cases.mjs';
import { agent } from './valid-statements.mjs';
import { plainUuid } from './valid-texts.mjs';

const FOLDERS = {
  parsing: 'JSONTestSuite/test_parsing',
  strings: 'big-list-of-naughty-strings/blns.json',
  formats: 'JSON-Schema-Test-Suite/tests/draft2020-12/optional/format',
};

const MAY = { y: 'accepted', n: 'refused', i: 'anything' };
/** What JSON allows and Cairn does not: a key that stands twice has no single meaning. */
const REPEATED_KEYS = ['y_object_duplicated_key.json', 'y_object_duplicated_key_and_value.json'];
/** Nests deeper than CAIRN_MAX_DEPTH allows: told as 413. */
const random = createRandom(1);

const statementOf = (id, { name = '"a"', display = '{}', extensions = '{}' }) =>
  `{"id":"${id}","actor":{"name":${name},"mbox":"mailto:a@example.org"},"verb":{"id":"http://example.org/v","display":${display}},"object":{"id":"http://example.org/o"},"result":{"extensions":${extensions}}}`;

const around = (bytes, id) => {
  const [before, behind] = statementOf(id, { extensions: '{"http://example.org/x":§}' }).split('§');
  return Buffer.concat([Buffer.from(before), bytes, Buffer.from(behind)]);
};

const asExtension = (sendings, expects, bytes) => {
  const id = plainUuid(random);
  const body = around(bytes, id);
  return {
    ...{
      kind: 'corpus JSON',
      acts: ['an extension'],
      expects,
      sending: sendings.json('POST', '/xapi/statements', '1.0.3', body),
    },
    check: async ({ status }, ask) =>
      status === 200 ? comesBack(ask, sendings, id, body.toString('utf8')) : [],
  };
};
/** None of them is a statement; in 2.0.0 a document that is called JSON has to be. */
const asBody = (sendings, bytes) => ({
  ...{
    kind: 'corpus JSON',
    acts: ['a body'],
    expects: 'anything',
    sending: sendings.json('POST', '/xapi/statements', '1.0.3', bytes),
  },
  check: async ({ status, body }) =>
    status >= 400 || body.equals(Buffer.from('[]'))
      ? []
      : [`what is no statement was answered with ${status}`],
});
const asDocument = (sendings, expects, name, bytes) => {
  const path = `/xapi/activities/profile?${query({ activityId: 'http://example.org/corpus', profileId: name })}`;
  const read = sendings.request('GET', path, '2.0.0');
  return {
    ...{
      kind: 'corpus JSON',
      acts: ['a document'],
      expects,
      sending: sendings.json('PUT', path, '2.0.0', bytes),
    },
    check: async ({ status }, ask) => {
      const { status: found, body } = await ask(read);
      if (status >= 400) return found === 404 ? [] : [`a refused document is answered with ${found}`];
      return body.equals(bytes) ? [] : ['the document came back as another'];
    },
  };
};

function* parsingCases(folder, sendings) {
  for (const name of readdirSync(folder).sort()) {
    const bytes = readFileSync(join(folder, name));
    const expects = REPEATED_KEYS.includes(name) ? 'refused' : MAY[name[0]];
    yield [name, asExtension(sendings, expects, bytes)];
    yield [name, asBody(sendings, bytes)];
    yield [name, asDocument(sendings, expects, name, bytes)];
  }
}

const storing = (sendings, parts) => {
  const id = plainUuid(random);
  const text = statementOf(id, parts);
  return {
    ...{
      kind: 'corpus strings',
      acts: Object.keys(parts),
      expects: 'accepted',
      sending: sendings.json('POST', '/xapi/statements', '2.0.0', text),
    },
    check: (_heard, ask) => comesBack(ask, sendings, id, text),
  };
};
const asStateId = (sendings, text) => {
  const parameters = { activityId: 'http://example.org/corpus', agent: agent(random), stateId: `${text} ` };
  const path = `/xapi/activities/state?${query(parameters)}`;
  return {
    ...{
      kind: 'corpus strings',
      acts: ['a stateId'],
      expects: 'accepted',
      sending: sendings.json('PUT', path, '1.0.3', text, 'text/plain'),
    },
    check: async (_heard, ask) => {
      const { body } = await ask(sendings.request('GET', path, '1.0.3'));
      const list = await ask(
        sendings.request(
          'GET',
          `/xapi/activities/state?${query({ ...parameters, stateId: undefined })}`,
          '1.0.3',
        ),
      );
      const isListed = JSON.parse(list.body.toString('utf8')).includes(`${text} `);
      return body.equals(Buffer.from(text)) && isListed ? [] : ['the document did not come back'];
    },
  };
};
const asParameter = (sendings, name, text) => ({
  ...{ kind: 'corpus strings', acts: [`the parameter ${name}`], expects: 'anything' },
  sending: sendings.request('GET', `/xapi/statements?${query({ [name]: text })}`, '1.0.3'),
});
const PARAMETERS = ['agent', 'verb', 'activity', 'statementId', 'since', 'limit', 'format', 'registration'];

/** @param {string} folder with the corpora in it */
export const naughtyStrings = (folder) => JSON.parse(readFileSync(join(folder, FOLDERS.strings), 'utf8'));

function* stringCases(file, sendings) {
  for (const [at, text] of JSON.parse(readFileSync(file, 'utf8')).entries()) {
    const quoted = JSON.stringify(text);
    const iri = JSON.stringify(`http://example.org/${encodeURIComponent(text)}`);
    yield [`string ${at}`, storing(sendings, { name: quoted, display: `{"en":${quoted}}` })];
    yield [`string ${at}`, storing(sendings, { extensions: `{${iri}:{${quoted}:${quoted}}}` })];
    yield [`string ${at}`, asStateId(sendings, text)];
    for (const name of PARAMETERS) yield [`string ${at}`, asParameter(sendings, name, text)];
    yield [`string ${at}`, asParameter(sendings, text, '1')];
  }
}

const READERS = { parsing: parsingCases, strings: stringCases, formats: formatCases };

/**
 * What the corpora in a folder give; a part that is not there is an error.
 * @param {string} folder
 */
export function* corpusCases(folder, sendings) {
  for (const [name, read] of Object.entries(READERS)) {
    const path = join(folder, FOLDERS[name]);
    if (!existsSync(path)) throw new Error(`--corpora: there is no ${path}`);
    yield* read(path, sendings);
  }
}
