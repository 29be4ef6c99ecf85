import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom, pick } from '../bench/random.mjs';
import { createClient } from '../crash/client.mjs';

const CONNECTIONS = 3;
const MOST_AT_ONCE = 12;
const PAUSE_MILLISECONDS = 25;
/** A seed for each connection of each round. */
const APART = 1000;
const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';
const JSON_TYPE = { 'Content-Type': 'application/json' };

const idFrom = (random) => {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** What a connection does next: learning, some of it voided before or after it comes, or who is who. */
const nextSending = ({ oracle, random, ids, seed }) => {
  if (random() < 0.12) return peopleSending(oracle, random, seed);
  const many = 1 + Math.floor(random() * MOST_AT_ONCE);
  const statements = oracle.sampleLearning(seed(), many).map(({ authority: _, ...statement }) => {
    const id =
      random() < 0.3 && ids.length > 0 ? ids.splice(Math.floor(random() * ids.length), 1)[0] : idFrom(random);
    return { id, ...statement };
  });
  if (random() < 0.4) {
    const early = idFrom(random);
    const target = random() < 0.5 ? pick(random, statements).id : early;
    if (target === early) ids.push(early);
    const object = { objectType: 'StatementRef', id: target };
    statements.push({
      id: idFrom(random),
      actor: oracle.sampleIdentifiers(seed(), 1)[0],
      verb: { id: VOIDED },
      object,
    });
  }
  return { method: 'POST', path: 'statements', headers: JSON_TYPE, body: JSON.stringify(statements) };
};

const peopleSending = (oracle, random, seed) => {
  const identifiers = oracle.sampleIdentifiers(seed(), 2);
  const split = random() < 0.4;
  const body = { identifiers, why: 'the test says so', ...(split ? { together: random() < 0.5 } : {}) };
  const path = `/api/v1/people/${split ? 'splits' : 'merges'}`;
  return { method: 'POST', path, headers: JSON_TYPE, body: JSON.stringify(body) };
};

/** Requests that a server may well refuse: a merge of one, a statement whose id is taken, or what came too much. */
const MAY_BE = [200, 201, 400, 409, 503];

/**
 * Sends from several connections until the server is gone.
 * @param {object} crash what outlives the server
 * @param {{ url: string, key: string, secret: string, isAlive: () => boolean, dying: () => Promise<unknown> }} server
 */
export const runLoad = async (crash, server) => {
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, at) => sendAll(crash, server, at)));
};

const sendAll = async (crash, server, at) => {
  const random = createRandom(crash.seed * APART * APART + crash.round * APART + at);
  const client = createClient(server);
  const connection = { oracle: crash.oracle, random, ids: [], seed: () => Math.floor(random() * 2 ** 31) };
  try {
    while (server.isAlive()) await sendOne(crash, client, nextSending(connection), random);
  } catch (error) {
    await server.dying();
    if (server.isAlive()) crash.violate(`no answer, though the server runs: ${error.stack ?? error}`);
  } finally {
    client.close();
  }
};

const sendOne = async ({ count, violate }, client, sending, random) => {
  const { status, body } = await client.send(sending);
  count(status);
  if (!MAY_BE.includes(status)) violate(`${sending.path} was answered with ${status}: ${body}`);
  await sleep(random() * PAUSE_MILLISECONDS);
};
