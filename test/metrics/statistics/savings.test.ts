import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuseFit } from '../../../src/metrics/statistics/fit-requirements.ts';
import { savings } from '../../../src/metrics/statistics/savings.ts';
import { DATA, golden } from './golden.ts';

const RAW = join(DATA, 'murre_dros_2015_raw.csv');
const withRaw = existsSync(RAW) ? describe : describe.skip;

describe('savings', () => {
  it('are what learning again took less, in sum', () => {
    expect(savings([10, 30], [4, 12])).toBeCloseTo(0.6, 14);
    // Not the mean of .9 and 0.
    expect(savings([10, 30], [1, 30])).toBeCloseTo(0.225, 14);
    expect(savings([10], [12])).toBeCloseTo(-0.2, 14);
  });

  it('of no effort are none', () => {
    expect(savings([], [])).toBeUndefined();
    expect(savings([0], [3])).toBeUndefined();
  });
});

withRaw('the lists of Dros', () => {
  const of = (seconds: number): number => {
    const rows = readFileSync(RAW, 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(',').map(Number))
      .filter((row) => row[1] === seconds);
    return (
      savings(
        rows.map((row) => row[3] ?? 0),
        rows.map((row) => row[4] ?? 0),
      ) ?? Number.NaN
    );
  };

  it('have the published savings, but for the last, where the file has another', () => {
    const { interval_s, savings: published } = golden().ebbinghaus;
    for (const [i, seconds] of interval_s.slice(0, -1).entries())
      expect(of(seconds)).toBeCloseTo(published['Dros']?.[i] ?? Number.NaN, 5);
    expect(of(2678400)).toBeCloseTo(0.03934, 5);
  });
});

describe('a curve is refused', () => {
  const basis = { pairs: 30, persons: 10, binDelays: [1, 3, 10] };

  it('never without a reason', () => {
    expect(refuseFit(basis)).toBeUndefined();
    expect(refuseFit({ ...basis, binDelays: [0, 1, 2] })).toBeUndefined();
  });

  it.each([
    [{ pairs: 29 }, 'A curve needs 30 pairs of mastery and later test; there are 29.'],
    [{ persons: 9 }, 'A curve needs 10 persons; there are 9.'],
    [{ binDelays: [1, 30] }, 'A curve needs tests after 3 different delays; there are 2.'],
    [{ binDelays: [1, 9, 3] }, 'A curve needs a longest delay of 10 times the shortest; they are 9 and 1.'],
  ])('with %j', (change, reason) => {
    expect(refuseFit({ ...basis, ...change })).toBe(reason);
  });
});
