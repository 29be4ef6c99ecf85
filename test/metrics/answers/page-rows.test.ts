import type { KeptRows } from '../../../src/metrics/answers/kept-rows.ts';
import { pageRows } from '../../../src/metrics/answers/page-rows.ts';

const rowsWith = (list: readonly unknown[]): KeptRows =>
  Array.from({ length: 50 }, (_, at) => JSON.stringify([`row ${at}`, { value: 1, list }, null]));

describe('the rows of a page', () => {
  it.each([
    ['plain cells', [], 40],
    ['long lists of things', Array(1000).fill({}), 2],
    ['one list that is longer than a page', Array(9000).fill({}), 1],
    ['long lists of numbers, which are less to read', Array(1000).fill(1), 20],
  ])('of %s end in time', (_of, list, rows) => {
    const page = (from: number) => pageRows(rowsWith(list), from, 40).map(([name]) => name);
    expect(page(0)).toEqual(Array.from({ length: rows }, (_, at) => `row ${at}`));
    expect(page(5)).toEqual(Array.from({ length: rows }, (_, at) => `row ${at + 5}`));
    expect(page(49)).toEqual(['row 49']);
    expect(page(50)).toEqual([]);
  });

  it('that were given up are told to be gone', () => {
    const rows = [...rowsWith([]).slice(0, 3), null];
    expect(pageRows(rows, 0, 3)).toHaveLength(3);
    expect(() => pageRows(rows, 2, 3)).toThrow(expect.objectContaining({ reason: 'expired' }));
  });
});
