import { createUuid } from '../bench/random.mjs';
import { listAscending, storedOf } from './list.mjs';
import { readAttachments } from './multipart.mjs';
import { nonceOf } from './statements.mjs';

/** What the LRS sets itself, behind the sender's own tokens. */
const ADDED =
  /^(,"id":"([0-9a-f-]{36})")?,"stored":"([^"]+)"(,"timestamp":"\3")?,"authority":\{"objectType":"Agent","account":\{[^{}]+\}\}(,"version":"(1\.0\.0|2\.0\.0)")?\}$/;

const PAGE = 1000;
/** How many of the earlier rounds' statements are read by id too. */
const SAMPLE = 200;
const AT_ONCE = 8;

const byId = (id, voided = false) => ({
  method: 'GET',
  path: `statements?${voided ? 'voidedStatementId' : 'statementId'}=${id}`,
});

/** Calls `act` for each, several at once. */
const forEachOf = async (all, act) => {
  const work = [...all];
  const next = async () => {
    for (let one = work.pop(); one !== undefined; one = work.pop()) await act(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
};

/** Holds a stored text against what was sent, or against what was read of it before. */
const checkText = (journal, record, text) => {
  if (record.text !== undefined) {
    if (record.text !== text) journal.violate(`${record.id} has changed from ${record.text} to ${text}`);
    return;
  }
  const added = text.startsWith(record.stored) ? ADDED.exec(text.slice(record.stored.length)) : null;
  const id = added?.[2];
  if (added === null || (id === undefined) !== 'id' in record.value) {
    journal.violate(`${record.sent} was stored as ${text}`);
  }
  if (record.through !== '' && storedOf(text) <= record.through) {
    journal.violate(
      `${record.nonce}, sent after Consistent-Through ${record.through}, was stored ${storedOf(text)}`,
    );
  }
  record.text = text;
  record.id ??= id;
};

const see = (journal, text, found) => {
  const record = journal.statements.get(nonceOf(text) ?? '');
  if (record === undefined) {
    journal.violate(`nobody sent ${text}`);
    return;
  }
  if (found.has(record)) journal.violate(`${record.nonce} is stored more than once: ${text}`);
  found.add(record);
  checkText(journal, record, text);
};

/** What is listed, and what is voided and therefore not listed; both as the server has them. */
const survey = async (journal, client) => {
  const listed = new Set();
  for await (const text of listAscending(client, journal.violate, { limit: PAGE })) {
    see(journal, text, listed);
    journal.settled = storedOf(text);
  }
  const hidden = new Set();
  const rest = [...journal.statements.values()].filter((one) => !listed.has(one) && one.id !== undefined);
  await forEachOf(
    rest.filter(({ never }) => !never),
    async (record) => {
      const { status, body } = await client.send(byId(record.id, true));
      if (status === 200) see(journal, body.toString(), hidden);
    },
  );
  return { listed, hidden };
};

/** I1: all that was acknowledged is there, and nothing that was refused. */
const checkRecord = (journal, record) => {
  if (record.acknowledged && !record.present) {
    journal.counts.lost += 1;
    journal.violate(`${record.id} was acknowledged in round ${record.round} and is lost`);
  }
  if (record.never && record.present) journal.violate(`${record.nonce} was refused, but is stored`);
};

/** I2: what was not answered is there as a whole or not at all. */
const checkUnanswered = (journal, { fresh, sending }) => {
  if (fresh.length === 0) return;
  const there = fresh.filter(({ present }) => present).length;
  journal.counts[there > 0 ? 'there' : 'notThere'] += 1;
  if (there > 0 && there < fresh.length) {
    journal.violate(`${there} of ${fresh.length} statements of one unanswered ${sending.method} are stored`);
  }
};

const checkPresence = (journal, { listed, hidden }) => {
  for (const record of journal.statements.values()) {
    record.present = listed.has(record) || hidden.has(record);
    checkRecord(journal, record);
  }
  for (const posted of journal.pending) checkUnanswered(journal, posted);
};

/** Voided is what a stored statement voids, unless it is voiding itself (V-1). */
const checkVoided = (journal, { listed, hidden }) => {
  const records = [...journal.statements.values()];
  const targets = new Set(records.filter(({ present }) => present).map(({ voids }) => voids ?? ''));
  for (const record of records) {
    record.voided = record.voids === undefined && targets.has(record.id);
    if (record.voided && listed.has(record)) journal.violate(`${record.id} is voided, but listed`);
    if (!record.voided && hidden.has(record)) journal.violate(`${record.id} is hidden, but nothing voids it`);
  }
};

const checkById = async (journal, client, records) => {
  await forEachOf(records, async (record) => {
    const { status, body } = await client.send(byId(record.id, record.voided));
    if (status !== 200 || body.toString() !== record.text) {
      journal.violate(`reading ${record.id} by its id gave ${status}, not what the list has`);
    }
    journal.counts.read += 1;
    if (!record.voided) return;
    const shown = await client.send(byId(record.id));
    if (shown.status !== 404) journal.violate(`${record.id} is voided, but can be read as if it were not`);
  });
};

const checkAttachments = async (journal, client, records) => {
  await forEachOf(
    records.filter(({ attachments }) => attachments.length > 0),
    async ({ id, voided, attachments }) => {
      const sending = byId(id, voided);
      const { headers, body } = await client.send({ ...sending, path: `${sending.path}&attachments=true` });
      const read = readAttachments(headers['content-type'] ?? '', body);
      for (const sha2 of attachments) {
        if (read.get(sha2)?.equals(journal.files.get(sha2)) === true) continue;
        journal.counts.lost += 1;
        journal.violate(`the attachment ${sha2} of ${id} is not what was sent`);
      }
    },
  );
};

const sampled = (journal, random, everything) => {
  const present = [...journal.statements.values()].filter((one) => one.present);
  if (everything) return present;
  const share = SAMPLE / (present.length + 1);
  return present.filter(({ round }) => round === journal.round() || random() < share);
};

/**
 * Everything that has been acknowledged is there exactly once and byte-equal, and nothing is there by halves.
 * `everything`: each is read by its id too, not only those of the last round and some of the others.
 */
export const checkStatements = async (journal, client, random, everything) => {
  const found = await survey(journal, client);
  checkPresence(journal, found);
  checkVoided(journal, found);
  const records = sampled(journal, random, everything);
  await checkById(journal, client, records);
  await checkAttachments(journal, client, records);
  const unknown = await client.send(byId(createUuid(random)));
  if (unknown.status !== 404) journal.violate(`a statement that nobody sent was found: ${unknown.status}`);
};
