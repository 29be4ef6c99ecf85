import { scratchIntegers, scratchNumbers } from '../scratch.ts';
import type { RetentionPoints } from './retention-loss.ts';

export type GroupedDelays = Record<keyof RetentionPoints, Float64Array> & {
  /** The point that each row went to. */
  readonly point: Int32Array;
};

/** Delays that differ by less than this part of 1 + t are one point. */
const WIDTH = 0.01;

/**
 * Rows of a delay (in any unit, not below 0) and a success (0 to 1) as points that a fit can take: those of nearly
 * one delay together, at their mean. So a million rows become some hundred points.
 */
export const groupDelays = (delay: ArrayLike<number>, success: ArrayLike<number>): GroupedDelays => {
  const cells = scratchIntegers(delay.length);
  let last = 0;
  for (let i = 0; i < delay.length; i += 1) {
    const cell = Math.floor(Math.log1p(delay[i] as number) / WIDTH);
    cells[i] = cell;
    if (cell > last) last = cell;
  }
  const [times, kept, trials] = [
    scratchNumbers(last + 1),
    scratchNumbers(last + 1),
    scratchNumbers(last + 1),
  ];
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i] as number;
    times[cell] = (times[cell] as number) + (delay[i] as number);
    kept[cell] = (kept[cell] as number) + (success[i] as number);
    trials[cell] = (trials[cell] as number) + 1;
  }
  const used = Array.from(trials.keys()).filter((cell) => (trials[cell] as number) > 0);
  const places = scratchIntegers(last + 1);
  for (const [place, cell] of used.entries()) places[cell] = place;
  return {
    delays: Float64Array.from(used, (cell) => (times[cell] as number) / (trials[cell] as number)),
    kept: Float64Array.from(used, (cell) => kept[cell] as number),
    trials: Float64Array.from(used, (cell) => trials[cell] as number),
    point: cells.map((cell) => places[cell] as number),
  };
};
