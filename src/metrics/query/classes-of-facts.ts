import type { World } from '../state/world.ts';
import type { Scope } from './scope.ts';

/** What facts are put into classes by: which of two are of one class, and a hash that those of one have in common. */
export type Sameness = {
  hash(fact: number): number;
  isSame(one: number, other: number): boolean;
};

/** Facts in classes, which are numbered without gaps in the order of their first facts. */
export type Classes = {
  /** By fact, the number of its class; longer than there are facts. */
  readonly numbers: Uint32Array;
  /** By class, its first fact; longer than there are classes. */
  readonly firsts: Uint32Array;
  readonly count: number;
};

/** Classes of the facts so far, and where they are looked for: by hash, the number of a class plus one. */
type Growing = { -readonly [Name in keyof Classes]: Classes[Name] } & {
  readonly stand: string;
  facts: number;
  slots: Uint32Array;
};

const known = new WeakMap<World, Map<string, Growing>>();

/** Slots that are taken at most, of all. */
const FULL = 0.6;
const FIRST = 1 << 12;
const GROWTH = 1.25;
/** So many kinds of classes are kept at once; that which was asked for longest ago goes first. */
const MOST = 8;

/**
 * The classes of facts, kept from question to question: what has come since is put where it belongs. Which facts are of
 * one class may depend on who is which person, and on nothing else that can change.
 */
export const classesOfFacts = (
  { world }: Scope,
  name: string,
  sameness: (person: (fact: number) => number) => Sameness,
): Classes => {
  const all = known.get(world) ?? new Map<string, Growing>();
  known.set(world, all);
  const stand = `${world.people.directory.changes()} ${world.persons.changes()}`;
  const before = all.get(name);
  const made = before?.stand === stand ? before : empty(stand);
  all.delete(name);
  all.set(name, made);
  for (const oldest of all.keys()) if (all.size > MOST) all.delete(oldest);
  const { rows, subject } = world.log.facts;
  const person = (fact: number): number => world.persons.personOf(subject[fact] as number);
  if (made.facts < rows) grow(made, rows, sameness(person));
  return made;
};

/** What was made of so many classes. */
type Made = { readonly count: number; readonly column: Uint32Array };

const madeOf = new WeakMap<Classes, Map<string, Made>>();

/**
 * A number of each class, made of them alone, or of coarser classes that have grown as far: a class stays what it is. It is
 * kept until there are more of them. `name` tells it from others.
 */
export const madeOfClasses = (classes: Classes, name: string, make: () => Uint32Array): Uint32Array => {
  const all = madeOf.get(classes) ?? new Map<string, Made>();
  madeOf.set(classes, all);
  const before = all.get(name);
  if (before?.count === classes.count) return before.column;
  const column = make().slice();
  all.set(name, { count: classes.count, column });
  return column;
};

const empty = (stand: string): Growing => ({
  stand,
  facts: 0,
  numbers: new Uint32Array(0),
  firsts: new Uint32Array(Math.floor(FIRST * FULL)),
  count: 0,
  slots: new Uint32Array(FIRST),
});

const grow = (made: Growing, rows: number, sameness: Sameness): void => {
  if (rows > made.numbers.length) made.numbers = longer(made.numbers, Math.ceil(rows * GROWTH));
  const { hash, isSame } = sameness;
  for (let fact = made.facts; fact < rows; fact += 1) {
    const mask = made.slots.length - 1;
    let at = hash(fact) & mask;
    while (made.slots[at] !== 0 && !isSame(fact, made.firsts[(made.slots[at] as number) - 1] as number))
      at = (at + 1) & mask;
    if (made.slots[at] === 0) {
      made.firsts[made.count] = fact;
      made.count += 1;
      made.slots[at] = made.count;
    }
    made.numbers[fact] = (made.slots[at] as number) - 1;
    if (made.count === made.firsts.length) makeRoom(made, sameness);
  }
  made.facts = rows;
};

/** Twice as many classes have room. */
const makeRoom = (made: Growing, { hash }: Sameness): void => {
  const slots = new Uint32Array(2 * made.slots.length);
  const mask = slots.length - 1;
  for (let number = 0; number < made.count; number += 1) {
    let at = hash(made.firsts[number] as number) & mask;
    while (slots[at] !== 0) at = (at + 1) & mask;
    slots[at] = number + 1;
  }
  made.slots = slots;
  made.firsts = longer(made.firsts, Math.floor(slots.length * FULL));
};

const longer = (column: Uint32Array, length: number): Uint32Array => {
  const room = new Uint32Array(length);
  room.set(column);
  return room;
};
