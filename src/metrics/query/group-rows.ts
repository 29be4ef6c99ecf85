import { reject } from '../../xapi/rejection.ts';
import type { Dimension } from '../grains/grain.ts';
import { roughWholes, scratchWholes } from '../scratch.ts';
import { denseKeys, paired, wholes } from '../statistics/dense-keys.ts';
import { countAll, denseNumbers, largestOf } from '../statistics/dense-numbers.ts';
import { codesOf } from './over-rows.ts';
import { columnOver } from './row-columns.ts';

/**
 * Rows of a grain in groups that have the same codes: the codes of each group, by dimension, and the rows of all, one group
 * after the other. There may be many groups, of which few are looked at.
 */
export type Groups = {
  readonly codes: readonly Uint32Array[];
  readonly sorted: Uint32Array;
  /** One more than there are groups. */
  readonly starts: Uint32Array;
};

export const countOf = ({ starts }: Groups): number => starts.length - 1;

export const rowsOfGroup = ({ sorted, starts }: Groups, group: number): Uint32Array =>
  sorted.subarray(starts[group], starts[group + 1]);

/** More groups are no answer that anybody would read. */
const MOST_GROUPS = 100_000;

/** Rows, and what dimensions say of each of them. */
type Coded = { readonly rows: Uint32Array; readonly columns: readonly Uint32Array[] };

const NONE: readonly number[] = [0];

/** Codes up to here are looked up in a list. */
const LISTED = 1 << 16;

/** Each code is looked at once. */
const knownMembers = (
  members: (code: number) => readonly number[],
): ((code: number) => readonly number[]) => {
  const listed: (readonly number[] | undefined)[] = [];
  const others = new Map<number, readonly number[]>();
  const find = (code: number): readonly number[] => {
    const found = members(code);
    const told = found.length === 0 ? NONE : found;
    if (code < LISTED) listed[code] = told;
    else others.set(code, told);
    return told;
  };
  return (code) => (code < LISTED ? listed[code] : others.get(code)) ?? find(code);
};

/** Each row as often as it has values, with the code of one of them each time. */
const repeated = (
  { rows, columns }: Coded,
  codes: Uint32Array,
  members: (code: number) => readonly number[],
): Coded => {
  const membersOf = knownMembers(members);
  let size = 0;
  for (let at = 0; at < codes.length; at += 1) size += membersOf(codes[at] as number).length;
  const [places, each] = [roughWholes(size), roughWholes(size)];
  let to = 0;
  for (let at = 0; at < codes.length; at += 1) {
    const all = membersOf(codes[at] as number);
    for (let one = 0; one < all.length; one += 1) {
      places[to] = at;
      each[to] = all[one] as number;
      to += 1;
    }
  }
  return {
    rows: columnOver(places, rows),
    columns: [...columns.map((column) => columnOver(places, column)), each],
  };
};

/** By row, a number below `size` that rows have in common that have the same codes. */
type Keys = { readonly keys: Uint32Array; readonly size: number };

/** Few keys, against how many rows there are, need not be without gaps. */
const SMALL = 1 << 16;
const SHARE = 1 / 4;

const fewFor = (rows: number): number => Math.max(SMALL, SHARE * rows);

/** Numbers without gaps in place of keys that are too many. */
const withoutGaps = ({ keys, size }: Keys): Keys => {
  if (size <= fewFor(keys.length)) return { keys, size };
  const dense = denseNumbers(keys);
  return { keys: wholes(dense), size: dense.count };
};

/** Keys that tell apart what two others do. */
const both = (one: Keys, other: Keys): Keys => {
  const size = one.size * other.size;
  if (size <= fewFor(one.keys.length)) return { keys: paired(one.keys, other.keys, other.size), size };
  const dense = denseKeys(one.keys, other.keys);
  return { keys: wholes(dense), size: dense.count };
};

const keysOf = (columns: readonly Uint32Array[]): Keys =>
  columns.map((keys): Keys => withoutGaps({ keys, size: largestOf(keys) + 1 })).reduce(both);

/**
 * Cuts rows into groups by dimensions; without any, into one group, if there are rows at all. A row that has several
 * values of a dimension is in the group of each.
 *
 * @throws Rejection `body-invalid` when there would be more than {@link MOST_GROUPS}.
 */
export const groupRows = (rows: Uint32Array, dimensions: readonly Dimension[]): Groups => {
  if (rows.length === 0)
    return { codes: dimensions.map(() => rows), sorted: rows, starts: Uint32Array.of(0) };
  let coded: Coded = { rows, columns: [] };
  for (const dimension of dimensions) {
    const codes = codesOf(coded.rows, dimension);
    const { members } = dimension;
    if (members !== undefined) refuseTooMany(coded);
    coded =
      members === undefined
        ? { rows: coded.rows, columns: [...coded.columns, codes] }
        : repeated(coded, codes, members);
  }
  return gather(coded);
};

/** Before rows are repeated, of which there would be many times as many. */
const refuseTooMany = ({ columns }: Coded): void => {
  if (columns.length > 0 && countAll(keysOf(columns).keys) > MOST_GROUPS) throw tooMany();
};

const tooMany = () =>
  reject(
    'body-invalid',
    '/dimensions',
    `These dimensions make more than ${MOST_GROUPS.toLocaleString('en')} groups. Leave some out, or narrow it down with filters.`,
  );

const gather = ({ rows, columns }: Coded): Groups => {
  if (columns.length === 0) return { codes: [], sorted: rows, starts: Uint32Array.of(0, rows.length) };
  const { keys, size } = keysOf(columns);
  const { next, starts, places } = placed(keys, size);
  const sorted = roughWholes(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const key = keys[at] as number;
    sorted[next[key] as number] = rows[at] as number;
    next[key] = (next[key] as number) + 1;
  }
  // They are of memory of their own: rows of an answer tell what they are after the question.
  const codes = columns.map((column) => columnOver(places, column).slice());
  return { codes, starts, sorted };
};

/** By key, where its rows begin among those of all groups; and by group, where they begin, and the place of one of them. */
const placed = (keys: Uint32Array, size: number) => {
  const [next, one] = [scratchWholes(size), roughWholes(size)];
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] as number;
    next[key] = (next[key] as number) + 1;
    one[key] = at;
  }
  const [starts, places] = [roughWholes(size + 1), roughWholes(size)];
  let [groups, before] = [0, 0];
  for (let key = 0; key < size; key += 1) {
    const rows = next[key] as number;
    if (rows === 0) continue;
    starts[groups] = before;
    places[groups] = one[key] as number;
    next[key] = before;
    groups += 1;
    before += rows;
  }
  if (groups > MOST_GROUPS) throw tooMany();
  starts[groups] = before;
  return { next, starts: starts.subarray(0, groups + 1), places: places.subarray(0, groups) };
};
