import { roughIntegers, scratchWholes } from '../scratch.ts';

/** Numbers from 0 on without gaps, in the order in which they are first met. */
export type DenseNumbers = { readonly numbers: Int32Array; readonly count: number };

/** Numbers up to here are looked up in a table, which is used again and again. */
const TABLE = 1 << 23;
const LAST = 0x7fff_ffff;

/** By number, the place that it had when it was last numbered, above that of every numbering before: what lies below `base` is of an earlier time. */
let slots = new Int32Array(1 << 16);
let base = 1;
let end = 1;

/** Makes room for numbers up to one. */
const makeRoom = (largest: number): void => {
  if (largest < slots.length) return;
  const before = slots;
  slots = new Int32Array(2 ** Math.ceil(Math.log2(largest + 1)));
  slots.set(before);
};

/** Begins a numbering of so many at most. */
const begin = (most: number): number => {
  if (end + most > LAST) {
    slots.fill(0);
    end = 1;
  }
  base = end;
  end = base + most;
  return base;
};

/**
 * A table for one walk over whole numbers up to `largest`, of which there are at most so many different ones: where a slot
 * is below `base`, its number has not been met yet, and it is to be set to `base` plus the place that it gets. It is there
 * until anything else is numbered here.
 */
export const numberingTable = (largest: number, most: number) => {
  makeRoom(largest);
  return { base: begin(most), slots };
};

/** The same for a walk that only asks whether a number has been met: its slot is the mark then, and is to be set to it. */
export const markingTable = (largest: number) => {
  makeRoom(largest);
  return { mark: begin(1), slots };
};

const byTable = (given: Uint32Array, largest: number): DenseNumbers => {
  const table = numberingTable(largest, Math.min(given.length, largest + 1));
  const numbers = roughIntegers(given.length);
  let next = table.base;
  for (let i = 0; i < given.length; i += 1) {
    const number = given[i] as number;
    let slot = table.slots[number] as number;
    if (slot < table.base) {
      slot = next;
      table.slots[number] = slot;
      next += 1;
    }
    numbers[i] = slot - table.base;
  }
  return { numbers, count: next - table.base };
};

const byMap = (given: ArrayLike<number>): DenseNumbers => {
  const known = new Map<number, number>();
  const numbers = roughIntegers(given.length);
  for (let i = 0; i < given.length; i += 1) {
    const number = given[i] as number;
    const dense = known.get(number) ?? known.size;
    if (dense === known.size) known.set(number, dense);
    numbers[i] = dense;
  }
  return { numbers, count: known.size };
};

/** The largest of some whole numbers; 0 of none. */
export const largestOf = (given: Uint32Array): number => {
  let largest = 0;
  for (let i = 0; i < given.length; i += 1) if ((given[i] as number) > largest) largest = given[i] as number;
  return largest;
};

/** Whether some are greater than any of 32 bits, such as the seconds of 137 years. */
const hasBeyond = (given: ArrayLike<number>): boolean => {
  for (let i = 0; i < given.length; i += 1) if ((given[i] as number) > 0xffff_ffff) return true;
  return false;
};

/** Persons or items renumbered without gaps; they are given as whole numbers from 0 on, with any gaps. */
export const denseNumbers = (given: ArrayLike<number>): DenseNumbers => {
  if (!(given instanceof Uint32Array) && hasBeyond(given)) return byMap(given);
  const whole = given instanceof Uint32Array ? given : new Uint32Array(given);
  const largest = largestOf(whole);
  return largest < TABLE ? byTable(whole, largest) : byMap(whole);
};

/** Where each number is met first: numbers are given in that order. */
export const firstPlaces = ({ numbers, count }: DenseNumbers): Uint32Array => {
  const places = scratchWholes(count);
  let next = 0;
  for (let at = 0; next < count; at += 1) {
    if (numbers[at] !== next) continue;
    places[next] = at;
    next += 1;
  }
  return places;
};

/** How many different numbers, of the size of persons or facts, a column has at some rows. */
export const countDifferent = (rows: Uint32Array, column: Uint32Array): number => {
  const now = begin(1);
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const number = column[rows[at] as number] as number;
    if (number >= slots.length) makeRoom(number);
    if (slots[number] === now) continue;
    slots[number] = now;
    count += 1;
  }
  return count;
};

/** The same of numbers as they stand: a loop of its own, for what reads two kinds of columns is slower at both. */
export const countAll = (numbers: Uint32Array): number => {
  const now = begin(1);
  let count = 0;
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] as number;
    if (number >= slots.length) makeRoom(number);
    if (slots[number] === now) continue;
    slots[number] = now;
    count += 1;
  }
  return count;
};

/** Whether any number of some rows is one of others, too. */
export const haveCommon = (
  some: Uint32Array,
  ofSome: Uint32Array,
  others: Uint32Array,
  ofOthers: Uint32Array,
): boolean => {
  countDifferent(some, ofSome);
  for (let at = 0; at < others.length; at += 1)
    if (slots[ofOthers[others[at] as number] as number] === base) return true;
  return false;
};
