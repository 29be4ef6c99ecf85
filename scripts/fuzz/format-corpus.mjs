import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../bench/random.mjs';
import { plainUuid } from './valid-texts.mjs';

/** Where each format of JSON Schema is asked for in a statement. */
const PLACES = {
  'uri.json': (text) => ({ iri: text }),
  'iri.json': (text) => ({ iri: text }),
  'email.json': (text) => ({ mbox: `mailto:${text}` }),
  'idn-email.json': (text) => ({ mbox: `mailto:${text}` }),
  'date-time.json': (text) => ({ timestamp: text }),
  'duration.json': (text) => ({ duration: text }),
  'uuid.json': (text) => ({ registration: text }),
};

const statementOf = ({ iri = 'http://example.org/v', mbox = 'mailto:a@example.org', timestamp, duration, registration }) =>
  JSON.stringify({
    id: plainUuid(random),
    actor: { mbox },
    verb: { id: iri },
    object: { id: 'http://example.org/o' },
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(duration === undefined ? {} : { result: { duration } }),
    ...(registration === undefined ? {} : { context: { registration } }),
  });
const random = createRandom(2);

const TOLERATED = [];

const testsOf = (file) =>
  JSON.parse(readFileSync(file, 'utf8')).flatMap(({ tests }) => tests.filter(({ data }) => typeof data === 'string'));

export function* formatCases(folder, sendings) {
  for (const [name, place] of Object.entries(PLACES)) {
    for (const { description, data, valid } of testsOf(join(folder, name))) {
      const expects = valid ? 'accepted' : 'refused';
      const sending = sendings.json('POST', '/xapi/statements', '2.0.0', statementOf(place(data)));
      const label = `${name}: ${description} ${JSON.stringify(data)}`;
      yield [label, { kind: 'corpus formats', acts: [label], expects: TOLERATED.includes(label) ? 'anything' : expects, sending }];
    }
  }
}
