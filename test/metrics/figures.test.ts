import { durationMillis } from '../../src/metrics/signals/duration-millis.ts';
import { readScore } from '../../src/metrics/signals/read-score.ts';

const DAY = 86_400_000;

describe('a duration', () => {
  it.each([
    ['PT0S', 0],
    ['PT4M12.5S', 252_500],
    ['PT1,5M', 90_000],
    ['P1DT1H', DAY + 3_600_000],
    ['P2W', 14 * DAY],
    ['P1M', 30.4375 * DAY],
    ['PT1M', 60_000],
    ['P1Y', 365.25 * DAY],
    ['P2Y', 366 * DAY],
    ['PT9999H', 366 * DAY],
    [`PT${'9'.repeat(400)}S`, 366 * DAY],
    ['PT0.0004S', 0],
    ['P', undefined],
    ['-PT1S', undefined],
    ['1 hour', undefined],
  ])('%s', (text, millis) => {
    expect(durationMillis(text)).toBe(millis);
  });
});

describe('a score', () => {
  it.each([
    [{}, {}],
    [{ max: 10 }, {}],
    [{ scaled: 0.5 }, { scaled: 0.5 }],
    [{ scaled: -0.25 }, { scaled: -0.25 }],
    [{ scaled: 0.5, raw: 7 }, { scaled: 0.5 }],
    [{ raw: 7 }, { isUnscaled: true }],
    [{ raw: 7, min: 0 }, { isUnscaled: true }],
    [{ raw: 7, max: 10 }, { scaled: 0.7 }],
    [{ raw: 7, min: 5, max: 9 }, { scaled: 0.5 }],
    [{ raw: -1, max: 10 }, { isUnscaled: true }],
    [{ raw: 0, min: 0, max: 0, scaled: 0 }, { isUnscaled: true }],
    [{ raw: 80, min: 0, max: 100, scaled: 0.8 }, { scaled: 0.8 }],
    [{ raw: 2, min: 0, max: 3, scaled: 0.6 }, { scaled: 0.6 }],
    [{ raw: 7, min: 5, max: 10, scaled: 0.4 }, { scaled: 0.4 }],
    [{ raw: 7, min: 5, max: 10, scaled: 0.7 }, { scaled: 0.7 }],
    [{ raw: 25, min: 0, max: 100, scaled: -0.5 }, { scaled: -0.5 }],
    [{ raw: -10, min: -100, max: 100, scaled: -0.1 }, { scaled: -0.1 }],
    [{ raw: 80, min: 0, max: 100, scaled: 0.2 }, { isUnscaled: true }],
    [{ raw: 80.5, min: 0, max: 100, scaled: 0.9 }, { isUnscaled: true }],
  ])('%j', (score, expected) => {
    expect(readScore(score)).toEqual(expected);
  });

  it('that is not there is none', () => {
    expect(readScore(undefined)).toEqual({});
  });
});
