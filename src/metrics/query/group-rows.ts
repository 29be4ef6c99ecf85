import { reject } from '../../xapi/rejection.ts';
import type { Dimension } from '../grains/grain.ts';

/** Rows of a grain that have the same codes. */
export type Group = { readonly codes: readonly number[]; readonly rows: Uint32Array };

/** More groups are no answer that anybody would read. */
const MOST_GROUPS = 200_000;

/** Up to so many cells a table is quicker than a map. */
const TABLE = 4_000_000;

/** Codes without gaps, in the order in which they are met. */
type Dense = { readonly numbers: Uint32Array; readonly codes: readonly number[] };

const denseCodes = (rows: Uint32Array, code: (row: number) => number): Dense => {
  const numbers = new Uint32Array(rows.length);
  let largest = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const found = code(rows[at] as number);
    numbers[at] = found;
    if (found > largest) largest = found;
  }
  const codes: number[] = [];
  const number = numbering(largest + 1);
  for (let at = 0; at < rows.length; at += 1) {
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
    const table = new Uint32Array(size);
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

/**
 * Cuts rows into groups by dimensions; without any, into one group, if there are rows at all.
 *
 * @throws Rejection `body-invalid` when there would be more than {@link MOST_GROUPS}.
 */
export const groupRows = (rows: Uint32Array, dimensions: readonly Dimension[]): readonly Group[] => {
  if (rows.length === 0) return [];
  let numbers = new Uint32Array(rows.length);
  let groups: (readonly number[])[] = [[]];
  for (const { code } of dimensions) {
    const dense = denseCodes(rows, code);
    const wide = dense.codes.length;
    const number = numbering(groups.length * wide);
    const finer: (readonly number[])[] = [];
    const next = new Uint32Array(rows.length);
    for (let at = 0; at < rows.length; at += 1) {
      const [group, value] = [numbers[at] as number, dense.numbers[at] as number];
      const found = number(group * wide + value);
      if (found === finer.length) finer.push([...(groups[group] as number[]), dense.codes[value] as number]);
      next[at] = found;
    }
    if (finer.length > MOST_GROUPS) throw tooMany();
    numbers = next;
    groups = finer;
  }
  return gather(rows, numbers, groups);
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
  const starts = new Uint32Array(groups.length + 1);
  for (const number of numbers) starts[number + 1] = (starts[number + 1] as number) + 1;
  for (let at = 0; at < groups.length; at += 1)
    starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number);
  const sorted = new Uint32Array(rows.length);
  const next = starts.slice();
  for (let at = 0; at < rows.length; at += 1) {
    const number = numbers[at] as number;
    sorted[next[number] as number] = rows[at] as number;
    next[number] = (next[number] as number) + 1;
  }
  return groups.map((codes, at) => ({ codes, rows: sorted.subarray(starts[at], starts[at + 1]) }));
};
