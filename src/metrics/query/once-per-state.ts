import type { World } from '../state/world.ts';
import { oncePerScope } from './once-per-scope.ts';
import type { Scope } from './scope.ts';

type Column = Float64Array | Uint32Array;

/** In bytes: what is kept beside the state itself. */
const MOST = 160 * 1024 * 1024;
/** A column that has grown by less goes where the one before it was. */
const SLACK = 1.125;

/** Columns of one world at one position. */
type Kept = {
  stand: string;
  readonly columns: Map<string, Column>;
  readonly room: Map<string, Column>;
  bytes: number;
};

const kept = new WeakMap<World, Kept>();

/** Another one whenever anything has been taken in. */
const standOf = ({ upto, log, voids, people, persons }: World): string =>
  [upto(), log.facts.rows, voids.all.length, people.version(), persons.changes()].join(' ');

const keptOf = (world: World): Kept => {
  const there = kept.get(world) ?? { stand: '', columns: new Map(), room: new Map(), bytes: 0 };
  kept.set(world, there);
  const stand = standOf(world);
  if (there.stand !== stand) there.columns.clear();
  there.stand = stand;
  return there;
};

/** Where a column stood before, or room that it has not had yet, for which those go that were asked for longest ago. */
const roomFor = (there: Kept, key: string, like: Column): Column => {
  const before = there.room.get(key);
  drop(there, key);
  const isEnough = before !== undefined && before.length >= like.length;
  const room = isEnough ? before : newRoom(like);
  for (const oldest of there.room.keys()) if (there.bytes + room.byteLength > MOST) drop(there, oldest);
  there.room.set(key, room);
  there.bytes += room.byteLength;
  return room.subarray(0, like.length);
};

const newRoom = (like: Column): Column => {
  const length = Math.ceil(like.length * SLACK);
  return like instanceof Float64Array ? new Float64Array(length) : new Uint32Array(length);
};

/** Who has it still keeps it: it is only not found any more. */
const drop = (there: Kept, key: string): void => {
  there.bytes -= there.room.get(key)?.byteLength ?? 0;
  there.room.delete(key);
  there.columns.delete(key);
};

const used = (there: Kept, key: string, column: Column): void => {
  const room = there.room.get(key) as Column;
  there.room.delete(key);
  there.room.set(key, room);
  there.columns.set(key, column);
};

/**
 * What is made of the state alone, whatever is asked, is kept for the questions after this one until the state is another.
 * Then it is overwritten where it stands: no row that was made of it may be looked at any more.
 *
 * @param key names it among all that is kept; what `make` asks for has another one
 */
export const oncePerWorld = <Of extends Column>(scope: Scope, key: string, make: () => Of): Of => {
  const there = keptOf(scope.world);
  const known = there.columns.get(key);
  if (known !== undefined) {
    used(there, key, known);
    return known as Of;
  }
  // It may be gone again before this question is over.
  return oncePerScope(scope, `column ${key}`, () => {
    const made = make();
    if (there.columns.has(key)) throw new Error(`Two columns are kept as ${key}.`);
    const room = roomFor(there, key, made);
    room.set(made);
    used(there, key, room);
    return room as Of;
  });
};

/** The same of what depends on the query's moment, but only as far as facts lie before it or after it: it is kept where all lie before. */
export const oncePerState = <Of extends Column>(scope: Scope, key: string, make: () => Of): Of =>
  isAllPast(scope) ? oncePerWorld(scope, key, make) : oncePerScope(scope, `column ${key}`, make);

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
