import { betaPrior, shrunkRate } from '../../../src/metrics/statistics/shrunk-rate.ts';
import { wilson } from '../../../src/metrics/statistics/wilson.ts';

const some = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('Nothing was found');
  return value;
};

describe('the prior of groups', () => {
  it('of equal sizes is as by hand', () => {
    const prior = some(betaPrior([2, 5, 8, 9], [10, 10, 10, 10]));
    // Between 10 · (.16 + .01 + .04 + .09) = 3.0, by chance .24 · 3 = .72, most .24 · (30 − 3) = 6.48.
    expect(prior.mean).toBeCloseTo(0.6, 14);
    expect(prior.strength).toBeCloseTo(6.48 / 2.28 - 1, 10);
    expect(prior.rows).toBe(40);
  });

  it('has no end of strength where groups are alike, where there is one, and where none has two rows', () => {
    expect(betaPrior([5, 5, 5], [10, 10, 10])?.strength).toBe(Number.POSITIVE_INFINITY);
    expect(betaPrior([5], [10])).toEqual({ mean: 0.5, strength: Number.POSITIVE_INFINITY, rows: 10 });
    expect(betaPrior([1, 0, 1], [1, 1, 1])?.strength).toBe(Number.POSITIVE_INFINITY);
    expect(betaPrior([0, 0], [10, 20])?.strength).toBe(Number.POSITIVE_INFINITY);
  });

  it('never weighs less than one row', () => {
    expect(betaPrior([0, 10, 0, 10], [10, 10, 10, 10])?.strength).toBe(1);
  });

  it('of nothing is none, and empty groups say nothing', () => {
    expect(betaPrior([], [])).toBeUndefined();
    expect(betaPrior([0], [0])).toBeUndefined();
    expect(betaPrior([2, 0, 8], [10, 0, 10])).toEqual(betaPrior([2, 8], [10, 10]));
  });
});

describe('the rate of a group', () => {
  const prior = { mean: 0.6, strength: 10, rows: 200 };

  it('is drawn towards that of all, the more the fewer rows it has', () => {
    expect(shrunkRate(prior, 1, 1).value).toBeCloseTo(7 / 11, 14);
    expect(shrunkRate(prior, 100, 100).value).toBeCloseTo(106 / 110, 14);
    expect(shrunkRate(prior, 0, 0).value).toBeCloseTo(0.6, 14);
  });

  it('so that 3 of 3 do not lead a ranking before 95 of 100', () => {
    expect(shrunkRate(prior, 3, 3).value).toBeLessThan(shrunkRate(prior, 95, 100).value);
  });

  it('has the interval of its beta distribution', () => {
    // Beta(3, 8), computed with 40 digits.
    const { lo, hi } = shrunkRate({ mean: 0.2, strength: 5, rows: 100 }, 2, 6);
    expect(lo).toBeCloseTo(0.06673951117773447, 10);
    expect(hi).toBeCloseTo(0.5560954623076415, 10);
  });

  it('is that of all, as well as that is known, if groups are alike', () => {
    const alike = { mean: 0.6, strength: Number.POSITIVE_INFINITY, rows: 200 };
    expect(shrunkRate(alike, 3, 3)).toEqual({ value: 0.6, ...wilson(120, 200) });
  });
});
