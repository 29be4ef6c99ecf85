import fc from 'fast-check';
import type { Dimension } from '../../../src/metrics/grains/grain.ts';
import { matchFilter } from '../../../src/metrics/query/match-filter.ts';
import type { Filter } from '../../../src/metrics/query/query.ts';

const ROWS = 24;
/** Each row by two numbers; 0 is none. */
const DIMENSIONS: Readonly<Record<string, Dimension>> = {
  a: { code: (row) => row % 4, decode: (code) => (code === 0 ? null : code) },
  b: { code: (row) => Math.floor(row / 4) % 3, decode: (code) => (code === 0 ? null : code) },
};
const valueIn = (name: string, row: number): number | null => {
  const { code, decode } = DIMENSIONS[name] as Dimension;
  return decode(code(row)) as number | null;
};

const { filter } = fc.letrec<{ filter: Filter; leaf: Filter }>((tie) => ({
  leaf: fc.record({
    dim: fc.constantFrom('a', 'b'),
    op: fc.constantFrom('in' as const, 'notIn' as const),
    values: fc.array(fc.constantFrom(null, 1, 2, 3), { minLength: 1, maxLength: 2 }),
  }),
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('filter'), { maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie('filter'), { maxLength: 3 }).map((or) => ({ or })),
    tie('filter').map((not) => ({ not })),
  ),
}));

const isMeant = (one: Filter, row: number): boolean => {
  if ('and' in one) return one.and.every((part) => isMeant(part, row));
  if ('or' in one) return one.or.some((part) => isMeant(part, row));
  if ('not' in one) return !isMeant(one.not, row);
  return one.values.includes(valueIn(one.dim, row)) === (one.op === 'in');
};

describe('a filter', () => {
  it('means the rows that it means one by one, however deep', () => {
    fc.assert(
      fc.property(filter, (one) => {
        const rows = Uint32Array.from({ length: ROWS }, (_, row) => row);
        const found = matchFilter(rows, one, (name) => DIMENSIONS[name] as Dimension);
        expect([...found]).toEqual([...rows].filter((row) => isMeant(one, row)));
      }),
    );
  });
});
