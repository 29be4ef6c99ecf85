import fc from 'fast-check';
import { differenceOfIndependent, newcombe } from '../../../src/metrics/statistics/newcombe.ts';
import { wilson } from '../../../src/metrics/statistics/wilson.ts';
import { golden, withGolden } from './golden.ts';

const rounded = (value: number | undefined): number => Math.round((value ?? Number.NaN) * 1e4) / 1e4;

/** Newcombe 1998. */
const PUBLISHED: [k: number, n: number, lo: number, hi: number][] = [
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
  [3, 3, 0.4385, 1],
  [9, 10, 0.5958, 0.9821],
];

describe("Wilson's interval", () => {
  it.each(PUBLISHED)('of %d in %d is as published', (k, n, lo, hi) => {
    const interval = wilson(k, n);
    expect([rounded(interval?.lo), rounded(interval?.hi)]).toEqual([lo, hi]);
  });

  it('of nobody is exactly from 0, of everybody exactly to 1, whatever n is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e7, noNaN: true }), (n) => {
        expect(wilson(0, n)?.lo).toBe(0);
        expect(wilson(n, n)?.hi).toBe(1);
        expect(wilson(0, n)?.hi).toBeGreaterThan(0);
        expect(wilson(n, n)?.lo).toBeLessThan(1);
      }),
    );
  });

  it('holds the rate, lies within 0 and 1, and mirrors that of the failures', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const k = Math.round(share * n);
          const { lo, hi } = wilson(k, n) ?? { lo: Number.NaN, hi: Number.NaN };
          expect(lo).toBeGreaterThanOrEqual(0);
          expect(lo).toBeLessThanOrEqual(k / n);
          expect(hi).toBeGreaterThanOrEqual(k / n);
          expect(hi).toBeLessThanOrEqual(1);
          expect(wilson(n - k, n)?.hi).toBeCloseTo(1 - lo, 12);
        },
      ),
    );
  });

  it.each([0, -1, Number.NaN])('of n = %d is not defined', (n) => {
    expect(wilson(0, n)).toBeUndefined();
  });

  it('takes an effective size that is no whole number', () => {
    const [whole, part] = [wilson(30, 100), wilson(22.5, 75)];
    expect(part?.lo).toBeLessThan(whole?.lo ?? 0);
    expect(part?.hi).toBeGreaterThan(whole?.hi ?? 1);
    expect(wilson(1.65, 5.5)?.lo).toBeCloseTo(0.0771, 4);
  });

  it('is wider at 99 %', () => {
    expect(wilson(81, 263, 2.5758293035489)?.lo).toBeLessThan(0.2553);
  });
});

describe("Newcombe's interval", () => {
  it('of 56/70 − 48/80 is as published', () => {
    const found = newcombe(56, 70, 48, 80);
    expect(found?.difference).toBeCloseTo(0.2, 14);
    expect([rounded(found?.lo), rounded(found?.hi)]).toEqual([0.0524, 0.3339]);
  });

  it('the other way round is the negative', () => {
    const [there, back] = [newcombe(9, 10, 15, 148), newcombe(15, 148, 9, 10)];
    expect(back?.lo).toBeCloseTo(-(there?.hi ?? 0), 14);
    expect(back?.hi).toBeCloseTo(-(there?.lo ?? 0), 14);
  });

  it('is not defined where a group is empty', () => {
    expect(newcombe(0, 0, 48, 80)).toBeUndefined();
    expect(newcombe(56, 70, 0, 0)).toBeUndefined();
  });

  it('joins figures with intervals of any kind', () => {
    const found = differenceOfIndependent({ value: 5, lo: 2, hi: 6 }, { value: 1, lo: -11, hi: 5 });
    expect(found).toEqual({ difference: 4, lo: -1, hi: 4 + Math.hypot(1, 12) });
  });
});

withGolden('the golden figures', () => {
  it('are those of the literals here', () => {
    const { wilson95, newcombe_diff95 } = golden();
    expect(wilson95.cases).toEqual(PUBLISHED);
    const { a, b, diff, lo, hi } = newcombe_diff95;
    const found = newcombe(a[0], a[1], b[0], b[1]);
    expect([found?.difference, found?.lo, found?.hi].map(rounded)).toEqual([diff, lo, hi]);
  });
});
