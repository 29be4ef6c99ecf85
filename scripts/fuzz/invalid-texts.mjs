import { pick } from '../bench/random.mjs';
import { chance, hex, plainDuration, plainIri, plainTag, plainTimestamp, plainUuid } from './valid-texts.mjs';

/** JSON texts of strings that the standard refuses where a format is asked for. */

const TABLES = {
  uuid: [
    ...['', 'x', '{6ba7b810-9dad-11d1-80b4-00c04fd430c8}', 'urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
    ...[
      '6ba7b8109dad11d180b400c04fd430c8',
      '6ba7b810-9dad-11d1-80b4-00c04fd430c8 ',
      '6ba7b810-9dad-11d1-80b4-00c04fd430cg',
    ],
    '6ba7b810-9dad-11d1-80b4-00c04fd430c',
  ],
  iri: [
    ...[
      '',
      'example.org',
      '/a/b',
      '//example.org',
      'http',
      ':x',
      '1a:b',
      'a b:c',
      'ab=c://should.fail.com',
      '#x',
      '?x',
    ],
    ...[
      'http://exa mple.org',
      'http://e.org/<x>',
      'http://e.org/"',
      'http://e.org/\u0000',
      'http://e.org/\n',
      'é:x',
    ],
    ...[
      'http://e.org/\ud800',
      'http://e.org/{x}',
      'http://e.org/a|b',
      'http://e.org/\\',
      'http://e.org/`',
      ' a:b',
    ],
  ],
  timestamp: [
    ...[
      '',
      'now',
      '2015',
      '2015-11-18',
      '2015-11-18T12:17',
      '12:17:00Z',
      '01/011/2015',
      '2015-13-18T12:17:00Z',
    ],
    ...[
      '2015-02-30T12:17:00Z',
      '2015-11-18T24:00:00Z',
      '2015-11-18T12:60:00Z',
      '2015-11-18T12:17:61Z',
      '2015-W47-3',
    ],
    ...[
      '2015-11-18T12:17:00-00:00',
      '2015-11-18T12:17:00-00',
      '2015-11-18T12:17:00-0000',
      '2015-11-18T12:17:00.Z',
    ],
    ...[
      '2015-11-18T12:17:00+1:00',
      '2015-11-18T12:17:00+24:00',
      '2015-11-18T12:17:00ZZ',
      '2015-11-18T12:17:00Z ',
    ],
    ...[
      '2015-11-18T１2:17:00Z',
      '-2015-11-18T12:17:00Z',
      '2023-02-29T12:00:00Z',
      '1900-02-29T12:00:00Z',
      '20151118T121700Z',
    ],
    ...['2015-00-18T12:17:00Z', '2015-11-00T12:17:00Z', '2015-11-18X12:17:00Z', '+002015-11-18T12:17:00Z'],
  ],
  duration: [
    ...[
      '',
      'P',
      'PT',
      'P4W1D',
      'PA1H0M0S',
      'PT1M1H',
      '-PT5S',
      'P0001-00-00T00:00:00',
      '1H',
      'PT1',
      'P1',
      'PT1X',
      'T1S',
    ],
    ...[
      'PT1.S',
      'PT.5S',
      'PT1.5H3M',
      'P1D1Y',
      'P1H',
      'PT1D',
      'PT1S ',
      'pt1s',
      'P1YT',
      'PT١S',
      'PT1SS',
      'PT1S1S',
      'P1.5W1D',
    ],
  ],
  languageTag: [
    ...[
      '',
      'a12345',
      'en_US',
      '12',
      '-',
      'en-',
      '-en',
      'en--US',
      'a',
      'en-a',
      'x',
      'x-',
      'en US',
      'deutschland',
      'i-none',
    ],
    ...['en-US-abcdefghi', 'ü', 'en-US-US', 'en-x', '1a', 'en\u0000', 'en-Latn-Latn'],
  ],
  mailbox: [
    ...[
      '',
      'ada@example.org',
      'mailto:',
      'mailto:ada',
      'mailto:@example.org',
      'mailto:ada@',
      'mailto:a@b@c',
      'MAILTO:a@b',
    ],
    ...[
      'mailto:a b@c',
      'mailto:ada@example.org?subject=x',
      'mailto:a@b,c@d',
      ' mailto:a@b',
      'http://a@b',
      'mailto:\u0000@b',
    ],
  ],
  sha1: [
    '',
    'x',
    'da39a3ee5e6b4b0d3255bfef95601890afd8070',
    'da39a3ee5e6b4b0d3255bfef95601890afd807090',
    'ga39a3ee5e6b4b0d3255bfef95601890afd80709',
  ],
  sha2: [
    '',
    'x',
    'da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'zz'.repeat(32),
    'a'.repeat(63),
    'a'.repeat(65),
  ],
  mediaType: [
    '',
    'text',
    'text/',
    '/plain',
    'text/plain/x y',
    'te xt/plain',
    'text/plain x',
    'text\u0000/plain',
    'téxt/plain',
  ],
  version: ['', '1', '0.95', '0.9.9', '1.1.0', '1.1', '3.0.0', '1.0.x', 'v1.0.0', '1.0.0 ', '١.0', '2.1.0'],
  type: ['', 'agent', 'AGENT', 'activity', 'Person', 'Statement', 'Verb', 'statementRef', 'Contextagent'],
  interactionType: ['', 'Choice', 'TRUE-FALSE', 'fillin', 'true', 'long fill in', 'Other'],
};

/** Valid ones that something is put before, behind or into. */
const SOURCES = {
  uuid: plainUuid,
  iri: plainIri,
  timestamp: plainTimestamp,
  duration: plainDuration,
  languageTag: plainTag,
};
SOURCES.sha1 = (random) => hex(random, 40);
const SPOILS = [
  (text) => ` ${text}`,
  (text) => `${text}\n`,
  (text) => `${text}\u0000`,
  (text) => `${text} ${text}`,
  (text) => `\ufeff${text}`,
];

/** Whether there are invalid ones of the role. */
export const hasInvalid = (role) => TABLES[role] !== undefined;

/** @returns {string} a string that is none of the role */
export const plainInvalid = (random, role) => {
  const source = SOURCES[role];
  if (source === undefined || chance(random, 0.6)) return pick(random, TABLES[role]);
  return pick(random, SPOILS)(source(random));
};
