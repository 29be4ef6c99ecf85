import { garwood, poissonRate } from '../../../src/metrics/statistics/poisson.ts';

describe("Garwood's interval", () => {
  // Half the chi-square quantiles of 2k and 2k + 2 degrees of freedom, computed with 30 digits.
  it.each([
    [0, 0, 3.68887945411394],
    [1, 0.0253178079842899, 5.5716433909389],
    [5, 1.62348639011842, 11.6683320793227],
    [100, 81.3639912509231, 121.626793792426],
  ])('of %d events', (count, lo, hi) => {
    const found = garwood(count);
    expect(found.lo).toBeCloseTo(lo, 8);
    expect(found.hi).toBeCloseTo(hi, 8);
  });

  it('of a million is exact too', () => {
    const { lo, hi } = garwood(1_000_000);
    expect(lo).toBeCloseTo(1_000_000 - 1959.01665971, 4);
    expect(hi).toBeCloseTo(1_000_000 + 1961.91194543, 4);
  });

  it('of a rate is divided by the exposure', () => {
    const found = poissonRate(5, 20);
    expect(found).toMatchObject({ value: 0.25, count: 5, exposure: 20 });
    expect(found?.lo).toBeCloseTo(1.62348639011842 / 20, 10);
    expect(found?.hi).toBeCloseTo(11.6683320793227 / 20, 10);
    expect(poissonRate(0, 0)).toBeUndefined();
  });
});
