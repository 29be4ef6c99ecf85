import { scratchBytes, scratchWholes } from '../scratch.ts';
import { factOrder } from './fact-order.ts';
import type { World } from './world.ts';

/** State into whose rows facts were folded: `placed` has the row of each, plus one. */
type Placing = {
  readonly table: { readonly rows: number };
  readonly placed: { readonly rows: number; readonly row: Uint32Array };
};

/** What the last of all facts tells: a column that names it (plus one) by row, 0 for none, and which facts tell it. */
type Told = { readonly column: Uint32Array; tells(fact: number): boolean };

/**
 * By row, the last fact up to a moment (plus one) that tells something which the last one to tell it decides; 0 for none.
 * Into which row a fact was folded does not depend on what comes after it. Only where the last of all came later is any
 * other looked for.
 */
export const lastBefore = (
  world: World,
  { table, placed }: Placing,
  moment: number,
  { column, tells }: Told,
): Uint32Array => {
  const { log, isEffective } = world;
  const { time } = log.facts;
  const order = factOrder(log.facts);
  const { last, isLater } = lastOfAll(world, column.subarray(0, table.rows), moment);
  for (let fact = 0; fact < placed.rows; fact += 1) {
    const placedAt = placed.row[fact] as number;
    // Facts without a row have 0, which is never later.
    if (isLater[placedAt] === 0 || (time[fact] as number) > moment || !tells(fact)) continue;
    const row = placedAt - 1;
    const before = last[row] as number;
    if (before !== 0 && order(before - 1, fact) > 0) continue;
    if (isEffective(fact)) last[row] = fact + 1;
  }
  return last;
};

/** What is named as far as it is not later than a moment, and by row, plus one, whether it is. */
const lastOfAll = ({ log }: World, column: Uint32Array, moment: number) => {
  const { time } = log.facts;
  const [last, isLater] = [scratchWholes(column.length), scratchBytes(column.length + 1)];
  for (let row = 0; row < last.length; row += 1) {
    const named = column[row] as number;
    if (named !== 0 && (time[named - 1] as number) > moment) isLater[row + 1] = 1;
    else last[row] = named;
  }
  return { last, isLater };
};
