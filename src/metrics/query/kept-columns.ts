import { roughWholes } from '../scratch.ts';
import type { ChangingRows } from '../state/changing-rows.ts';
import type { World } from '../state/world.ts';
import { oncePerScope } from './once-per-scope.ts';
import { rowsUpTo, rowsWhere } from './over-rows.ts';
import {
  type NumberOf,
  numbersAmong,
  numbersUpTo,
  type WholeOf,
  wholesAmong,
  wholesUpTo,
} from './row-columns.ts';
import type { Scope } from './scope.ts';

/*
 * What is made of the state alone, whatever is asked, is kept for the questions after this one. Before one of them looks
 * at it again, what has become another is written over where it stands. No row that was made of it before may be looked
 * at then, nor is it: the desk has them measured, or given up, before anything is taken in (`finish`).
 */

type Column = Float64Array | Uint32Array;

/** In bytes: what is kept beside the state itself, for each fact, and in any case; all that there is needs about 170 for each. */
const MOST_EACH = 200;
const LEAST = 32 * 1024 * 1024;

const mostOf = (world: World): number => Math.max(LEAST, MOST_EACH * world.log.facts.rows);
/** A column that has grown by less goes where the one before it was. */
const SLACK = 1.125;

/** A column, and of what it was made: which rows there were, and up to which change. */
type Kept = {
  readonly room: Column;
  readonly length: number;
  readonly stand: string;
  readonly mark: number;
};

/** Columns of one world; that which was looked at longest ago comes first. */
type Shelf = { readonly columns: Map<string, Kept>; bytes: number };

const shelves = new WeakMap<World, Shelf>();

const shelfOf = (world: World): Shelf => {
  const there = shelves.get(world) ?? { columns: new Map(), bytes: 0 };
  shelves.set(world, there);
  return there;
};

/** Who has it still keeps it: it is only not found any more. */
const drop = (shelf: Shelf, key: string): void => {
  shelf.bytes -= shelf.columns.get(key)?.room.byteLength ?? 0;
  shelf.columns.delete(key);
};

const put = (world: World, key: string, one: Kept): void => {
  const shelf = shelfOf(world);
  drop(shelf, key);
  for (const oldest of shelf.columns.keys())
    if (shelf.bytes + one.room.byteLength > mostOf(world)) drop(shelf, oldest);
  shelf.columns.set(key, one);
  shelf.bytes += one.room.byteLength;
};

const roomLike = (like: Column, length: number): Column =>
  like instanceof Float64Array ? new Float64Array(length) : new Uint32Array(length);

/** The same room, or a larger one that begins with the same. */
const roomFor = (room: Column, length: number): Column => {
  if (room.length >= length) return room;
  const larger = roomLike(room, Math.ceil(length * SLACK));
  larger.set(room);
  return larger;
};

/** Writes a column where it stood before, if there is room, and keeps it from the next question's memory. */
const written = (column: Column, room: Column = roomLike(column, 0)): Column => {
  const to = room.length >= column.length ? room : roomLike(column, Math.ceil(column.length * SLACK));
  to.set(column);
  return to;
};

/** What it takes to make a column of rows, and to bring one up to date of which some rows have changed. */
type Making = {
  readonly rows: ChangingRows;
  make(): Column;
  again(before: Kept, changed: Uint32Array): Pick<Kept, 'room' | 'length'>;
};

const madeAnew = (making: Making, room: Column | undefined): Pick<Kept, 'room' | 'length'> => {
  const column = making.make();
  return { room: written(column, room), length: column.length };
};

const kept = <Of extends Column>(scope: Scope, key: string, making: Making): Of =>
  // It may be gone again before this question is over.
  oncePerScope(scope, `column ${key}`, () => {
    const { stand, mark, since } = making.rows;
    const before = shelfOf(scope.world).columns.get(key);
    const changed = before?.stand === stand ? since(before.mark) : undefined;
    const now =
      before === undefined || changed === undefined
        ? madeAnew(making, before?.room)
        : making.again(before, changed);
    put(scope.world, key, { ...now, stand, mark });
    return now.room.subarray(0, now.length) as Of;
  });

/** A number of each row, which is made of the state alone. `key` names it among all that is kept. */
export const keptNumbers = (scope: Scope, key: string, rows: ChangingRows, of: NumberOf): Float64Array =>
  kept(scope, key, {
    rows,
    make: () => numbersUpTo(rows.size, of).subarray(0, rows.size),
    again: ({ room }, changed) =>
      patched(roomFor(room, rows.size), rows.size, changed, numbersAmong(changed, of)),
  });

/** The same of whole numbers. */
export const keptWholes = (scope: Scope, key: string, rows: ChangingRows, of: WholeOf): Uint32Array =>
  kept(scope, key, {
    rows,
    make: () => wholesUpTo(rows.size, of).subarray(0, rows.size),
    again: ({ room }, changed) =>
      patched(roomFor(room, rows.size), rows.size, changed, wholesAmong(changed, of)),
  });

const patched = (room: Column, length: number, changed: Uint32Array, values: Column) => {
  for (let at = 0; at < changed.length; at += 1) room[changed[at] as number] = values[at] as number;
  return { room, length };
};

/** The rows of which something holds that is said by the state alone, ascending. */
export const keptRows = (
  scope: Scope,
  key: string,
  rows: ChangingRows,
  is: (row: number) => boolean,
): Uint32Array =>
  kept(scope, key, {
    rows,
    make: () => rowsUpTo(rows.size, is),
    again: (before, changed) => {
      const ascending = changed.slice().sort();
      return listed(before, ascending, rowsWhere(ascending, is));
    },
  });

/** A list of rows after those that have changed were looked at again: `there` are those of them that are in it now. */
const listed = ({ room, length }: Kept, changed: Uint32Array, there: Uint32Array) => {
  const isAllBehind =
    length === 0 || changed.length === 0 || (changed[0] as number) > (room[length - 1] as number);
  if (!isAllBehind) {
    const list = merged(room.subarray(0, length) as Uint32Array, changed, there);
    return { room: written(list, room), length: list.length };
  }
  const to = roomFor(room, length + there.length);
  to.set(there, length);
  return { room: to, length: length + there.length };
};

/** The rows before that have not changed, and those that are there now. */
const merged = (before: Uint32Array, changed: Uint32Array, there: Uint32Array): Uint32Array => {
  const list = roughWholes(before.length + there.length);
  let [n, next, other] = [0, 0, 0];
  for (let at = 0; at < before.length; at += 1) {
    const row = before[at] as number;
    while (next < there.length && (there[next] as number) < row) {
      list[n] = there[next] as number;
      n += 1;
      next += 1;
    }
    while (other < changed.length && (changed[other] as number) < row) other += 1;
    if (changed[other] === row) continue;
    list[n] = row;
    n += 1;
  }
  for (; next < there.length; next += 1) {
    list[n] = there[next] as number;
    n += 1;
  }
  return list.subarray(0, n);
};

/** By world, how many facts have been looked at, and the latest of them. */
const looked = new WeakMap<World, { rows: number; latest: number }>();

/** Whether no fact is later than the query's moment. */
export const isAllPast = ({ world, asOf }: Scope): boolean => {
  const { time, rows } = world.log.facts;
  const there = looked.get(world) ?? { rows: 0, latest: Number.NEGATIVE_INFINITY };
  looked.set(world, there);
  for (; there.rows < rows; there.rows += 1)
    if ((time[there.rows] as number) > there.latest) there.latest = time[there.rows] as number;
  return there.latest <= asOf;
};

/** What depends on the query's moment, but only as far as facts lie before it or after it, is kept where all lie before. */
export const numbersByNow = (scope: Scope, key: string, rows: ChangingRows, of: NumberOf): Float64Array =>
  isAllPast(scope)
    ? keptNumbers(scope, key, rows, of)
    : oncePerScope(scope, `column ${key}`, () => numbersUpTo(rows.size, of));

/** The same of rows of which something holds. */
export const rowsByNow = (
  scope: Scope,
  key: string,
  rows: ChangingRows,
  is: (row: number) => boolean,
): Uint32Array =>
  isAllPast(scope)
    ? keptRows(scope, key, rows, is)
    : oncePerScope(scope, `column ${key}`, () => rowsUpTo(rows.size, is));
