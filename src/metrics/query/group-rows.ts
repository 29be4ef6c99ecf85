import { reject } from '../../xapi/rejection.ts';
import type { Dimension } from '../grains/grain.ts';
import { scratchWholes } from '../scratch.ts';
import { wholesOf } from './over-rows.ts';

/** Rows of a grain that have the same codes. */
export type Group = { readonly codes: readonly number[]; readonly rows: Uint32Array };

/** More groups are no answer that anybody would read. */
const MOST_GROUPS = 100_000;

/** Up to so many cells a table is quicker than a map. */
const TABLE = 4_000_000;

/** Codes without gaps, in the order in which they are met. */
type Dense = { readonly numbers: Uint32Array; readonly codes: readonly number[] };

/** Makes codes dense, in their place. */
const denseCodes = (numbers: Uint32Array): Dense => {
  let largest = 0;
  for (const found of numbers) if (found > largest) largest = found;
  const codes: number[] = [];
  const number = numbering(largest + 1);
  for (let at = 0; at < numbers.length; at += 1) {
    const found = numbers[at] as number;
    const dense = number(found);
    if (dense === codes.length) codes.push(found);
    numbers[at] = dense;
  }
  return { numbers, codes };
};

/** Numbers keys (below a size) from 0 on, in the order in which they are met. */
const numbering = (size: number): ((key: number) => number) => {
  let next = 0;
  if (size <= TABLE) {
    const table = scratchWholes(size);
    return (key) => {
      if (table[key] === 0) {
        next += 1;
        table[key] = next;
      }
      return (table[key] as number) - 1;
    };
  }
  const known = new Map<number, number>();
  return (key) => {
    const there = known.get(key);
    if (there !== undefined) return there;
    known.set(key, next);
    next += 1;
    return next - 1;
  };
};

/** Rows in their groups so far: `groups` tells the codes of each. */
type Cut = {
  readonly rows: Uint32Array;
  readonly numbers: Uint32Array;
  readonly groups: readonly (readonly number[])[];
};

const codesOf = ({ rows }: Cut, { code, codes }: Dimension): Uint32Array =>
  codes === undefined ? wholesOf(rows, code) : codes(rows);

const finer = ({ rows, numbers, groups }: Cut, codes: Uint32Array): Cut => {
  const dense = denseCodes(codes);
  const wide = dense.codes.length;
  const number = numbering(groups.length * wide);
  const cut: (readonly number[])[] = [];
  const next = scratchWholes(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const [group, value] = [numbers[at] as number, dense.numbers[at] as number];
    const found = number(group * wide + value);
    if (found === cut.length) cut.push([...(groups[group] as number[]), dense.codes[value] as number]);
    next[at] = found;
  }
  return { rows, numbers: next, groups: cut };
};

const NONE: readonly number[] = [0];

/** Each row as often as it has values, with the code of one of them each time. */
const repeated = (
  cut: Cut,
  codes: Uint32Array,
  members: (code: number) => readonly number[],
): readonly [Cut, Uint32Array] => {
  const known = new Map<number, readonly number[]>();
  const membersOf = (code: number): readonly number[] => {
    const there = known.get(code);
    if (there !== undefined) return there;
    const found = members(code);
    known.set(code, found.length === 0 ? NONE : found);
    return membersOf(code);
  };
  let size = 0;
  for (const code of codes) size += membersOf(code).length;
  const [rows, numbers, each] = [scratchWholes(size), scratchWholes(size), scratchWholes(size)];
  let to = 0;
  for (let at = 0; at < codes.length; at += 1)
    for (const member of membersOf(codes[at] as number)) {
      rows[to] = cut.rows[at] as number;
      numbers[to] = cut.numbers[at] as number;
      each[to] = member;
      to += 1;
    }
  return [{ rows, numbers, groups: cut.groups }, each];
};

/**
 * Cuts rows into groups by dimensions; without any, into one group, if there are rows at all. A row that has several
 * values of a dimension is in the group of each.
 *
 * @throws Rejection `body-invalid` when there would be more than {@link MOST_GROUPS}.
 */
export const groupRows = (rows: Uint32Array, dimensions: readonly Dimension[]): readonly Group[] => {
  if (rows.length === 0) return [];
  let cut: Cut = { rows, numbers: scratchWholes(rows.length), groups: [[]] };
  for (const dimension of dimensions) {
    const codes = codesOf(cut, dimension);
    const { members } = dimension;
    cut = members === undefined ? finer(cut, codes) : finer(...repeated(cut, codes, members));
    if (cut.groups.length > MOST_GROUPS) throw tooMany();
  }
  return gather(cut.rows, cut.numbers, cut.groups);
};

const tooMany = () =>
  reject(
    'body-invalid',
    '/dimensions',
    `These dimensions make more than ${MOST_GROUPS.toLocaleString('en')} groups. Leave some out, or narrow it down with filters.`,
  );

const gather = (
  rows: Uint32Array,
  numbers: Uint32Array,
  groups: readonly (readonly number[])[],
): readonly Group[] => {
  const starts = scratchWholes(groups.length + 1);
  for (const number of numbers) starts[number + 1] = (starts[number + 1] as number) + 1;
  for (let at = 0; at < groups.length; at += 1)
    starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number);
  const sorted = scratchWholes(rows.length);
  const next = starts.slice();
  for (let at = 0; at < rows.length; at += 1) {
    const number = numbers[at] as number;
    sorted[next[number] as number] = rows[at] as number;
    next[number] = (next[number] as number) + 1;
  }
  return groups.map((codes, at) => ({ codes, rows: sorted.subarray(starts[at], starts[at + 1]) }));
};
