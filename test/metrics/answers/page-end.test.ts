import { pageEnd } from '../../../src/metrics/answers/page-end.ts';
import type { AnswerRow } from '../../../src/metrics/query/run-query.ts';

const rowsWith = (list: readonly unknown[]): readonly AnswerRow[] =>
  Array.from({ length: 50 }, () => ({ cells: [{ value: 1, list }, null] }) as unknown as AnswerRow);

describe('the end of a page', () => {
  it.each([
    ['plain cells', [], 40],
    ['long lists of things', Array(1000).fill({}), 2],
    ['one list that is longer than a page', Array(9000).fill({}), 1],
    ['long lists of numbers, which are less to read', Array(1000).fill(1), 20],
  ])('of %s', (_of, list, rows) => {
    expect(pageEnd(rowsWith(list), 0, 40)).toBe(rows);
    expect(pageEnd(rowsWith(list), 5, 40)).toBe(5 + rows);
    expect(pageEnd(rowsWith(list), 49, 40)).toBe(50);
    expect(pageEnd(rowsWith(list), 50, 40)).toBe(50);
  });
});
