import type { Position } from '../../statements/statement-query.ts';
import type { Database, Prepared, Value } from './database.ts';
import { CHUNK, chunkOf, type Generation } from './generation.ts';
import type { IdFilter } from './id-filter.ts';
import { INDEX_VERSION } from './index-tables.ts';

const ROWS_A_CALL = 16;

/**
 * Writes a generation into the index in one transaction, sorted, in slices: each `next()` does about a millisecond
 * of work or less. After the last one the checkpoint stands at the generation's end.
 */
export type Flusher = (generation: Generation, termCount: number, filter?: IdFilter) => Generator<undefined>;

export const flusher = (database: Database): Flusher => {
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');
  const term = inserts(database, 'insert into term', 2);
  const posting = inserts(database, 'insert into posting', 4);
  const id = inserts(database, 'insert into statement_id', 3);
  const activity = inserts(database, 'insert or replace into activity', 3);
  const agent = inserts(database, 'insert or replace into agent', 2);
  const filterRow = database.prepare('insert or replace into id_filter values(?,?)');
  const voided = database.prepare('insert or ignore into void values(?)');
  const await_ = database.prepare('insert or ignore into awaited values(?)');
  const arrived = database.prepare('delete from awaited where id=?');
  const checkpoint = database.prepare('insert or replace into checkpoint values(?,?)');

  return function* flush(generation, termCount, filter) {
    const chunk = chunkOf(generation.from);
    begin.run();
    yield* term(sortedEntries(generation.terms));
    yield* posting(postingRows(chunk, generation.from, generation.postings));
    yield* posting(lateRows(generation));
    yield* id(
      sortedEntries(generation.ids).map(([key, at]) => [
        chunk,
        Buffer.from(key, 'latin1'),
        at - chunk * CHUNK,
      ]),
    );
    yield* activity(
      sortedEntries(generation.activities).map(([key, known]) => [
        key,
        JSON.stringify(known.definition),
        known.by,
      ]),
    );
    yield* agent(sortedEntries(generation.names).map(([key, names]) => [key, JSON.stringify(names)]));
    for (const position of generation.voids) voided.run(position);
    for (const [key, waits] of generation.awaited) (waits ? await_ : arrived).run(key);
    if (filter !== undefined) filterRow.run(chunk, filter.bytes);
    checkpoint.run('version', INDEX_VERSION);
    checkpoint.run('terms', termCount);
    checkpoint.run('upto', generation.to);
    yield;
    commit.run();
  };
};

const sortedEntries = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

function* postingRows(chunk: number, from: Position, postings: Generation['postings']): Generator<Value[]> {
  const keys = Float64Array.from(postings.keys()).sort();
  const base = chunk * CHUNK;
  for (const key of keys) yield [chunk, key, from - base, offsetsOf(postings.get(key) as Position[], base)];
}

/** Late positions by the chunk in which they stand, sorted by chunk and key. */
const lateRows = ({ late, to }: Generation): Value[][] => {
  const byPlace = new Map<string, { chunk: number; key: number; positions: Position[] }>();
  for (const [key, positions] of late) {
    for (const position of positions) {
      const chunk = chunkOf(position);
      const place = `${chunk}/${key}`;
      const row = byPlace.get(place);
      if (row === undefined) byPlace.set(place, { chunk, key, positions: [position] });
      else row.positions.push(position);
    }
  }
  return [...byPlace.values()]
    .sort((a, b) => a.chunk - b.chunk || a.key - b.key)
    .map(({ chunk, key, positions }) => {
      const sorted = [...new Set(positions)].sort((a, b) => a - b);
      return [chunk, key, CHUNK + to, offsetsOf(sorted, chunk * CHUNK)];
    });
};

const offsetsOf = (positions: readonly Position[], base: number): Buffer => {
  const offsets = new Uint16Array(positions.length);
  for (let at = 0; at < positions.length; at += 1) offsets[at] = (positions[at] as number) - base;
  return Buffer.from(offsets.buffer);
};

/** Inserts rows of `width` columns, several a call, and pauses between calls now and then. */
const inserts = (database: Database, into: string, width: number) => {
  const row = `(${Array(width).fill('?').join(',')})`;
  const single: Prepared = database.prepare(`${into} values${row}`);
  const several: Prepared = database.prepare(`${into} values${Array(ROWS_A_CALL).fill(row).join(',')}`);
  return function* run(rows: Iterable<readonly Value[]>): Generator<undefined> {
    let values: Value[] = [];
    let calls = 0;
    for (const one of rows) {
      values.push(...one);
      if (values.length < ROWS_A_CALL * width) continue;
      several.run(...values);
      values = [];
      calls += 1;
      if (calls % 8 === 0) yield;
    }
    for (let at = 0; at < values.length; at += width) single.run(...values.slice(at, at + width));
    yield;
  };
};
