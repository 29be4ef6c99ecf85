import { scratchWholes } from '../scratch.ts';
import type { Told } from './enrolments.ts';
import { factOrder } from './fact-order.ts';
import type { World } from './world.ts';

/**
 * By enrolment, the last fact up to a moment (plus one) that tells something which the last one decides; 0 for none. Which
 * enrolment a fact belongs to does not depend on what comes after it.
 */
export const toldBefore = (world: World, name: Told, moment: number): Uint32Array => {
  const { enrolments, log, isEffective } = world;
  const { table, placed, tells } = enrolments;
  const { time, detail } = log.facts;
  const order = factOrder(log.facts);
  const last = scratchWholes(table.rows);
  for (let fact = 0; fact < placed.rows; fact += 1) {
    const row = (placed.row[fact] as number) - 1;
    if (row === -1 || detail[fact] === 0 || (time[fact] as number) > moment) continue;
    const before = last[row] as number;
    if (before !== 0 && order(before - 1, fact) > 0) continue;
    if (tells(name, fact) && isEffective(fact)) last[row] = fact + 1;
  }
  return last;
};
