import { scratchNumbers } from '../scratch.ts';
import { oncePerState } from './once-per-state.ts';
import { numberColumn } from './row-columns.ts';
import type { Scope } from './scope.ts';

type MomentOf = (row: number) => number;

/** Rows, and a column of them that names facts. */
type Naming = { readonly rows: number; readonly column: Uint32Array };

/**
 * When the facts happened that a column names (plus one): NaN where it names none, or one after the query's moment. Kept
 * for other questions by its name.
 */
export const momentOf = (scope: Scope, name: string, naming: Naming): MomentOf =>
  numberColumn(() => oncePerState(scope, name, () => timesOf(scope, naming)));

/** The same for this question alone, as what others are made of. */
export const partMomentOf = (scope: Scope, naming: Naming): MomentOf =>
  numberColumn(() => timesOf(scope, naming));

const timesOf = ({ world, asOf }: Scope, { rows, column }: Naming): Float64Array => {
  const { time } = world.log.facts;
  const found = scratchNumbers(rows);
  for (let row = 0; row < rows; row += 1) {
    const named = column[row] as number;
    const at = named === 0 ? Number.NaN : (time[named - 1] as number);
    found[row] = at <= asOf ? at : Number.NaN;
  }
  return found;
};
