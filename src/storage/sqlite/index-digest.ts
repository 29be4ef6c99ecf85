import { createHash } from 'node:crypto';
import { bytesOf, type Database, type Row } from './database.ts';

/**
 * A digest of what the index answers, free of how it came to be: term numbers, the cuts between flushes and the
 * order of rows do not count. Every fact is hashed by itself and the hashes are added up.
 */
export const indexDigest = (database: Database): string => {
  const sum = new Uint32Array(8);
  const add = (...fact: readonly (string | Buffer)[]) => {
    const hash = createHash('sha256');
    for (const part of fact) hash.update(`${part.length}:`).update(part);
    const digest = hash.digest();
    for (let at = 0; at < 8; at += 1) sum[at] = (sum[at] as number) + digest.readUInt32LE(at * 4);
  };
  addPostings(database, add);
  for (const row of database.prepare('select chunk, id, offset from statement_id').iterate()) {
    add('id', String(row['chunk']), bytesOf(row['id']), String(row['offset']));
  }
  for (const row of database.prepare('select * from activity').iterate()) {
    add('activity', String(row['id']), String(row['definition']), String(row['source']));
  }
  for (const row of database.prepare('select * from agent').iterate()) {
    add('agent', String(row['term']), String(row['names']));
  }
  for (const row of database.prepare('select position from void').iterate())
    add('void', String(row['position']));
  for (const row of database.prepare('select id from awaited').iterate()) add('awaited', String(row['id']));
  return Buffer.from(sum.buffer).toString('hex');
};

type Add = (...fact: readonly (string | Buffer)[]) => void;

/** All rows of one chunk and key stand together; a late row may repeat a position. */
const addPostings = (database: Database, add: Add): void => {
  const terms = new Map<number, string>();
  for (const row of database.prepare('select value, number from term').iterate()) {
    terms.set(Number(row['number']), String(row['value']));
  }
  let last: Row | undefined;
  let positions = new Set<number>();
  const close = () => {
    if (last === undefined) return;
    const key = Number(last['key']);
    const offsets = Uint16Array.from(positions).sort();
    const term = terms.get(Math.floor(key / 4)) ?? '?';
    add('posting', term, String(key % 4), String(last['chunk']), Buffer.from(offsets.buffer));
  };
  for (const row of database
    .prepare('select chunk, key, offsets from posting order by chunk, key')
    .iterate()) {
    if (row['chunk'] !== last?.['chunk'] || row['key'] !== last?.['key']) {
      close();
      positions = new Set();
      last = row;
    }
    const bytes = Uint8Array.from(bytesOf(row['offsets']));
    for (const offset of new Uint16Array(bytes.buffer)) positions.add(offset);
  }
  close();
};
