import fc from 'fast-check';
import { histogram } from '../../../src/metrics/statistics/histogram.ts';
import { moments } from '../../../src/metrics/statistics/moments.ts';
import { orderStatistics } from '../../../src/metrics/statistics/order-statistics.ts';
import { quantiles, quantilesOfCounts } from '../../../src/metrics/statistics/quantiles.ts';

/** As it is defined, from sorted values. */
const plainly = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (place - Math.floor(place)) * (high - low);
};

const probabilities = fc.array(fc.constantFrom(0, 0.05, 0.25, 1 / 3, 0.5, 0.75, 0.9, 1), { maxLength: 6 });

describe('quantiles', () => {
  it('are linear between order statistics', () => {
    expect(quantiles([4, 1, 3, 2], [0, 0.25, 0.5, 1])).toEqual([1, 1.75, 2.5, 4]);
    expect(quantiles([0.4, 0.1, 0.3, 0.2], [0.5])).toEqual([0.25]);
  });

  it('of one value are that value, of none there are none', () => {
    expect(quantiles([7], [0, 0.5, 1])).toEqual([7, 7, 7]);
    expect(quantiles([0.7], [0, 0.5, 1])).toEqual([0.7, 0.7, 0.7]);
    expect(quantiles([], [0.5])).toEqual([]);
    expect(quantilesOfCounts([1, 2], [0, 0], [0.5])).toEqual([]);
  });

  it('leave the values as they are', () => {
    const values = Float64Array.of(0.3, 0.1, 0.2);
    quantiles(values, [0.5]);
    expect([...values]).toEqual([0.3, 0.1, 0.2]);
  });

  it.each([
    ['whole numbers, counted', fc.integer({ min: -50, max: 50 })],
    ['whole numbers too far apart to be counted', fc.integer({ min: -1e6, max: 1e6 })],
    ['any numbers', fc.double({ min: -1e3, max: 1e3, noNaN: true })],
  ])('of %s are those of the sorted values', (_name, value) => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), probabilities, (values, wanted) => {
        const found = quantiles(values, wanted);
        expect(found).toHaveLength(wanted.length);
        for (const [i, p] of wanted.entries()) expect(found[i]).toBeCloseTo(plainly(values, p), 9);
      }),
    );
  });

  it('of counts are those of the values so many times', () => {
    expect(quantilesOfCounts([0.1, 0.5, 2], [3, 0, 2], [0.5, 0.625])).toEqual([0.1, 0.1 + 0.5 * 1.9]);
  });
});

describe('order statistics', () => {
  const shapes = (n: number) => [
    (i: number) => i,
    (i: number) => n - i,
    (i: number) => (i * 7919) % n,
    (i: number) => i % 3,
    (i: number) => Math.min(i, n - i),
    (i: number) => (i - n / 2) * 1e-3 * ((i * 31) % 7),
    (i: number) => 1e9 + ((i * 7919) % n) / 1e4,
    (i: number) => (i % 2 === 0 ? -0 : 1e-320 * (i % 5)),
    () => 1,
  ];

  it.each([5000, 70_000])('are found among %d, however they lie', (n) => {
    for (const shape of shapes(n)) {
      const values = Float64Array.from({ length: n }, (_, i) => shape(i));
      const before = values.slice();
      const sorted = values.slice().sort();
      const places = [n - 1, 0, 1, 1234, 1235, n / 2, n / 2, n - 2];
      const found = orderStatistics(values, places);
      expect(places.map((place) => (found.get(place) as number) + 0)).toEqual(
        places.map((place) => (sorted[place] as number) + 0),
      );
      expect(values).toEqual(before);
    }
  });
});

describe('a histogram', () => {
  it('counts from each edge up to the next, and the last edge too', () => {
    const { counts, below, above } = histogram([0, 0.19, 0.2, 0.5, 0.999, 1, -0.1, 1.5, 2], [0, 0.2, 0.5, 1]);
    expect([...counts]).toEqual([2, 1, 3]);
    expect([below, above]).toEqual([1, 2]);
  });

  it('of nothing is empty', () => {
    expect([...histogram([], [0, 1]).counts]).toEqual([0]);
  });
});

describe('mean and variance', () => {
  it('are those of the sample', () => {
    expect(moments([2, 4, 9])).toEqual({ n: 3, mean: 5, variance: 13 });
  });

  it('hold far from 0', () => {
    expect(moments([1e9 + 1, 1e9 + 2, 1e9 + 3])?.variance).toBeCloseTo(1, 12);
  });

  it('of one value lack the variance, of none all', () => {
    expect(moments([3])).toEqual({ n: 1, mean: 3, variance: null });
    expect(moments([])).toBeUndefined();
  });
});
