import type { Answer } from '../views.ts';
import { type KeptRows, toldAt } from './kept-rows.ts';

/** Items of lists, points of curves and the like: a page ends with the row that brings it to so many. */
const MOST_ENTRIES = 2000;
/** What a mere number counts for among these. */
const NUMBER = 0.1;

/** How much stands in a cell beside its figures: its longest list is what counts. What a dimension says has none. */
const entriesIn = (told: Answer['rows'][number][number]): number => {
  if (typeof told !== 'object' || told === null) return 0;
  let most = 0;
  for (const member of Object.values(told))
    if (Array.isArray(member)) most = Math.max(most, weightOf(member));
  return most;
};

const weightOf = (list: readonly unknown[]): number =>
  list.length * (typeof list[0] === 'object' ? 1 : NUMBER);

/**
 * The rows of a page from one on: as many as it may have at most, or fewer where their cells hold long lists, so that
 * nobody is sent tens of megabytes. It has a row at least, if there is one.
 *
 * @throws Rejection `expired` when one of them was given up.
 */
export const pageRows = (rows: KeptRows, from: number, limit: number): Answer['rows'] => {
  const last = Math.min(rows.length, from + limit);
  const page: Answer['rows'][number][] = [];
  for (let [at, entries] = [from, 0]; at < last && entries < MOST_ENTRIES; at += 1) {
    const told = toldAt(rows, at);
    for (const one of told) entries += entriesIn(one);
    page.push(told);
  }
  return page;
};
