/**
 * A shelf of documents that one connection alone writes, so that their order is known: what may be on it is the
 * shelf after the last answered request, or after the one that was not answered.
 * @typedef {object} Shelf
 * @property {string} path
 * @property {string} address the parameters that all its documents share
 * @property {string} idName
 * @property {boolean} guarded whether PUT needs If-Match or If-None-Match
 * @property {boolean} clears whether DELETE without an id empties it
 * @property {readonly Map<string, Kept>[]} mayBe
 */

/** @typedef {{ contentType: string, bytes: Buffer, members?: Map<string, string> }} Kept */

const IDS = ['bookmark', 'cmi.suspend_data', 'a/b c', 'notes'];
const JSON_TYPE = 'application/json';

const parameters = (values) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

/** @returns {Shelf[]} */
export const createShelves = (name) => {
  const agent = JSON.stringify({ mbox: `mailto:${name}@example.org` });
  const activityId = `https://example.org/shelf/${name}`;
  const shelf = (path, address, idName, rules) => ({
    path,
    address: parameters(address),
    idName,
    guarded: false,
    clears: false,
    mayBe: [new Map()],
    ...rules,
  });
  return [
    shelf('activities/state', { activityId, agent }, 'stateId', { clears: true }),
    shelf('agents/profile', { agent }, 'profileId', { guarded: true }),
    shelf('activities/profile', { activityId }, 'profileId', { guarded: true }),
  ];
};

export const pathOf = ({ path, address, idName }, id) =>
  `${path}?${address}${id === undefined ? '' : `&${idName}=${encodeURIComponent(id)}`}`;

const jsonMembers = (random) =>
  new Map(
    ['a', 'b', 'c', 'long']
      .filter(() => random() < 0.6)
      .map((key) => [
        key,
        key === 'long' ? `"${'y'.repeat(Math.floor(random() * 30_000))}"` : String(random()),
      ]),
  );

const compact = (members) =>
  Buffer.from(`{${[...members].map(([key, text]) => `"${key}":${text}`).join(',')}}`);

/** @returns {Kept} */
const newContent = (random) => {
  if (random() < 0.3) {
    const bytes = Buffer.alloc(1 + Math.floor(random() * 100_000), Math.floor(random() * 256));
    return { contentType: 'application/octet-stream', bytes };
  }
  const members = jsonMembers(random);
  return { contentType: JSON_TYPE, bytes: compact(members), members };
};

const changed = (shelf, change) => {
  const next = new Map(shelf);
  change(next);
  return next;
};

/** Sends a change of a shelf; whatever comes of it, `mayBe` says what may be there. */
const change = async ({ client, journal }, shelf, sending, next, expected) => {
  const [now] = shelf.mayBe;
  const refused = expected >= 300;
  if (!refused) shelf.mayBe = [now, next];
  const exchange = journal.note({ shelf, now, next: refused ? now : next });
  exchange.answer = await client.send(sending);
  const { status, body } = exchange.answer;
  if (status !== expected) {
    journal.violate(
      `${sending.method} ${sending.path}: ${status}, not ${expected}: ${body.toString().slice(0, 200)}`,
    );
    return;
  }
  if (refused) return;
  shelf.mayBe = [next];
  journal.counts.documents += 1;
};

/** Reads a document under load; answers its ETag. */
const readEtag = async ({ client, journal }, shelf, id) => {
  const kept = shelf.mayBe[0].get(id);
  const { status, headers, body } = await client.send({ method: 'GET', path: pathOf(shelf, id) });
  if (status !== (kept === undefined ? 404 : 200) || (kept !== undefined && !kept.bytes.equals(body))) {
    journal.violate(`${pathOf(shelf, id)} is not as it was last written (${status}, ${body.length} bytes)`);
  }
  return headers.etag;
};

const put = async (connection, shelf, id) => {
  const { random } = connection;
  const content = newContent(random);
  const isThere = shelf.mayBe[0].has(id);
  const headers = { 'Content-Type': content.contentType };
  let expected = 204;
  if (random() < 0.1) {
    headers['If-Match'] = '"0000000000000000000000000000000000000000"';
    expected = 412;
  } else if (isThere && (shelf.guarded || random() < 0.3)) {
    headers['If-Match'] = await readEtag(connection, shelf, id);
  } else if (!isThere && (shelf.guarded || random() < 0.3)) headers['If-None-Match'] = '*';
  const next = changed(shelf.mayBe[0], (map) => map.set(id, content));
  const sending = { method: 'PUT', path: pathOf(shelf, id), headers, body: content.bytes };
  await change(connection, shelf, sending, next, expected);
};

const merge = async (connection, shelf, id) => {
  const present = shelf.mayBe[0].get(id);
  if (present !== undefined && present.members === undefined) return;
  const members = jsonMembers(connection.random);
  const merged = new Map([...(present?.members ?? []), ...members]);
  const kept = { contentType: JSON_TYPE, bytes: compact(merged), members: merged };
  const next = changed(shelf.mayBe[0], (map) => map.set(id, kept));
  const headers = { 'Content-Type': JSON_TYPE };
  const sending = { method: 'POST', path: pathOf(shelf, id), headers, body: compact(members) };
  await change(connection, shelf, sending, next, 204);
};

const remove = async (connection, shelf, id) => {
  const next = changed(shelf.mayBe[0], (map) => map.delete(id));
  await change(connection, shelf, { method: 'DELETE', path: pathOf(shelf, id) }, next, 204);
};

const clear = async (connection, shelf) => {
  await change(connection, shelf, { method: 'DELETE', path: pathOf(shelf) }, new Map(), 204);
};

/** One request to one of the connection's own documents. */
export const changeDocument = async (connection) => {
  const { random } = connection;
  const shelf = connection.shelves[Math.floor(random() * connection.shelves.length)];
  const id = IDS[Math.floor(random() * IDS.length)];
  const what = random();
  if (what < 0.5) await put(connection, shelf, id);
  else if (what < 0.8) await merge(connection, shelf, id);
  else if (what < 0.95 || !shelf.clears) await remove(connection, shelf, id);
  else await clear(connection, shelf);
};

const equalTo = (read) => (shelf) =>
  shelf.size === read.size && [...shelf].every(([id, { bytes }]) => read.get(id)?.equals(bytes) === true);

/** After a restart each shelf is, as a whole, one of those that it may be. */
export const checkShelf = async (journal, client, shelf) => {
  const list = await client.send({ method: 'GET', path: pathOf(shelf) });
  const read = new Map();
  for (const id of JSON.parse(list.body.toString())) {
    const { status, body } = await client.send({ method: 'GET', path: pathOf(shelf, id) });
    if (status !== 200) journal.violate(`${pathOf(shelf, id)} is listed, but reading it gave ${status}`);
    read.set(id, body);
  }
  journal.counts.read += read.size;
  const found = shelf.mayBe.find(equalTo(read));
  if (found === undefined) {
    journal.counts.lost += 1;
    const sizes = (map) => [...map].map(([id, one]) => `${id} ${(one.bytes ?? one).length}`).join(', ');
    journal.violate(
      `${pathOf(shelf)} holds [${sizes(read)}], which is none of [${shelf.mayBe.map(sizes).join('] [')}]`,
    );
  }
  shelf.mayBe = [found ?? shelf.mayBe[0]];
};
