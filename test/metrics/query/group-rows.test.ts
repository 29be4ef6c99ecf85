import { numberDimension } from '../../../src/metrics/grains/dimensions.ts';
import type { Dimension } from '../../../src/metrics/grains/grain.ts';
import { groupRows } from '../../../src/metrics/query/group-rows.ts';

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
    ['of numbers near the greatest', [(row: number) => 2 ** 32 - 1 - (row % 5), (row: number) => row % 11]],
  ])('are those that have the same codes: %s', (_name, codes) => {
    const found = groupRows(rows, codes.map(dimension));
    const told = new Map(
      found.map((group) => [codes.map((_, at) => group.codeAt(at)).join(' '), [...group.rows]]),
    );
    expect(told).toEqual(plain(codes));
    expect(found).toHaveLength(told.size);
  });

  it('are not made of nothing, and one without dimensions', () => {
    expect(groupRows(new Uint32Array(0), [dimension(() => 1)])).toEqual([]);
    const all = groupRows(rows, []);
    expect(all).toHaveLength(1);
    expect(all[0]?.rows).toEqual(rows);
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
