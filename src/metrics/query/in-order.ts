import { roughNumbers, scratchNumbers } from '../scratch.ts';
import { denseNumbers, firstPlaces } from '../statistics/dense-numbers.ts';

/** What rows are sorted by; null comes last. */
export type Sortable = string | number | null;

/** Numbers in the order of which rows are to stand. */
type Ranks = {
  readonly of: Float64Array;
  /** All are whole, from 0 to below this; undefined of other numbers. */
  readonly count?: number;
};

const LAST = Number.POSITIVE_INFINITY;

/** Numbers as they are. */
export const ranksOfNumbers = (values: readonly (number | null)[], descending: boolean): Ranks => ({
  of: Float64Array.from(values, (value) => (value === null ? LAST : descending ? -value : value)),
});

/** Where what stands for each row, by a code, has its place among all that there is; each code is looked at once. */
export const ranksOfCodes = (
  codes: Uint32Array,
  valueAt: (code: number) => Sortable,
  descending: boolean,
): Ranks => {
  const dense = denseNumbers(codes);
  const values = Array.from(firstPlaces(dense), (at) => valueAt(codes[at] as number));
  const places = placesOf(values, descending);
  const of = roughNumbers(codes.length);
  for (let row = 0; row < of.length; row += 1) of[row] = places[dense.numbers[row] as number] as number;
  return { of, count: values.length };
};

/** The same where the place of every code is known; 0 is none. */
export const ranksOfPlaces = (codes: Uint32Array, places: Uint32Array, descending: boolean): Ranks => {
  const count = places.length;
  const of = roughNumbers(codes.length);
  for (let row = 0; row < of.length; row += 1) {
    const code = codes[row] as number;
    const place = places[code] as number;
    of[row] = code === 0 ? count : descending ? count - 1 - place : place;
  }
  return { of, count: count + 1 };
};

/** The place of each value, the same for equal ones; null comes last, whatever the direction. */
export const placesOf = (values: readonly Sortable[], descending: boolean): Uint32Array => {
  const some = Uint32Array.from(values.keys()).filter((at) => values[at] !== null);
  const order = ascending(values as readonly (string | number)[], some);
  if (descending) order.reverse();
  const places = new Uint32Array(values.length).fill(order.length);
  order.forEach((at, place) => {
    const before = order[place - 1];
    const isSame = before !== undefined && values[before] === values[at];
    places[at] = isSame ? (places[before] as number) : place;
  });
  return places;
};

const ascending = (values: readonly (string | number)[], some: Uint32Array): Uint32Array => {
  const areTexts = some.every((at) => typeof values[at] === 'string');
  return (
    (areTexts ? byBeginnings(values as readonly string[], some) : undefined) ??
    some.sort((a, b) => compare(values[a] as string | number, values[b] as string | number))
  );
};

/** Characters of seven bits each, as many as make a number with the place of a text among all. */
const CHARACTERS = 5;
const CHARACTER = 128;

/**
 * Texts are sorted as numbers, by what follows what all of them begin with; only those that are alike there too are compared.
 * Undefined where that cannot be done.
 */
const byBeginnings = (texts: readonly string[], some: Uint32Array): Uint32Array | undefined => {
  if (texts.length * CHARACTER ** CHARACTERS > Number.MAX_SAFE_INTEGER) return undefined;
  const from = commonLength(texts, some);
  const keys = new Float64Array(some.length);
  for (let i = 0; i < keys.length; i += 1) {
    const begins = beginningOf(texts[some[i] as number] as string, from);
    if (Number.isNaN(begins)) return undefined;
    keys[i] = begins * texts.length + (some[i] as number);
  }
  keys.sort();
  const order = Uint32Array.from(keys, (key) => key % texts.length);
  for (let first = 0; first < order.length; ) {
    const begins = Math.floor((keys[first] as number) / texts.length);
    let end = first + 1;
    while (end < order.length && Math.floor((keys[end] as number) / texts.length) === begins) end += 1;
    if (end - first > 1)
      order.subarray(first, end).sort((a, b) => compare(texts[a] as string, texts[b] as string));
    first = end;
  }
  return order;
};

const beginningOf = (text: string, from: number): number => {
  let number = 0;
  for (let at = from; at < from + CHARACTERS; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    if (code >= CHARACTER) return Number.NaN;
    number = number * CHARACTER + code;
  }
  return number;
};

/** How many characters all of them begin with. */
const commonLength = (texts: readonly string[], some: Uint32Array): number => {
  const first = texts[some[0] as number] ?? '';
  let { length } = first;
  for (const at of some) {
    const text = texts[at] as string;
    let same = 0;
    while (same < length && text.charCodeAt(same) === first.charCodeAt(same)) same += 1;
    length = same;
  }
  return length;
};

const compare = (a: string | number, b: string | number): number => {
  if (a === b) return 0;
  const isBefore = typeof a === typeof b ? a < b : String(a) < String(b);
  return isBefore ? -1 : 1;
};

/** The places of rows in the order of some ranks, the first of which counts most; those of equal ranks stay as they are. */
export const inOrder = (ranks: readonly Ranks[], rows: number): readonly number[] => {
  const keys = keysOf(ranks, rows);
  if (keys !== undefined) {
    keys.sort();
    const places = new Array<number>(rows);
    for (let at = 0; at < rows; at += 1) places[at] = (keys[at] as number) % rows;
    return places;
  }
  return Array.from({ length: rows }, (_, row) => row).sort((a, b) => {
    for (const { of } of ranks) {
      const [one, other] = [of[a] as number, of[b] as number];
      if (one !== other) return one < other ? -1 : 1;
    }
    return 0;
  });
};

/** One number of each row for all its ranks and its place, if there is one that is exact: numbers sort several times as fast. */
const keysOf = (ranks: readonly Ranks[], rows: number): Float64Array | undefined => {
  let most = rows;
  for (const { count } of ranks) most *= count ?? Number.POSITIVE_INFINITY;
  if (!(most < Number.MAX_SAFE_INTEGER)) return undefined;
  const keys = scratchNumbers(rows);
  for (const { of, count = 1 } of ranks)
    for (let row = 0; row < rows; row += 1) keys[row] = (keys[row] as number) * count + (of[row] as number);
  for (let row = 0; row < rows; row += 1) keys[row] = (keys[row] as number) * rows + row;
  return keys;
};
