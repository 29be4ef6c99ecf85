import fc from 'fast-check';
import {
  inOrder,
  placesOf,
  ranksOfCodes,
  ranksOfNumbers,
  ranksOfPlaces,
  type Sortable,
} from '../../../src/metrics/query/in-order.ts';

/** Texts that begin alike, are alike, are empty, or have more than ASCII in them. */
const text = fc.oneof(
  fc.constantFrom('', 'a', 'https://lms.example/', 'https://lms.example/a', 'ä', '\u0000', 'a\u0000', '😀'),
  fc.string({ maxLength: 8 }),
  fc.string({ maxLength: 12 }).map((end) => `https://lms.example/${end}`),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const values = fc.array(fc.option(fc.oneof(text, fc.constantFrom<Sortable>(0, 1, -2.5, 10)), { nil: null }), {
  minLength: 1,
  maxLength: 40,
});
const texts = fc.array(fc.option(text, { nil: null }), { minLength: 1, maxLength: 40 });

const compare = (a: Sortable, b: Sortable, sign: number): number => {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const isBefore = typeof a === typeof b ? a < b : String(a) < String(b);
  return isBefore ? -sign : sign;
};

describe('the order of rows', () => {
  it.each([
    ['texts', texts],
    ['texts and numbers', values],
  ])('is that of a plain sort by %s, what has none last', (_name, some) => {
    fc.assert(
      fc.property(
        some,
        fc.boolean(),
        fc.array(fc.nat(39), { minLength: 1, maxLength: 60 }),
        (known, descending, picks) => {
          const codes = Uint32Array.from(picks, (pick) => pick % known.length);
          const valueIn = (row: number): Sortable => known[codes[row] as number] as Sortable;
          const ranks = ranksOfCodes(codes, (code) => known[code] as Sortable, descending);
          const rows = Array.from(codes.keys());
          expect(inOrder([ranks], rows.length)).toEqual(
            [...rows].sort((a, b) => compare(valueIn(a), valueIn(b), descending ? -1 : 1) || a - b),
          );
        },
      ),
    );
  });

  it('is the same where the place of every code is known', () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 40 }),
        fc.boolean(),
        fc.array(fc.nat(40), { minLength: 1, maxLength: 60 }),
        (some, descending, picks) => {
          const known: readonly Sortable[] = [null, ...some];
          const codes = Uint32Array.from(picks, (pick) => pick % known.length);
          const plain = ranksOfCodes(codes, (code) => known[code] as Sortable, descending);
          const placed = ranksOfPlaces(codes, placesOf(known, false), descending);
          expect(inOrder([placed], codes.length)).toEqual(inOrder([plain], codes.length));
        },
      ),
    );
  });

  it('is by the first ranks, then by the next: equal values are of one rank', () => {
    const codes = Uint32Array.from([0, 1, 2, 0]);
    const same = ranksOfCodes(codes, (code) => (code === 2 ? 'b' : 'a'), false);
    const figures = ranksOfNumbers([3, 1, 2, null], false);
    expect(inOrder([same, figures], 4)).toEqual([1, 0, 3, 2]);
  });
});
