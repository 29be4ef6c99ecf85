import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Looks at a copy of a data folder that no server has open. */

const STATEMENT = 0x01;

/** Every position from 1 on, `stored` ascending; answers how many statements there are. */
const checkLog = (database, violate) => {
  let expected = 1;
  let last = 0;
  let statements = 0;
  for (const { position, stored, op } of database
    .prepare('select position, stored, op from entry order by position')
    .iterate()) {
    if (position !== expected) violate(`position ${position} stands where ${expected} is due`);
    if (stored <= last) violate(`position ${position} was stored at ${stored}, not after ${last}`);
    expected = position + 1;
    last = stored;
    if (op === STATEMENT) statements += 1;
  }
  return statements;
};

/** Each attachment that the log names and does not hold is a file with just these bytes. */
const checkFiles = (database, folder, violate) => {
  for (const { sha2, length } of database
    .prepare('select sha2, length from attachment where body is null')
    .iterate()) {
    const path = join(folder, 'attachments', sha2.slice(0, 2), sha2);
    const body = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const hash = createHash('sha256').update(body).digest('hex');
    if (body.length !== length || hash !== sha2)
      violate(`the log names the attachment ${sha2}, which is not whole`);
  }
};

/** Files that were being written when the server was killed. */
export const countLeftOvers = (folder) => {
  const attachments = join(folder, 'attachments');
  if (!existsSync(attachments)) return 0;
  return readdirSync(attachments, { recursive: true }).filter((name) => name.endsWith('.part')).length;
};

const digestOf = async (open, url) => {
  const storage = await open(url);
  const digest = await storage.indexDigest();
  await storage.close();
  return digest;
};

/**
 * The log has no gap, its attachments are whole, and the index that the server left (brought up to the log's head,
 * as at any start) is equal to one that is made anew.
 * @param {Awaited<ReturnType<typeof import('./open-store.mjs').loadStore>>} store
 * @param {string} folder of the data; not changed
 * @param {(sentence: string) => void} violate
 * @returns {Promise<number>} how many statements the log has
 */
export const checkStore = async (store, folder, violate) => {
  const copy = mkdtempSync(`${folder}-copy-`);
  try {
    cpSync(folder, copy, { recursive: true, filter: (path) => !statSync(path).isSocket() });
    const url = `sqlite:${copy}`;
    const live = await digestOf(store.openStorage, url);
    const rebuilt = await digestOf(store.rebuildStorage, url);
    if (live !== rebuilt)
      violate(`the index has the digest ${live}; made anew from the log it has ${rebuilt}`);
    const database = await store.openDatabase(join(copy, 'log.db'), 'FULL', 8);
    const statements = checkLog(database, violate);
    checkFiles(database, copy, violate);
    database.close();
    return statements;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};
