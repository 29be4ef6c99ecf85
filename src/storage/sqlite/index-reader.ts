import type { KnownActivity } from '../../statements/definitions.ts';
import type { Position } from '../../statements/statement-query.ts';
import type { Definition } from '../../xapi/statement.ts';
import { bytesOf, type Database, type Row } from './database.ts';
import { CHUNK } from './generation.ts';
import { type IdFilter, idFilter } from './id-filter.ts';
import { type INDEX_ROWS, readCheckpoint, wholeRow } from './index-tables.ts';

/**
 * What has been flushed, read through a connection of its own.
 *
 * @param damaged told when a row is not as it was written, before that is thrown
 */
export const indexReader = (database: Database, damaged: () => void = () => undefined) => {
  const term = database.prepare('select * from term where value=?');
  const posting = database.prepare('select * from posting where chunk=? and key=? order by part');
  const posted = database.prepare(
    'select coalesce(sum(length(offsets)), 0) as bytes from posting where chunk=? and key=? and part<=?',
  );
  const id = database.prepare('select * from statement_id where chunk=? and id=?');
  const activity = database.prepare('select * from activity where id=?');
  const agent = database.prepare('select * from agent where term=?');

  const whole = (table: keyof typeof INDEX_ROWS, row: Row): Row => {
    try {
      return wholeRow(table, row);
    } catch (error) {
      damaged();
      throw error;
    }
  };
  const found = (table: keyof typeof INDEX_ROWS, row: Row | undefined): Row | undefined =>
    row === undefined ? undefined : whole(table, row);
  const all = (table: keyof typeof INDEX_ROWS): Row[] =>
    database
      .prepare(`select * from ${table}`)
      .all()
      .map((row) => whole(table, row));

  return {
    checkpoint: () => readCheckpoint(database),
    /** Terms with their numbers, one more than `most` at most: the caller forgets some then. */
    terms: function* terms(most: number): Generator<readonly [string, number]> {
      for (const row of database.prepare('select * from term limit ?').iterate(most + 1)) {
        whole('term', row);
        yield [String(row['value']), Number(row['number'])];
      }
    },
    term: (value: string): number | undefined =>
      found('term', term.get(value))?.['number'] as number | undefined,
    offsets: (chunk: number, key: number): ArrayLike<number>[] =>
      posting.all(chunk, key).map((row) => offsetsOf(bytesOf(whole('posting', row)['offsets']))),
    /** How many postings a key has from slices that begin at or before an offset; those that came late do not count. */
    countOf: (chunk: number, key: number, last: number): number =>
      Number(posted.get(chunk, key, Math.min(last, CHUNK - 1))?.['bytes']) / 2,
    offsetOf: (chunk: number, key: Buffer): number | undefined =>
      found('statement_id', id.get(chunk, key))?.['offset'] as number | undefined,
    activity: (activityId: string): KnownActivity | undefined => {
      const row = found('activity', activity.get(activityId));
      if (row === undefined) return undefined;
      return { definition: JSON.parse(String(row['definition'])) as Definition, by: String(row['source']) };
    },
    names: (agentTerm: string): readonly string[] => {
      const row = found('agent', agent.get(agentTerm));
      return row === undefined ? [] : (JSON.parse(String(row['names'])) as string[]);
    },
    voids: (): Position[] => all('void').map((row) => Number(row['position'])),
    awaited: (): string[] => all('awaited').map((row) => String(row['id'])),
    /** A full chunk's filter as it was kept; that of one still growing is made again from its ids. */
    filter: (chunk: number): IdFilter => {
      const row = found('id_filter', database.prepare('select * from id_filter where chunk=?').get(chunk));
      if (row !== undefined) return idFilter(Uint8Array.from(bytesOf(row['bits'])));
      const filter = idFilter();
      for (const row of database.prepare('select * from statement_id where chunk=?').iterate(chunk)) {
        filter.add(bytesOf(whole('statement_id', row)['id']).toString('latin1'));
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
