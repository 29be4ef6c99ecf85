import { roughNumbers } from '../scratch.ts';
import { isAllPast, oncePerWorld } from './once-per-state.ts';
import { type NumberColumn, numberColumn } from './row-columns.ts';
import type { Scope } from './scope.ts';

/** Rows, and a column of them that names facts. */
type Naming = { readonly rows: number; readonly column: Uint32Array };

/**
 * When the facts happened that a column names (plus one): NaN where it names none, or one after the query's moment. Kept
 * for other questions by its name.
 */
export const momentOf = (scope: Scope, name: string, naming: Naming): NumberColumn =>
  numberColumn(() => {
    const all = oncePerWorld(scope, name, () => timesOf(scope, naming));
    return isAllPast(scope) ? all : upTo(all, scope.asOf);
  });

/** The same for this question alone, of facts that are not after its moment, as what others are made of. */
export const partMomentOf = (scope: Scope, naming: Naming): NumberColumn =>
  numberColumn(() => timesOf(scope, naming));

const timesOf = ({ world }: Scope, { rows, column }: Naming): Float64Array => {
  const { time } = world.log.facts;
  const found = roughNumbers(rows);
  for (let row = 0; row < rows; row += 1) {
    const named = column[row] as number;
    found[row] = named === 0 ? Number.NaN : (time[named - 1] as number);
  }
  return found;
};

const upTo = (moments: Float64Array, last: number): Float64Array => {
  const found = roughNumbers(moments.length);
  for (let row = 0; row < found.length; row += 1) {
    const at = moments[row] as number;
    found[row] = at <= last ? at : Number.NaN;
  }
  return found;
};
