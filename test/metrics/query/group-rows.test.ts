import { numberDimension } from '../../../src/metrics/grains/dimensions.ts';
import type { Dimension } from '../../../src/metrics/grains/grain.ts';
import { countOf, groupRows, rowsOfGroup } from '../../../src/metrics/query/group-rows.ts';

const dimension = (code: (row: number) => number): Dimension => ({ code, decode: (one) => one });

describe('rows in groups', () => {
  const rows = Uint32Array.from({ length: 9000 }, (_, row) => row);
  /** Groups as a map makes them: `codes` of a row, joined, and the rows of each. */
  const plain = (codes: readonly ((row: number) => number)[]) => {
    const groups = new Map<string, number[]>();
    for (const row of rows) {
      const key = codes.map((code) => code(row)).join(' ');
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return groups;
  };
  it.each([
    ['few', [(row: number) => row % 7, (row: number) => row % 3]],
    [
      'so many that no table holds their pairs',
      [(row: number) => row % 3001, (row: number) => 5 * (row % 2999)],
    ],
    [
      'of many numbers, which are none near each other',
      [(row: number) => 1000 * row, (row: number) => 7 * row],
    ],
    ['of numbers near the greatest', [(row: number) => 2 ** 32 - 1 - (row % 5), (row: number) => row % 11]],
  ])('are those that have the same codes: %s', (_name, codes) => {
    const found = groupRows(rows, codes.map(dimension));
    const told = new Map(
      Array.from({ length: countOf(found) }, (_, group) => [
        found.codes.map((column) => column[group]).join(' '),
        [...rowsOfGroup(found, group)],
      ]),
    );
    expect(told).toEqual(plain(codes));
    expect(countOf(found)).toBe(told.size);
  });

  it('are refused when there are too many, before rows are repeated for what several values a next dimension has', () => {
    const many = Uint32Array.from({ length: 100_001 }, (_, row) => row);
    const looked: number[] = [];
    const members = (code: number) => {
      looked.push(code);
      return [code, code + 1];
    };
    const several = { ...dimension((row) => row % 3), members };
    expect(() => groupRows(many, [dimension((row) => row), several])).toThrow('more than 100,000 groups');
    expect(looked).toEqual([]);
    expect(() => groupRows(many, [dimension((row) => row)])).toThrow('more than 100,000 groups');
    expect(countOf(groupRows(many.subarray(1), [dimension((row) => row)]))).toBe(100_000);
    expect(countOf(groupRows(rows, [dimension((row) => row % 2), several]))).toBe(8);
  });

  it('are not made of nothing, and one without dimensions', () => {
    expect(countOf(groupRows(new Uint32Array(0), [dimension(() => 1)]))).toBe(0);
    expect(countOf(groupRows(new Uint32Array(0), []))).toBe(0);
    const all = groupRows(rows, []);
    expect(countOf(all)).toBe(1);
    expect(rowsOfGroup(all, 0)).toEqual(rows);
  });
});

it.each([0, 1, -1, 7.25, -0.5, 2 ** 30 - 1, 2 ** 30, -(2 ** 30), 2 ** 40, Number.NaN])(
  'a dimension of numbers tells %s as it is',
  (number) => {
    const { code, decode } = numberDimension((row) => (row === 0 ? 1.5 : number));
    const [other, own] = [code(0), code(1)];
    expect(decode(own)).toBe(Number.isNaN(number) ? null : number);
    expect(decode(other)).toBe(1.5);
    expect(own === other).toBe(false);
    expect(Uint32Array.of(own)[0]).toBe(own);
  },
);
