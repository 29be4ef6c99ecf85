import type { World } from '../state/world.ts';
import type { Scope } from './scope.ts';

/** What facts are put into classes by: which of two are of one class, and a hash that those of one have in common. */
export type Sameness = {
  hash(fact: number): number;
  isSame(one: number, other: number): boolean;
};

/** Classes of the facts so far; each has the number of the first fact in it. */
type Classes = { stand: string; facts: number; classes: Uint32Array; slots: Uint32Array };

const known = new WeakMap<World, Map<string, Classes>>();

/** Slots that are taken at most, of all. */
const FULL = 0.6;
const FIRST = 1 << 12;
const GROWTH = 1.25;
/** So many kinds of classes are kept at once; that which was asked for longest ago goes first. */
const MOST = 6;

/**
 * The class of each fact, kept from question to question: what has come since is put where it belongs. Which facts are of
 * one class may depend on who is which person, and on nothing else that can change. Longer than there are facts.
 */
export const classesOfFacts = (
  { world }: Scope,
  name: string,
  sameness: (person: (fact: number) => number) => Sameness,
): Uint32Array => {
  const all = known.get(world) ?? new Map<string, Classes>();
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
  return made.classes;
};

const empty = (stand: string): Classes => ({
  stand,
  facts: 0,
  classes: new Uint32Array(0),
  slots: new Uint32Array(FIRST),
});

const grow = (made: Classes, rows: number, sameness: Sameness): void => {
  makeRoom(made, rows, sameness);
  const { classes, slots } = made;
  const { hash, isSame } = sameness;
  const mask = slots.length - 1;
  for (let fact = made.facts; fact < rows; fact += 1) {
    let at = hash(fact) & mask;
    while (slots[at] !== 0 && !isSame(fact, (slots[at] as number) - 1)) at = (at + 1) & mask;
    if (slots[at] === 0) slots[at] = fact + 1;
    classes[fact] = (slots[at] as number) - 1;
  }
  made.facts = rows;
};

const makeRoom = (made: Classes, rows: number, { hash }: Sameness): void => {
  const { classes, facts } = made;
  if (rows > classes.length) {
    made.classes = new Uint32Array(Math.ceil(rows * GROWTH));
    made.classes.set(classes);
  }
  let size = made.slots.length;
  while (rows > size * FULL) size *= 2;
  if (size === made.slots.length) return;
  made.slots = new Uint32Array(size);
  for (let fact = 0; fact < facts; fact += 1)
    if (made.classes[fact] === fact) put(made.slots, fact, hash(fact));
};

const put = (slots: Uint32Array, fact: number, hash: number): void => {
  let at = hash & (slots.length - 1);
  while (slots[at] !== 0) at = (at + 1) & (slots.length - 1);
  slots[at] = fact + 1;
};
