import { scratchWholes } from '../scratch.ts';
import { factOrder } from './fact-order.ts';
import type { World } from './world.ts';

/** State into whose rows facts were folded: `placed` has the row of each, plus one. */
type Placing = {
  readonly table: { readonly rows: number };
  readonly placed: { readonly rows: number; readonly row: Uint32Array };
};

/**
 * By row, the last fact up to a moment (plus one) that tells something which the last one to tell it decides; 0 for none.
 * Into which row a fact was folded does not depend on what comes after it.
 */
export const lastBefore = (
  { log, isEffective }: World,
  { table, placed }: Placing,
  moment: number,
  tells: (fact: number) => boolean,
): Uint32Array => {
  const { time } = log.facts;
  const order = factOrder(log.facts);
  const last = scratchWholes(table.rows);
  for (let fact = 0; fact < placed.rows; fact += 1) {
    const row = (placed.row[fact] as number) - 1;
    if (row === -1 || (time[fact] as number) > moment || !tells(fact)) continue;
    const before = last[row] as number;
    if (before !== 0 && order(before - 1, fact) > 0) continue;
    if (isEffective(fact)) last[row] = fact + 1;
  }
  return last;
};
