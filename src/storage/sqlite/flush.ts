import { attempt, type Database, type Prepared, type Value } from './database.ts';
import { CHUNK, chunkOf } from './generation.ts';
import { INDEX_VERSION } from './index-tables.ts';
import type { LateRow, PackedGeneration } from './packed-generation.ts';
import { shortSum } from './row-sum.ts';

const ROWS_A_CALL = 16;

/**
 * Writes a generation into the index in one transaction, sorted; after it the checkpoint stands at the generation's
 * end. Readers see all of it or nothing.
 */
export type Flush = (generation: PackedGeneration) => void;

export const flusher = (database: Database): Flush => {
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');
  const term = inserts(database, 'insert into term', 2);
  const posting = inserts(database, 'insert into posting', 4);
  const id = inserts(database, 'insert into statement_id', 3);
  const activity = inserts(database, 'insert or replace into activity', 3);
  const agent = inserts(database, 'insert or replace into agent', 2);
  const filterRow = database.prepare('insert or replace into id_filter values(?,?,?)');
  const voided = database.prepare('insert or ignore into void values(?,?)');
  const await_ = database.prepare('insert or ignore into awaited values(?,?)');
  const arrived = database.prepare('delete from awaited where id=?');
  const checkpoint = database.prepare('insert or replace into checkpoint values(?,?,?)');

  const write: Flush = (generation) => {
    const { from, to, termCount, terms, activities, names, late, voids, awaited, filter } = generation;
    begin.run();
    term(sorted(terms));
    posting(postingRows(generation));
    posting(lateRows(late, to));
    id(idRows(generation));
    activity(sorted(activities).map(([key, known]) => [key, JSON.stringify(known.definition), known.by]));
    agent(sorted(names).map(([key, known]) => [key, JSON.stringify(known)]));
    for (const position of voids) voided.run(...summed([position]));
    for (const [key, waits] of awaited) {
      if (waits) await_.run(...summed([key]));
      else arrived.run(key);
    }
    if (filter !== undefined) filterRow.run(...summed([chunkOf(from), filter]));
    checkpoint.run(...summed(['version', INDEX_VERSION]));
    checkpoint.run(...summed(['terms', termCount]));
    checkpoint.run(...summed(['identity', generation.identity]));
    checkpoint.run(...summed(['upto', to]));
    commit.run();
  };
  return (generation) => {
    try {
      write(generation);
    } catch (error) {
      attempt(database, 'rollback');
      throw error;
    }
  };
};

const summed = (values: readonly Value[]): readonly Value[] => [...values, shortSum(...values)];

const sorted = <Entry extends readonly [string, unknown]>(entries: readonly Entry[]): Entry[] =>
  entries.toSorted(([a], [b]) => (a < b ? -1 : 1));

function* postingRows({ from, keys, counts, offsets }: PackedGeneration): Generator<Value[]> {
  const chunk = chunkOf(from);
  const part = from - chunk * CHUNK;
  let at = 0;
  for (let index = 0; index < keys.length; index += 1) {
    const end = at + (counts[index] as number);
    yield [chunk, keys[index] as number, part, bytesOfOffsets(offsets.subarray(at, end))];
    at = end;
  }
}

const bytesOfOffsets = ({ buffer, byteOffset, byteLength }: Uint16Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function* lateRows(late: readonly LateRow[], to: number): Generator<Value[]> {
  for (const { chunk, key, positions } of late) {
    const offsets = Uint16Array.from(positions, (position) => position - chunk * CHUNK);
    yield [chunk, key, CHUNK + to, bytesOfOffsets(offsets)];
  }
}

function* idRows({ from, ids, idOffsets }: PackedGeneration): Generator<Value[]> {
  const bytes = Buffer.from(ids.buffer, ids.byteOffset, ids.length);
  const idAt = (index: number): string => bytes.toString('latin1', index * 16, index * 16 + 16);
  const entries = Array.from(idOffsets, (offset, index) => [idAt(index), offset] as const);
  for (const [key, offset] of sorted(entries)) yield [chunkOf(from), Buffer.from(key, 'latin1'), offset];
}

/** Inserts rows of `columns` columns and their sum, several a call. */
const inserts = (database: Database, into: string, columns: number) => {
  const width = columns + 1;
  const row = `(${Array(width).fill('?').join(',')})`;
  const single: Prepared = database.prepare(`${into} values${row}`);
  const several: Prepared = database.prepare(`${into} values${Array(ROWS_A_CALL).fill(row).join(',')}`);
  return (rows: Iterable<readonly Value[]>): void => {
    let values: Value[] = [];
    for (const one of rows) {
      values.push(...one, shortSum(...one));
      if (values.length < ROWS_A_CALL * width) continue;
      several.run(...values);
      values = [];
    }
    for (let at = 0; at < values.length; at += width) single.run(...values.slice(at, at + width));
  };
};
