import type { Database, Row, Value } from './database.ts';
import { damage, shortSum } from './row-sum.ts';

/** Raised whenever what the index holds changes its meaning: an older one is made anew from the log. */
export const INDEX_VERSION = 4;

/**
 * `posting.part` is the first position's offset in the chunk, or for late rows 65,536 and more: the position up to
 * which the index had come, so that each flush has its own. `sum` is taken over the columns before it.
 */
export const INDEX_SCHEMA = `
create table if not exists term(value text primary key, number integer not null, sum integer not null) without rowid;
create table if not exists posting(
  chunk integer not null, key integer not null, part integer not null, offsets blob not null, sum integer not null,
  primary key(chunk, key, part)) without rowid;
create table if not exists statement_id(
  chunk integer not null, id blob not null, offset integer not null, sum integer not null,
  primary key(chunk, id)) without rowid;
create table if not exists id_filter(chunk integer primary key, bits blob not null, sum integer not null);
create table if not exists activity(
  id text primary key, definition text not null, source text not null, sum integer not null) without rowid;
create table if not exists agent(term text primary key, names text not null, sum integer not null) without rowid;
create table if not exists void(position integer primary key, sum integer not null);
create table if not exists awaited(id text primary key, sum integer not null) without rowid;
create table if not exists checkpoint(name text primary key, value integer not null, sum integer not null) without rowid;
`;

/** The columns over which each table's rows have their sum. */
export const INDEX_ROWS = {
  term: ['value', 'number'],
  posting: ['chunk', 'key', 'part', 'offsets'],
  statement_id: ['chunk', 'id', 'offset'],
  id_filter: ['chunk', 'bits'],
  activity: ['id', 'definition', 'source'],
  agent: ['term', 'names'],
  void: ['position'],
  awaited: ['id'],
  checkpoint: ['name', 'value'],
} as const;

/** @throws Error when a row of the index is not as it was written. */
export const wholeRow = (table: keyof typeof INDEX_ROWS, row: Row): Row => {
  const values = INDEX_ROWS[table].map((column) => row[column] as Value);
  if (row['sum'] === shortSum(...values)) return row;
  throw damage('index.db', `a row of ${table}`);
};

export const readCheckpoint = (
  database: Database,
): Readonly<Record<'version' | 'upto' | 'terms' | 'identity', number>> => {
  const rows = database.prepare('select * from checkpoint').all();
  const numberOf = (name: string) => Number(rows.find((row) => row['name'] === name)?.['value'] ?? 0);
  // An older one has no sums; it is known by its version.
  if (numberOf('version') === INDEX_VERSION) for (const row of rows) wholeRow('checkpoint', row);
  return {
    version: numberOf('version'),
    upto: numberOf('upto'),
    terms: numberOf('terms'),
    identity: numberOf('identity'),
  };
};
