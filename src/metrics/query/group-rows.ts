import { reject } from '../../xapi/rejection.ts';
import type { Dimension } from '../grains/grain.ts';
import { scratchIntegers, scratchWholes } from '../scratch.ts';
import { denseKeys } from '../statistics/dense-keys.ts';
import { type DenseNumbers, denseNumbers, firstPlaces } from '../statistics/dense-numbers.ts';
import { codesOf } from './over-rows.ts';

/** Rows of a grain that have the same codes. */
export type Group = { readonly codes: readonly number[]; readonly rows: Uint32Array };

/** There may be many, and few that are looked at: its rows are cut out when they are. */
class CutOut implements Group {
  readonly codes: readonly number[];
  readonly #sorted: Uint32Array;
  readonly #from: number;
  readonly #to: number;

  constructor(codes: readonly number[], sorted: Uint32Array, from: number, to: number) {
    this.codes = codes;
    this.#sorted = sorted;
    this.#from = from;
    this.#to = to;
  }

  get rows(): Uint32Array {
    return this.#sorted.subarray(this.#from, this.#to);
  }
}

/** More groups are no answer that anybody would read. */
const MOST_GROUPS = 100_000;

/** Rows in their groups so far: `groups` tells the codes of each. */
type Cut = {
  readonly rows: Uint32Array;
  readonly numbers: Int32Array;
  readonly groups: readonly (readonly number[])[];
};

const finer = ({ rows, numbers, groups }: Cut, codes: Uint32Array): Cut => {
  const next = groups.length === 1 ? denseNumbers(codes) : numbersOfPairs(numbers, codes);
  const cut = Array.from(firstPlaces(next), (at): readonly number[] => [
    ...(groups[numbers[at] as number] as readonly number[]),
    codes[at] as number,
  ]);
  return { rows, numbers: next.numbers, groups: cut };
};

const numbersOfPairs = (numbers: Int32Array, codes: Uint32Array): DenseNumbers =>
  denseKeys(new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length), codes);

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
  const [rows, numbers, each] = [scratchWholes(size), scratchIntegers(size), scratchWholes(size)];
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
  let cut: Cut = { rows, numbers: scratchIntegers(rows.length), groups: [[]] };
  for (const dimension of dimensions) {
    const codes = codesOf(cut.rows, dimension);
    const { members } = dimension;
    cut = members === undefined ? finer(cut, codes) : finer(...repeated(cut, codes, members));
    if (cut.groups.length > MOST_GROUPS) throw tooMany();
  }
  return gather(cut);
};

const tooMany = () =>
  reject(
    'body-invalid',
    '/dimensions',
    `These dimensions make more than ${MOST_GROUPS.toLocaleString('en')} groups. Leave some out, or narrow it down with filters.`,
  );

const gather = ({ rows, numbers, groups }: Cut): readonly Group[] => {
  if (groups.length === 1) return [{ codes: groups[0] as readonly number[], rows }];
  const starts = scratchWholes(groups.length + 1);
  for (let at = 0; at < numbers.length; at += 1) {
    const next = (numbers[at] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let at = 0; at < groups.length; at += 1)
    starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number);
  const sorted = scratchWholes(rows.length);
  const next = starts.slice();
  for (let at = 0; at < rows.length; at += 1) {
    const number = numbers[at] as number;
    sorted[next[number] as number] = rows[at] as number;
    next[number] = (next[number] as number) + 1;
  }
  return groups.map((codes, at) => new CutOut(codes, sorted, starts[at] as number, starts[at + 1] as number));
};
