import { scratchNumbers } from '../scratch.ts';
import { oncePerState } from './once-per-state.ts';
import { numberColumn } from './row-columns.ts';
import type { Scope } from './scope.ts';

/**
 * When the facts happened that a column names (plus one): NaN where it names none, or one after the query's moment.
 * Columns stay as they are as long as a query is answered.
 */
export const momentOf = (
  scope: Scope,
  name: string,
  { rows }: { readonly rows: number },
  column: Uint32Array,
): ((row: number) => number) =>
  numberColumn(() => oncePerState(scope, name, () => timesOf(scope, rows, column)));

const timesOf = ({ world, asOf }: Scope, rows: number, column: Uint32Array): Float64Array => {
  const { time } = world.log.facts;
  const found = scratchNumbers(rows);
  for (let row = 0; row < rows; row += 1) {
    const named = column[row] as number;
    const at = named === 0 ? Number.NaN : (time[named - 1] as number);
    found[row] = at <= asOf ? at : Number.NaN;
  }
  return found;
};
