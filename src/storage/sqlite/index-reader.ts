import type { KnownActivity } from '../../statements/definitions.ts';
import type { Position } from '../../statements/statement-query.ts';
import type { Definition } from '../../xapi/statement.ts';
import { bytesOf, type Database } from './database.ts';
import { CHUNK } from './generation.ts';
import { type IdFilter, idFilter } from './id-filter.ts';
import { readCheckpoint } from './index-tables.ts';

/** What has been flushed, read through a connection of its own. */
export const indexReader = (database: Database) => {
  const term = database.prepare('select number from term where value=?');
  const posting = database.prepare('select offsets from posting where chunk=? and key=? order by part');
  const posted = database.prepare(
    'select coalesce(sum(length(offsets)), 0) as bytes from posting where chunk=? and key=? and part<=?',
  );
  const id = database.prepare('select offset from statement_id where chunk=? and id=?');
  const activity = database.prepare('select definition, source from activity where id=?');
  const agent = database.prepare('select names from agent where term=?');

  return {
    checkpoint: () => readCheckpoint(database),
    /** Terms with their numbers, one more than `most` at most: the caller forgets some then. */
    terms: function* terms(most: number): Generator<readonly [string, number]> {
      const rows = database.prepare('select value, number from term limit ?').iterate(most + 1);
      for (const row of rows) yield [String(row['value']), Number(row['number'])];
    },
    term: (value: string): number | undefined => term.get(value)?.['number'] as number | undefined,
    offsets: (chunk: number, key: number): ArrayLike<number>[] =>
      posting.all(chunk, key).map((row) => offsetsOf(bytesOf(row['offsets']))),
    /** How many postings a key has from slices that begin at or before an offset; those that came late do not count. */
    countOf: (chunk: number, key: number, last: number): number =>
      Number(posted.get(chunk, key, Math.min(last, CHUNK - 1))?.['bytes']) / 2,
    offsetOf: (chunk: number, key: Buffer): number | undefined =>
      id.get(chunk, key)?.['offset'] as number | undefined,
    activity: (activityId: string): KnownActivity | undefined => {
      const row = activity.get(activityId);
      if (row === undefined) return undefined;
      return { definition: JSON.parse(String(row['definition'])) as Definition, by: String(row['source']) };
    },
    names: (agentTerm: string): readonly string[] => {
      const row = agent.get(agentTerm);
      return row === undefined ? [] : (JSON.parse(String(row['names'])) as string[]);
    },
    voids: (): Position[] =>
      database
        .prepare('select position from void')
        .all()
        .map((row) => Number(row['position'])),
    awaited: (): string[] =>
      database
        .prepare('select id from awaited')
        .all()
        .map((row) => String(row['id'])),
    /** A full chunk's filter as it was kept; that of one still growing is made again from its ids. */
    filter: (chunk: number): IdFilter => {
      const row = database.prepare('select bits from id_filter where chunk=?').get(chunk);
      if (row !== undefined) return idFilter(Uint8Array.from(bytesOf(row['bits'])));
      const filter = idFilter();
      for (const { id: key } of database
        .prepare('select id from statement_id where chunk=?')
        .iterate(chunk)) {
        filter.add(bytesOf(key).toString('latin1'));
      }
      return filter;
    },
  };
};

/** Offsets are kept little-endian, as every platform that Node runs on has them. */
const offsetsOf = (bytes: Buffer): Uint16Array =>
  bytes.byteOffset % 2 === 0
    ? new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
    : new Uint16Array(Uint8Array.from(bytes).buffer);
