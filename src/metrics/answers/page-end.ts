import type { AnswerRow } from '../query/run-query.ts';
import type { Cell } from '../views.ts';

/** Items of lists, points of curves and the like: a page ends with the row that brings it to so many. */
const MOST_ENTRIES = 2000;
/** What a mere number counts for among these. */
const NUMBER = 0.1;

/** How much stands in a cell beside its figures: its longest list is what counts. */
const entriesIn = (cell: Cell | null): number => {
  let most = 0;
  for (const member of Object.values(cell ?? {}))
    if (Array.isArray(member)) most = Math.max(most, weightOf(member));
  return most;
};

const weightOf = (list: readonly unknown[]): number =>
  list.length * (typeof list[0] === 'object' ? 1 : NUMBER);

/**
 * Behind which row a page ends: after so many as it may have at most, or sooner where their cells hold long lists, so that
 * nobody is sent tens of megabytes. It has a row at least, if there is one.
 */
export const pageEnd = (rows: readonly AnswerRow[], from: number, limit: number): number => {
  const last = Math.min(rows.length, from + limit);
  let end = from;
  for (let entries = 0; end < last && entries < MOST_ENTRIES; end += 1)
    for (const cell of (rows[end] as AnswerRow).cells) entries += entriesIn(cell);
  return end;
};
