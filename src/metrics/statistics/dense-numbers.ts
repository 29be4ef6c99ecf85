import { roughIntegers, scratchWholes } from '../scratch.ts';

/** Numbers from 0 on without gaps, in the order in which they are first met. */
export type DenseNumbers = { readonly numbers: Int32Array; readonly count: number };

/** Numbers up to here are looked up in a table, which is used again and again: a stamp says which of it is of this time. */
const TABLE = 1 << 23;
const LAST_STAMP = 0xffff_ffff;

let stamps = new Uint32Array(1 << 16);
let places = new Int32Array(1 << 16);
let stamp = 0;

/** Makes room for numbers up to one. */
const makeRoom = (largest: number): void => {
  if (largest < stamps.length) return;
  const size = 2 ** Math.ceil(Math.log2(largest + 1));
  const [before, placed] = [stamps, places];
  stamps = new Uint32Array(size);
  places = new Int32Array(size);
  stamps.set(before);
  places.set(placed);
};

const nextStamp = (): number => {
  if (stamp === LAST_STAMP) {
    stamps.fill(0);
    stamp = 0;
  }
  stamp += 1;
  return stamp;
};

/**
 * A table by whole numbers below `size`, for one walk over some of them: what has been seen has the stamp of `now`, and a
 * place. It is there until somebody else asks for it, or numbers anything here.
 */
export const numberingTable = (size: number) => {
  makeRoom(size);
  const now = nextStamp();
  return { seen: stamps, place: places, now };
};

const byTable = (given: Uint32Array, largest: number): DenseNumbers => {
  const { seen, place, now } = numberingTable(largest);
  const numbers = roughIntegers(given.length);
  let count = 0;
  for (let i = 0; i < given.length; i += 1) {
    const number = given[i] as number;
    if (seen[number] !== now) {
      seen[number] = now;
      place[number] = count;
      count += 1;
    }
    numbers[i] = place[number] as number;
  }
  return { numbers, count };
};

const byMap = (given: Uint32Array): DenseNumbers => {
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

/** Persons or items renumbered without gaps; they are given as whole numbers from 0 on, with any gaps. */
export const denseNumbers = (given: ArrayLike<number>): DenseNumbers => {
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
  const now = nextStamp();
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const number = column[rows[at] as number] as number;
    if (number >= stamps.length) makeRoom(number);
    if (stamps[number] === now) continue;
    stamps[number] = now;
    count += 1;
  }
  return count;
};

/** How many different numbers there are among some of that size. */
export const countAll = (numbers: Uint32Array): number => {
  const now = nextStamp();
  let count = 0;
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] as number;
    if (number >= stamps.length) makeRoom(number);
    if (stamps[number] === now) continue;
    stamps[number] = now;
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
    if (stamps[ofOthers[others[at] as number] as number] === stamp) return true;
  return false;
};
