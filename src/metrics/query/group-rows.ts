import { reject } from '../../xapi/rejection.ts';
import type { Dimension } from '../grains/grain.ts';
import { scratchIntegers, scratchWholes } from '../scratch.ts';
import { denseKeys, wholes } from '../statistics/dense-keys.ts';
import { denseNumbers, firstPlaces } from '../statistics/dense-numbers.ts';
import { codesOf } from './over-rows.ts';
import { columnOver } from './row-columns.ts';

/** Rows of a grain that have the same codes. */
export type Group = {
  /** The code that they have of a dimension, by its place. */
  codeAt(dimension: number): number;
  readonly rows: Uint32Array;
};

/** All groups of an answer: the codes of each, by dimension, and the rows of all, one group after the other. */
type Groups = {
  readonly codes: readonly Uint32Array[];
  readonly sorted: Uint32Array;
  readonly starts: Uint32Array;
};

/** There may be many, and few that are looked at: its rows are cut out when they are. */
class CutOut implements Group {
  readonly #all: Groups;
  readonly #number: number;

  constructor(all: Groups, number: number) {
    this.#all = all;
    this.#number = number;
  }

  codeAt(dimension: number): number {
    return this.#all.codes[dimension]?.[this.#number] as number;
  }

  get rows(): Uint32Array {
    const { sorted, starts } = this.#all;
    return sorted.subarray(starts[this.#number], starts[this.#number + 1]);
  }
}

/** More groups are no answer that anybody would read. */
const MOST_GROUPS = 100_000;

/** Rows in their groups so far, by number, with the codes of each group by dimension. */
type Cut = {
  readonly rows: Uint32Array;
  readonly numbers: Int32Array;
  readonly count: number;
  readonly codes: readonly Uint32Array[];
};

const finer = ({ rows, numbers, count, codes }: Cut, given: Uint32Array): Cut => {
  const next = count === 1 ? denseNumbers(given) : denseKeys(wholes({ numbers, count }), given);
  const first = firstPlaces(next);
  // They are of memory of their own: rows of an answer tell what they are after the question.
  const coarse = columnOver(first, wholes({ numbers, count }));
  const before = codes.map((column) => standing(column, coarse));
  return { rows, numbers: next.numbers, count: next.count, codes: [...before, standing(given, first)] };
};

/** What stands in a column at some places, in memory of its own. */
const standing = (column: Uint32Array, places: Uint32Array): Uint32Array =>
  columnOver(places, column).slice();

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
  return [{ ...cut, rows, numbers }, each];
};

/**
 * Cuts rows into groups by dimensions; without any, into one group, if there are rows at all. A row that has several
 * values of a dimension is in the group of each.
 *
 * @throws Rejection `body-invalid` when there would be more than {@link MOST_GROUPS}.
 */
export const groupRows = (rows: Uint32Array, dimensions: readonly Dimension[]): readonly Group[] => {
  if (rows.length === 0) return [];
  let cut: Cut = { rows, numbers: scratchIntegers(rows.length), count: 1, codes: [] };
  for (const dimension of dimensions) {
    const codes = codesOf(cut.rows, dimension);
    const { members } = dimension;
    cut = members === undefined ? finer(cut, codes) : finer(...repeated(cut, codes, members));
    if (cut.count > MOST_GROUPS) throw tooMany();
  }
  return gather(cut);
};

const tooMany = () =>
  reject(
    'body-invalid',
    '/dimensions',
    `These dimensions make more than ${MOST_GROUPS.toLocaleString('en')} groups. Leave some out, or narrow it down with filters.`,
  );

const gather = ({ rows, numbers, count, codes }: Cut): readonly Group[] => {
  if (count === 1) return [new CutOut({ codes, sorted: rows, starts: Uint32Array.of(0, rows.length) }, 0)];
  const starts = scratchWholes(count + 1);
  for (let at = 0; at < numbers.length; at += 1) {
    const next = (numbers[at] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let at = 0; at < count; at += 1) starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number);
  const all = { codes, starts, sorted: inGroups(rows, numbers, starts) };
  return Array.from({ length: count }, (_, number) => new CutOut(all, number));
};

const inGroups = (rows: Uint32Array, numbers: Int32Array, starts: Uint32Array): Uint32Array => {
  const sorted = scratchWholes(rows.length);
  const next = starts.slice();
  for (let at = 0; at < rows.length; at += 1) {
    const number = numbers[at] as number;
    sorted[next[number] as number] = rows[at] as number;
    next[number] = (next[number] as number) + 1;
  }
  return sorted;
};
