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

const statementOf = ({
  iri = 'http://example.org/v',
  mbox = 'mailto:a@example.org',
  timestamp,
  duration,
  registration,
}) =>
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

/**
 * Where xAPI asks for something else than the format of JSON Schema does, by the text that is tested: an IRI for a URI,
 * which is taken without a look at hosts and percent signs; a `mailto` IRI, which can hold neither quotes nor controls,
 * and whose dots are not judged; timestamps and durations of ISO 8601, wider than those of RFC 3339.
 */
const OTHERWISE = {
  accepted: new Set([
    ...[
      'https://[@example.org/test.txt',
      'https://example.org/foobar®.txt',
      'http://example.com/%6G',
      'http://example.com/%A',
    ],
    ...['http://example.com/%', 'http://example.com:abc/path', 'http://[::ffff:01.2.3.4]', 'http:/[::1]'],
    ...[
      'http://2001:0db8:85a3:0000:0000:8a2e:0370:7334',
      'http://[::ffff:192.168.0.01]',
      '.test@example.com',
    ],
    ...[
      'test.@example.com',
      'te..st@example.com',
      'joe.bloggs@invalid=domain.com',
      'joe.bloggs@[127.0.0.300]',
    ],
    ...[
      '1998-12-31T23:58:60Z',
      '1998-12-31T22:59:60Z',
      '1985-04-12T23:20:50+01',
      'PT0.5S',
      'P1Y2D',
      'PT1H2S',
      'PT0,5S',
    ],
  ]),
  refused: new Set([
    '"joe bloggs"@example.com',
    '"joe..bloggs"@example.com',
    '"joe@bloggs"@example.com',
    '"δοκιμή"@example.com',
    '\u0085@example.com',
  ]),
};
const expectationOf = (text, valid) => {
  if (OTHERWISE.accepted.has(text)) return 'accepted';
  return valid && !OTHERWISE.refused.has(text) ? 'accepted' : 'refused';
};

const testsOf = (file) =>
  JSON.parse(readFileSync(file, 'utf8')).flatMap(({ tests }) =>
    tests.filter(({ data }) => typeof data === 'string'),
  );

export function* formatCases(folder, sendings) {
  for (const [name, place] of Object.entries(PLACES)) {
    for (const { description, data, valid } of testsOf(join(folder, name))) {
      const expects = expectationOf(data, valid);
      const sending = sendings.json('POST', '/xapi/statements', '2.0.0', statementOf(place(data)));
      const label = `${name}: ${description} ${JSON.stringify(data)}`;
      yield [label, { kind: 'corpus formats', acts: [label], expects, sending }];
    }
  }
}
