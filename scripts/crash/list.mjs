import { createClient } from './client.mjs';
import { nonceOf } from './statements.mjs';

/** Lists of statements, read as a client that follows `more` reads them. */

const STORED = ',"stored":"';
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = [0x7b, 0x5b];
const CLOSING = [0x7d, 0x5d];

/** Where the JSON string that begins at `from` ends. */
const behindString = (text, from) => {
  let at = from + 1;
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
};

/** Where the JSON object that begins at `from` ends. */
const behindObject = (text, from) => {
  let depth = 0;
  let at = from;
  do {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = behindString(text, at);
      continue;
    }
    if (OPENING.includes(code)) depth += 1;
    else if (CLOSING.includes(code)) depth -= 1;
    at += 1;
  } while (depth > 0);
  return at;
};

/** The exact text of each statement of a StatementResult, and its `more`. */
const readPage = (text) => {
  const head = '{"statements":[';
  if (!text.startsWith(head)) throw new Error(`This is no page of statements: ${text.slice(0, 200)}`);
  const texts = [];
  let at = head.length;
  while (text[at] !== ']') {
    const end = behindObject(text, at);
    texts.push(text.slice(at, end));
    at = text[end] === ',' ? end + 1 : end;
  }
  return { texts, more: JSON.parse(`{${text.slice(at + 2)}`).more };
};

/** `stored` as the LRS wrote it, behind all that the sender wrote. */
export const storedOf = (text) => {
  const at = text.lastIndexOf(STORED) + STORED.length;
  return text.slice(at, text.indexOf('"', at));
};

const MICROSECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/**
 * Every statement of a list, oldest first, page by page. That `stored` ascends strictly is seen to here: with it
 * no page repeats anything.
 * @param {(sentence: string) => void} violate
 */
export async function* listAscending(client, violate, { since = '', limit }) {
  let last = since;
  const from = since === '' ? '' : `&since=${encodeURIComponent(since)}`;
  for (let path = `statements?ascending=true&limit=${limit}${from}`; path !== ''; ) {
    const { texts, more } = await getPage(client, path);
    for (const text of texts) {
      const stored = storedOf(text);
      if (!isAfter(stored, last)) violate(`stored ${stored} comes after ${last} in a list`);
      last = stored;
      yield text;
    }
    path = more;
  }
}

const isAfter = (stored, last) => MICROSECONDS.test(stored) && stored > last;

const getPage = async (client, path) => {
  const { status, body } = await client.send({ method: 'GET', path });
  if (status !== 200) throw new Error(`GET ${path} was answered with ${status}: ${body}`);
  return readPage(body.toString());
};

/** Pages while others write: all that was acknowledged before is there, and nothing that an LRS swore complete comes later. */
export const pageUnderLoad = async (journal, server) => {
  const client = createClient(server, journal.heard);
  const owed = new Set();
  for (const record of journal.statements.values()) {
    if (record.acknowledged && record.round === journal.round()) owed.add(record.nonce);
  }
  const since = journal.settled;
  try {
    const rules = { limit: 40, ...(since === undefined ? {} : { since }) };
    for await (const text of listAscending(client, journal.violate, rules)) owed.delete(nonceOf(text));
  } finally {
    client.close();
  }
  for (const nonce of owed) {
    const record = journal.statements.get(nonce);
    if (!journal.voidedIds.has(record.id))
      journal.violate(`${record.id} was acknowledged, but a list has skipped it`);
  }
};
