import { roughWholes } from '../scratch.ts';
import type { ChangingRows } from '../state/changing-rows.ts';
import { denseKeys } from '../statistics/dense-keys.ts';
import { firstPlaces } from '../statistics/dense-numbers.ts';
import { keptWholes } from './kept-columns.ts';
import { type WholeOf, wholeColumn, wholesAmong, wholesUpTo } from './row-columns.ts';
import type { Scope } from './scope.ts';

/** What rows of one class have in common: the person first, since the rows of a person change together, and those of others do not. */
type Keys = readonly [person: WholeOf, other: WholeOf, another?: WholeOf];

/**
 * Classes of rows of state, kept from question to question by a name: by row, one row of its class, the same for all of them.
 * `rows` must be of a table of state: of facts it is not known which others are of a class with a new one.
 */
export const keptClasses = (scope: Scope, name: string, rows: ChangingRows, keys: Keys): Uint32Array => {
  const all = (): Uint32Array =>
    firstsOf(
      rows.size,
      keys.map((key) => wholesUpTo(rows.size, key as WholeOf).subarray(0, rows.size)),
      (place) => place,
    );
  const among = (some: Uint32Array): Uint32Array =>
    firstsOf(
      some.length,
      keys.map((key) => wholesAmong(some, key as WholeOf)),
      (place) => some[place] as number,
    );
  return keptWholes(scope, `classes of ${name}`, rows, wholeColumn(all, among));
};

const firstsOf = (
  length: number,
  columns: readonly Uint32Array[],
  rowAt: (place: number) => number,
): Uint32Array => {
  const [person, other, another] = columns as [Uint32Array, Uint32Array, Uint32Array | undefined];
  const dense = denseKeys(person, other, another);
  const firsts = firstPlaces(dense);
  const found = roughWholes(length);
  for (let place = 0; place < length; place += 1)
    found[place] = rowAt(firsts[dense.numbers[place] as number] as number);
  return found;
};
