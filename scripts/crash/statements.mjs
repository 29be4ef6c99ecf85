import { createHash } from 'node:crypto';
import { createUuid, pick } from '../bench/random.mjs';
import { becomes, token, writeSent, writeStored } from './write-json.mjs';

/** The extension by which every statement is found again, whoever chose its id. */
const NONCE = 'https://example.org/crash/nonce';
const NONCE_IN_TEXT = /"https:\/\/example\.org\/crash\/nonce":"([^"]+)"/;
const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';
const USAGE = 'http://example.org/attachment-usage/work';

const VERBS = [
  'answered',
  'attempted',
  'completed',
  'experienced',
  'failed',
  'passed',
  'progressed',
  'voted',
];
const NUMBERS = ['0.10', '1e2', '42', '7.000', '12345678901234567890', '-0', '3.14159265358979323846'];
const WORDS = ['caf\\u00e9', 'caf\u00e9', '\\ud83d\\ude00', 'a\\/b', 'tab\\there', '\\u0041', '\u6c34'];

/**
 * @typedef {object} StatementRecord what the journal knows of one statement that was sent
 * @property {string} nonce
 * @property {string | undefined} id lower case; unknown until the answer if the LRS is to mint it
 * @property {unknown} value what it was written from
 * @property {string} sent
 * @property {string} stored what its stored text begins with
 * @property {string} family
 * @property {string | undefined} voids the id that it voids
 * @property {readonly string[]} attachments sha2 of what came with it
 */

/** @param {string} text */
export const nonceOf = (text) => NONCE_IN_TEXT.exec(text)?.[1];

const agent = (random) => {
  const number = Math.floor(random() * 40);
  if (number % 3 === 0) {
    return { objectType: 'Agent', account: { homePage: 'https://example.org', name: `learner-${number}` } };
  }
  return { name: `Learner ${number}`, mbox: `mailto:learner-${number}@example.org` };
};

const activityId = (random) => `https://example.org/course/${Math.floor(random() * 60)}`;

const activity = (random) => {
  const id = activityId(random);
  if (random() < 0.5) return { id };
  return { objectType: 'Activity', id, definition: { name: { en: token(`"${pick(random, WORDS)}"`) } } };
};

/** A lone activity is bracketed when it is stored, which only 1.0.3 knows. */
const contextActivities = (random, family) => {
  const one = { id: activityId(random) };
  return family === '1.0.3' && random() < 0.5 ? becomes(one, [one]) : [one, { id: activityId(random) }];
};

const contextOf = (random, nonce, family) => ({
  ...(random() < 0.3 ? { registration: createUuid(random) } : {}),
  ...(random() < 0.5 ? { contextActivities: { parent: contextActivities(random, family) } } : {}),
  extensions: { [NONCE]: nonce, 'https://example.org/crash/padding': 'x'.repeat(Math.floor(random() * 400)) },
});

/** With an offset it is stored in UTC, at its own precision. */
const timestamp = (random) => {
  const second = String(Math.floor(random() * 60)).padStart(2, '0');
  if (random() < 0.5) return `2026-03-01T08:15:${second}.120Z`;
  return becomes(`2026-03-01T10:15:${second}.120+02:00`, `2026-03-01T08:15:${second}.120Z`);
};

const result = (random) => ({
  success: random() < 0.5,
  score: { raw: token(pick(random, NUMBERS)) },
  response: token(`"${pick(random, WORDS)}"`),
});

const attachmentOf = ({ sha2, contentType, body }) => ({
  usageType: USAGE,
  display: { en: 'work' },
  contentType,
  length: body.length,
  sha2,
});

const verbAndObject = (random, { voids, refersTo }) => {
  if (voids !== undefined) return { verb: { id: VOIDED }, object: { objectType: 'StatementRef', id: voids } };
  const verb = { id: `http://adlnet.gov/expapi/verbs/${pick(random, VERBS)}`, display: { 'en-US': 'did' } };
  if (refersTo !== undefined) return { verb, object: { objectType: 'StatementRef', id: refersTo } };
  return { verb, object: activity(random) };
};

/**
 * @param {() => number} random
 * @param {{ nonce: string, family: string, id?: string, voids?: string, refersTo?: string, files?: readonly any[] }} wish
 * @returns {StatementRecord}
 */
export const createStatement = (random, wish) => {
  const { nonce, family, id, voids, files = [] } = wish;
  const value = {
    ...(random() < 0.1 ? { stored: becomes('2020-01-01T00:00:00Z', undefined) } : {}),
    ...(id === undefined ? {} : { id }),
    actor: agent(random),
    ...verbAndObject(random, wish),
    ...(voids === undefined && random() < 0.5 ? { result: result(random) } : {}),
    context: contextOf(random, nonce, family),
    ...(random() < 0.4 ? { timestamp: timestamp(random) } : {}),
    ...(files.length > 0 ? { attachments: files.map(attachmentOf) } : {}),
  };
  return recordOf(random, value, {
    nonce,
    family,
    id: id?.toLowerCase(),
    voids: voids?.toLowerCase(),
    files,
  });
};

const recordOf = (random, value, { nonce, family, id, voids, files }) => ({
  nonce,
  id,
  value,
  sent: writeSent(value, random),
  stored: writeStored(value).slice(0, -1),
  family,
  voids,
  attachments: files.map(({ sha2 }) => sha2),
});

/** Another statement under the id of a known one, which no LRS may take. */
export const contradict = (random, { value, id, family }) => {
  const other = { ...value, id, verb: { id: 'https://example.org/verbs/contradicted' } };
  return { sent: writeSent(other, random), family };
};

/** The id as a client may spell it too. */
export const newId = (random) => (random() < 0.9 ? createUuid(random) : createUuid(random).toUpperCase());

/** Bytes to attach. */
export const createFile = (random, size) => {
  const body = Buffer.allocUnsafe(size);
  for (let at = 0; at < size; at += 1) body[at] = Math.floor(random() * 256);
  return {
    sha2: createHash('sha256').update(body).digest('hex'),
    contentType: 'application/octet-stream',
    body,
  };
};
