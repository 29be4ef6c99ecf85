import { createUuid, pick } from '../bench/random.mjs';
import { post } from './journal.mjs';
import { writeParts } from './multipart.mjs';
import { contradict, createFile, createStatement, newId } from './statements.mjs';

/**
 * @typedef {object} Connection one of several that send at the same time
 * @property {string} name
 * @property {() => number} random
 * @property {ReturnType<typeof import('./journal.mjs').createJournal>} journal
 * @property {ReturnType<typeof import('./client.mjs').createClient>} client
 */

const STORED = [200, 204];
const CONFLICT = [409];

let nonces = 0;

const statement = ({ name, random, journal }, wish, never = false) => {
  nonces += 1;
  const nonce = `${name}-${journal.round()}-${nonces}`;
  return journal.intend(createStatement(random, { family: '1.0.3', ...wish, nonce }), never);
};

const headersFor = (family, contentType = 'application/json') => ({
  'Content-Type': contentType,
  'X-Experience-API-Version': family,
});

const postOf = (texts, fresh, { family = '1.0.3', expects = STORED } = {}) => ({
  sending: {
    method: 'POST',
    path: 'statements',
    headers: headersFor(family),
    body: texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`,
  },
  fresh,
  expects,
  mayBeSentAgain: fresh.every(({ id }) => id !== undefined),
});

const putOf = (id, text, fresh, { family = '1.0.3', expects = STORED } = {}) => ({
  sending: { method: 'PUT', path: `statements?statementId=${id}`, headers: headersFor(family), body: text },
  fresh,
  expects,
  mayBeSentAgain: true,
});

/** Sends it, and remembers it for being sent again. */
const store = async (connection, posted) => {
  if (posted.mayBeSentAgain) connection.journal.requests.push(posted);
  await post(connection.journal, connection.client, posted);
};

const anyFamily = (random) => (random() < 0.7 ? '1.0.3' : '2.0.0');

export const postOne = async (connection) => {
  const { random } = connection;
  const family = anyFamily(random);
  const record = statement(connection, { family, ...(random() < 0.7 ? { id: newId(random) } : {}) });
  await store(connection, postOf([record.sent], [record], { family }));
};

export const putOne = async (connection) => {
  const { random } = connection;
  const family = anyFamily(random);
  const id = newId(random);
  const record = statement(connection, { family, id });
  await store(connection, putOf(id, record.sent, [record], { family }));
};

export const postBatch = async (connection) => {
  const { random } = connection;
  const size = 2 + Math.floor(random() * 49);
  const named = random() < 0.7;
  const records = Array.from({ length: size }, () =>
    statement(connection, named ? { id: newId(random) } : {}),
  );
  await store(
    connection,
    postOf(
      records.map(({ sent }) => sent),
      records,
    ),
  );
};

/** Any earlier request once more, even one that is still under way. */
export const sendAgain = async ({ random, journal, client }) => {
  const { requests } = journal;
  if (requests.length === 0) return;
  const recent = requests.slice(-200);
  await post(journal, client, pick(random, random() < 0.7 ? recent : requests));
};

const known = ({ random, journal }) => {
  const posted = journal.requests.length === 0 ? undefined : pick(random, journal.requests);
  return posted?.fresh.find(({ acknowledged, never }) => acknowledged && !never);
};

/** A batch of which some are there already: they are no error, the others are stored. */
export const postPartlyKnown = async (connection) => {
  const old = known(connection);
  if (old === undefined) return;
  const { random } = connection;
  const { family } = old;
  const fresh = [1, 2, 3].map(() => statement(connection, { family, id: newId(random) }));
  if (old.attachments.length > 0) return;
  await store(connection, postOf([old.sent, ...fresh.map(({ sent }) => sent)], fresh, { family }));
};

/** A known id with other contents: refused, with all that came with it. */
export const conflict = async (connection, old = known(connection)) => {
  if (old === undefined || old.attachments.length > 0) return;
  const { random, journal, client } = connection;
  const { sent, family } = contradict(random, old);
  const rules = { family, expects: CONFLICT };
  if (random() < 0.4) {
    await post(journal, client, putOf(old.id, sent, [], rules));
    return;
  }
  const refused = random() < 0.5 ? [] : [statement(connection, { family, id: newId(random) }, true)];
  await post(journal, client, postOf([...refused.map((one) => one.sent), sent], refused, rules));
};

const attach = async (connection, file) => {
  const { random, journal } = connection;
  journal.files.set(file.sha2, file.body);
  const record = statement(connection, { id: newId(random), files: [file] });
  const { contentType, body } = writeParts(record.sent, [file], createUuid(random));
  const posted = postOf([record.sent], [record]);
  const sending = { ...posted.sending, headers: headersFor('1.0.3', contentType), body };
  await store(connection, { ...posted, sending });
};

export const attachSmall = (connection) =>
  attach(connection, createFile(connection.random, 1 + Math.floor(connection.random() * 8000)));

/** Kept as files beside the log. */
export const attachLarge = (connection) =>
  attach(connection, createFile(connection.random, 65_537 + Math.floor(connection.random() * 200_000)));

/** The bytes of another statement's attachment, which may be under way at this moment. */
export const attachAgain = async (connection) => {
  const { random, journal } = connection;
  const sha2 = [...journal.files.keys()].at(-1 - Math.floor(random() * 3));
  if (sha2 === undefined) return;
  await attach(connection, { sha2, contentType: 'application/octet-stream', body: journal.files.get(sha2) });
};

export const voidOne = async (connection) => {
  const target = known(connection);
  if (target === undefined) return;
  const { random, journal } = connection;
  journal.voidedIds.add(target.id);
  const record = statement(connection, { id: newId(random), voids: target.id });
  await store(connection, postOf([record.sent], [record]));
};

/** Voids or refers to a statement that is not there yet. */
export const referAhead = async (connection) => {
  const { random, journal } = connection;
  const target = createUuid(random);
  journal.awaited.push(target);
  const voids = random() < 0.5;
  if (voids) journal.voidedIds.add(target);
  const record = statement(connection, {
    id: newId(random),
    ...(voids ? { voids: target } : { refersTo: target }),
  });
  await store(connection, postOf([record.sent], [record]));
};

/** A statement that others have been waiting for. */
export const arrive = async (connection) => {
  const id = connection.journal.awaited.shift();
  if (id === undefined) return;
  const record = statement(connection, { id });
  await store(connection, putOf(id, record.sent, [record]));
};

export const referBack = async (connection) => {
  const target = known(connection);
  if (target === undefined) return;
  const record = statement(connection, { id: newId(connection.random), refersTo: target.id });
  await store(connection, postOf([record.sent], [record]));
};

/** What has been acknowledged can be read at once. */
export const readBack = async (connection) => {
  const { journal, client } = connection;
  const record = known(connection);
  if (record === undefined || journal.voidedIds.has(record.id)) return;
  const { status, body } = await client.send({ method: 'GET', path: `statements?statementId=${record.id}` });
  const raced = status === 404 && journal.voidedIds.has(record.id);
  if (raced || (status === 200 && body.toString().startsWith(record.stored))) return;
  journal.violate(`${record.id} was acknowledged, but reading it gave ${status}`);
};
