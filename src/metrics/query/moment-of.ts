import { roughNumbers } from '../scratch.ts';
import type { ChangingRows } from '../state/changing-rows.ts';
import { isAllPast, keptNumbers } from './kept-columns.ts';
import {
  type NumberColumn,
  numberColumn,
  type WholeOf,
  wholeColumn,
  wholesAmong,
  wholesUpTo,
} from './row-columns.ts';
import type { Scope } from './scope.ts';

/** Rows, and a column of them that names facts. */
type Naming = { readonly rows: ChangingRows; readonly column: Uint32Array };

/**
 * When the facts happened that a column names (plus one): NaN where it names none, or one after the query's moment. Kept
 * for other questions by its name.
 */
export const momentOf = (scope: Scope, name: string, { rows, column }: Naming): NumberColumn => {
  const named = timesOf(
    scope,
    rows.size,
    wholeColumn(() => column),
  );
  const seen = (moments: Float64Array): Float64Array =>
    isAllPast(scope) ? moments : upTo(moments, scope.asOf);
  return numberColumn(
    () => seen(keptNumbers(scope, name, rows, named)),
    (some) => seen(named.among(some)),
  );
};

/** When facts happened that are named (plus one), by each of so many rows; NaN where none is. */
export const timesOf = ({ world }: Scope, size: number, of: WholeOf): NumberColumn => {
  const { time } = world.log.facts;
  const told = (named: Uint32Array, length: number): Float64Array => {
    const found = roughNumbers(length);
    for (let at = 0; at < length; at += 1) {
      const fact = named[at] as number;
      found[at] = fact === 0 ? Number.NaN : (time[fact - 1] as number);
    }
    return found;
  };
  return numberColumn(
    () => told(wholesUpTo(size, of), size),
    (some) => told(wholesAmong(some, of), some.length),
  );
};

const upTo = (moments: Float64Array, last: number): Float64Array => {
  const found = roughNumbers(moments.length);
  for (let row = 0; row < found.length; row += 1) {
    const at = moments[row] as number;
    found[row] = at <= last ? at : Number.NaN;
  }
  return found;
};
