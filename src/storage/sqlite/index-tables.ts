import type { Database } from './database.ts';

/** Raised whenever what the index holds changes its meaning: an older one is made anew from the log. */
export const INDEX_VERSION = 3;

/**
 * `posting.part` is the first position's offset in the chunk, or for late rows 65,536 and more: the position up to
 * which the index had come, so that each flush has its own.
 */
export const INDEX_SCHEMA = `
create table if not exists term(value text primary key, number integer not null) without rowid;
create table if not exists posting(
  chunk integer not null, key integer not null, part integer not null, offsets blob not null,
  primary key(chunk, key, part)) without rowid;
create table if not exists statement_id(
  chunk integer not null, id blob not null, offset integer not null, primary key(chunk, id)) without rowid;
create table if not exists id_filter(chunk integer primary key, bits blob not null);
create table if not exists activity(id text primary key, definition text not null, source text not null) without rowid;
create table if not exists agent(term text primary key, names text not null) without rowid;
create table if not exists void(position integer primary key);
create table if not exists awaited(id text primary key) without rowid;
create table if not exists checkpoint(name text primary key, value integer not null) without rowid;
`;

export const readCheckpoint = (
  database: Database,
): Readonly<Record<'version' | 'upto' | 'terms' | 'identity', number>> => {
  const rows = database.prepare('select name, value from checkpoint').all();
  const numberOf = (name: string) => Number(rows.find((row) => row['name'] === name)?.['value'] ?? 0);
  return {
    version: numberOf('version'),
    upto: numberOf('upto'),
    terms: numberOf('terms'),
    identity: numberOf('identity'),
  };
};
