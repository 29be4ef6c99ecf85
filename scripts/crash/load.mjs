import { createRandom, createSampler } from '../bench/random.mjs';
import { createClient } from './client.mjs';
import { overwrite } from './contested.mjs';
import { changeDocument } from './documents.mjs';
import { pageUnderLoad } from './list.mjs';
import {
  arrive,
  attachAgain,
  attachLarge,
  attachSmall,
  conflict,
  postBatch,
  postOne,
  postPartlyKnown,
  putOne,
  readBack,
  referAhead,
  referBack,
  sendAgain,
  voidOne,
} from './statement-acts.mjs';

/** What a connection does, and how often. */
const ACTS = [
  [postOne, 22],
  [putOne, 12],
  [postBatch, 14],
  [sendAgain, 7],
  [postPartlyKnown, 4],
  [(connection) => conflict(connection), 5],
  [attachSmall, 4],
  [attachLarge, 2],
  [attachAgain, 2],
  [voidOne, 4],
  [referAhead, 3],
  [arrive, 3],
  [referBack, 2],
  [readBack, 4],
  [changeDocument, 14],
  [overwrite, 4],
];

const sample = createSampler(ACTS.map(([, weight]) => weight));

const CONNECTIONS = 8;
/** A seed for each connection of each round. */
const APART = 1000;

/**
 * Sends from several connections until the server is gone. What a connection was waiting for stays unanswered.
 * @param {object} crash what outlives the server: journal, shelves by connection, contested documents, seed
 * @param {{ url: string, key: string, secret: string, isAlive: () => boolean }} server
 * @returns {Promise<void>}
 */
export const runLoad = async ({ journal, shelves, contested, seed }, server) => {
  const sendAll = async (at) => {
    const random = createRandom(seed * APART * APART + journal.round() * APART + at);
    const client = createClient(server, journal.heard);
    const connection = { name: `c${at}`, random, journal, client, shelves: shelves[at], contested };
    await untilGone(journal, server, () => ACTS[sample(random)][0](connection));
    client.close();
  };
  const reading = untilGone(journal, server, () => pageUnderLoad(journal, server));
  await Promise.all([reading, ...shelves.map((_own, at) => sendAll(at))]);
};

/** @type {readonly number[]} */
export const CONNECTION_NUMBERS = Array.from({ length: CONNECTIONS }, (_, at) => at);

const untilGone = async (journal, server, act) => {
  try {
    while (server.isAlive()) await act();
  } catch (error) {
    await server.dying();
    if (server.isAlive()) journal.violate(`no answer, though the server runs: ${error.stack ?? error}`);
  }
};
