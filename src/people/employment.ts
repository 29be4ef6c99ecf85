import { dayEnd, dayStart } from './day.ts';
import type { Timeline } from './timeline.ts';

/** When somebody was hired and left, in milliseconds since 1970: the first moment and the last, which may be Infinity. */
export type Employment = { readonly hired: number; readonly left: number };

/**
 * The times in which somebody was employed, ascending. Both days are facts that hold whenever they came to be known.
 * Another day of hiring is the same employment, corrected, unless the one before had ended by then. Where no day is
 * known it began with the first row.
 */
export const employmentsOf = (timeline: Timeline): readonly Employment[] => {
  const found: Employment[] = [];
  for (const { values } of timeline) {
    const [first, last] = [values.get('hired'), values.get('left')];
    const hired = first === undefined ? (timeline[0]?.from as number) : dayStart(first);
    const left = last === undefined ? Number.POSITIVE_INFINITY : dayEnd(last);
    const before = found.at(-1);
    if (before !== undefined && before.left >= hired) found.pop();
    found.push({ hired, left });
  }
  return found;
};

/** The employment that a moment lies in, or the last one before it, or the first. */
export const employmentAt = (employments: readonly Employment[], time: number): Employment | undefined =>
  employments.findLast(({ hired }) => hired <= time) ?? employments[0];
