import { pairedGain } from '../../../src/metrics/statistics/paired.ts';

describe('the gain of pairs', () => {
  it("has Student's interval, Cohen's d and Hake's gain", () => {
    const found = pairedGain([0.2, 0.4, 0.3, 0.5], [0.5, 0.6, 0.7, 0.6]);
    // Differences .3, .2, .4, .1: mean .25, variance .05/3.
    const deviation = Math.sqrt(0.05 / 3);
    expect(found?.value).toBeCloseTo(0.25, 14);
    expect(found?.lo).toBeCloseTo(0.25 - (3.18244630528371 * deviation) / 2, 10);
    expect(found?.hi).toBeCloseTo(0.25 + (3.18244630528371 * deviation) / 2, 10);
    expect(found?.cohensD).toBeCloseTo(0.25 / deviation, 12);
    expect(found?.normalisedGain).toBeCloseTo(0.25 / 0.65, 14);
    expect(found?.n).toBe(4);
    expect(found?.before).toBeCloseTo(0.35, 14);
    expect(found?.after).toBeCloseTo(0.6, 14);
  });

  it('takes the gain on the means, not the mean of the gains', () => {
    expect(pairedGain([0.9, 0.1], [1, 0.1])?.normalisedGain).toBeCloseTo(0.1, 14);
  });

  it('takes scores out of more than 1', () => {
    expect(pairedGain([50, 70], [80, 80], 100)?.normalisedGain).toBeCloseTo(0.5, 14);
  });

  it('of one pair has no interval, where nothing could be gained no gain, and where all are alike no d', () => {
    expect(pairedGain([0.5], [0.75])).toMatchObject({ value: 0.25, lo: null, hi: null, cohensD: null });
    expect(pairedGain([1, 1], [0.5, 1])?.normalisedGain).toBeNull();
    expect(pairedGain([0.25, 0.5], [0.5, 0.75])).toMatchObject({ cohensD: null, lo: 0.25, hi: 0.25 });
    expect(pairedGain([], [])).toBeUndefined();
  });
});
