import { setTimeout as sleep } from 'node:timers/promises';
import { checkedAttachment } from './attachments.ts';
import { credentialOf } from './credentials.ts';
import type { Database, Row, Value } from './database.ts';
import { documentOf } from './documents.ts';
import { entryReader } from './entry-reader.ts';
import { type INDEX_ROWS, wholeRow } from './index-tables.ts';
import { damage, isWhole } from './row-sum.ts';

/** So many rows are looked at in a go; no longer is a read transaction, which keeps a write-ahead log from beginning anew. */
const SLICE = 500;
/** Of all the time no more than a quarter. */
const REST = 3;

type Table = {
  readonly name: string;
  readonly keys: readonly string[];
  /** @throws Error when a row is not as it was written. */
  readonly check: (row: Row) => unknown;
};

const setting = (row: Row): void => {
  if (!isWhole(row, 'name', 'value')) throw damage('log.db', `the setting ${row['name']}`);
};

const LOG_TABLES: readonly Table[] = [
  { name: 'setting', keys: ['name'], check: setting },
  { name: 'credential', keys: ['id'], check: credentialOf },
  { name: 'attachment', keys: ['sha2'], check: checkedAttachment },
  {
    name: 'document',
    keys: ['resource', 'activity', 'agent', 'registration', 'id'],
    check: documentOf,
  },
];

const indexTable = (name: keyof typeof INDEX_ROWS, ...keys: readonly string[]): Table => ({
  name,
  keys,
  check: (row) => wholeRow(name, row),
});

const INDEX_TABLES: readonly Table[] = [
  indexTable('term', 'value'),
  indexTable('posting', 'chunk', 'key', 'part'),
  indexTable('statement_id', 'chunk', 'id'),
  indexTable('id_filter', 'chunk'),
  indexTable('activity', 'id'),
  indexTable('agent', 'term'),
  indexTable('void', 'position'),
  indexTable('awaited', 'id'),
  indexTable('checkpoint', 'name'),
];

/**
 * Looks at everything in the log but the bodies of attachments, which are looked at whenever they are read: what is
 * missing shows here and nowhere else. Takes its time, and stops early when it is not to go on.
 *
 * @throws Error for the first damage that is met.
 */
export const scrubLog = async (database: Database, goOn: () => boolean): Promise<void> => {
  const read = entryReader(database);
  let last = 0;
  await inSlices(() => {
    const entries = read.after(last, SLICE);
    last = entries.at(-1)?.position ?? last;
    return entries.length > 0;
  }, goOn);
  for (const table of LOG_TABLES) await scrubTable(database, 'log.db', table, goOn);
};

/** As {@link scrubLog}, of the index. */
export const scrubIndex = async (database: Database, goOn: () => boolean): Promise<void> => {
  for (const table of INDEX_TABLES) await scrubTable(database, 'index.db', table, goOn);
};

const scrubTable = async (
  database: Database,
  file: string,
  { name, keys, check }: Table,
  goOn: () => boolean,
): Promise<void> => {
  if (!goOn()) return;
  const found = database.prepare(`pragma quick_check(${name})`).all();
  const problem = String(Object.values(found[0] ?? {})[0]);
  if (problem !== 'ok') throw damage(file, `the table ${name} (${problem})`);
  const columns = keys.join();
  const first = database.prepare(`select * from ${name} order by ${columns} limit ${SLICE}`);
  const next = database.prepare(
    `select * from ${name} where (${columns}) > (${keys.map(() => '?').join()}) order by ${columns} limit ${SLICE}`,
  );
  let last: Row | undefined;
  await inSlices(() => {
    const rows =
      last === undefined ? first.all() : next.all(...keys.map((key) => (last as Row)[key] as Value));
    for (const row of rows) check(row);
    last = rows.at(-1) ?? last;
    return rows.length > 0;
  }, goOn);
};

/** Goes on as long as it says that there may be more. */
const inSlices = async (step: () => boolean, goOn: () => boolean): Promise<void> => {
  for (let goesOn = true; goesOn && goOn(); ) {
    const begun = performance.now();
    goesOn = step();
    await sleep((performance.now() - begun) * REST);
  }
};
