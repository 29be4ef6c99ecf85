import type { Database } from './database.ts';
import { rowSum } from './row-sum.ts';

/** From 3 on entries may be records about people, which an older Cairn would leave out of what it exports. */
export const LOG_VERSION = 3;

const SCHEMA = `
create table if not exists entry(
  position integer primary key, op integer not null, stored integer not null, flags integer not null,
  salt blob not null, commitment blob not null, body blob not null, sum integer);
create index if not exists entry_record on entry(position) where op=8;
create table if not exists document(
  resource text not null, activity text not null, agent text not null, registration text not null, id text not null,
  content_type text not null, content blob not null, etag text not null, updated integer not null, sum integer,
  primary key(resource, activity, agent, registration, id)) without rowid;
create table if not exists credential(
  id text primary key, label text not null, scopes text not null, secret_hash text not null,
  created integer not null, revoked integer, expires integer, bounds text, made_by text, fetch_hash text,
  last_used integer, quarantines integer not null default 0, sum integer) without rowid;
create table if not exists attachment(
  sha2 text primary key, content_type text not null, length integer not null, body blob, sum integer);
create table if not exists quarantine(
  number integer primary key autoincrement, digest text not null unique, received integer not null,
  credential text not null, family text not null, content_type text not null, statement_id text not null,
  reason text not null, problems text not null, length integer not null, body blob not null);
create table if not exists forward_cursor(
  target text primary key, position integer not null, last_success integer) without rowid;
create table if not exists dead_letter(
  target text not null, position integer not null, statement text not null, status integer not null,
  answer text not null, attempts integer not null, refused integer not null, again integer not null,
  primary key(target, position)) without rowid;
create index if not exists dead_letter_again on dead_letter(target, position) where again=1;
create index if not exists dead_letter_statement on dead_letter(target, statement);
create table if not exists setting(name text primary key, value blob not null, sum integer) without rowid;
`;

const ADDED_TO_CREDENTIALS = [
  'expires integer',
  'bounds text',
  'made_by text',
  'fetch_hash text',
  'last_used integer',
  'quarantines integer not null default 0',
];
const WITH_SUMS = ['entry', 'document', 'credential', 'attachment', 'setting'];

/** What each version has that the one before it had not. Rows that are there already go without a sum. */
const MIGRATIONS: Readonly<Record<number, readonly string[]>> = {
  2: [
    ...ADDED_TO_CREDENTIALS.map((column) => `alter table credential add column ${column}`),
    ...WITH_SUMS.map((table) => `alter table ${table} add column sum integer`),
  ],
};

/**
 * Makes the tables of a log, or brings those of an older one up to what this program knows, all or nothing.
 *
 * @throws Error for a log of a newer Cairn, which is left as it is.
 */
export const prepareLog = (database: Database): void => {
  const version = versionOf(database);
  if (version === LOG_VERSION) return;
  if (version !== undefined && version > LOG_VERSION) {
    throw new Error(
      `This store was written by a newer Cairn (format ${version}; this one knows ${LOG_VERSION}).`,
    );
  }
  database.exec('begin immediate');
  for (let next = (version ?? LOG_VERSION) + 1; next <= LOG_VERSION; next += 1) {
    for (const change of MIGRATIONS[next] ?? []) database.exec(change);
  }
  database.exec(SCHEMA);
  const values = ['version', Buffer.from(String(LOG_VERSION))] as const;
  database.prepare('insert or replace into setting values(?,?,?)').run(...values, rowSum(...values));
  database.exec('commit');
};

/** Undefined for a log that has no tables yet. */
const versionOf = (database: Database): number | undefined => {
  const isThere = database.prepare("select 1 from sqlite_master where type='table' and name='setting'").get();
  if (isThere === undefined) return undefined;
  const row = database.prepare("select value from setting where name='version'").get();
  return row === undefined ? undefined : Number(Buffer.from(row['value'] as Uint8Array).toString());
};
