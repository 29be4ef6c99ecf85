import { fed } from '../fed-world.ts';
import { did, enrolled, scored } from './cases.ts';

describe('25 a raw score without max', () => {
  it('is on no scale: in no mean, and told', () => {
    const world = fed([scored('ann', { raw: 12 }, 1), scored('bob', { raw: 12, max: 20 }, 1)]);
    expect(world.cell('assessment.score')).toMatchObject({ n: 1, value: 60, excluded: { unscaled: 1 } });
    expect(world.cell('quality.issues').value).toBe(1);
  });
});

describe('26 a negative scaled score', () => {
  it('is a score below nothing', () => {
    const world = fed([scored('ann', { scaled: -0.5 }, 1), scored('bob', { scaled: 0.9 }, 1)]);
    const cell = world.cell('assessment.score');
    expect(cell).toMatchObject({ n: 2, value: 20, min: -50, max: 90 });
    const { edges, counts } = cell['histogram'] as { edges: number[]; counts: number[] };
    expect([edges[0], counts[edges.indexOf(-50)], counts.at(-1)]).toEqual([-100, 1, 1]);
    expect(world.cell('assessment.threshold_rate', { threshold: 0 })).toMatchObject({ num: 1, den: 2 });
  });
});

describe('27 durations of a year, and of 9,999 hours', () => {
  it('count for the cap, or for a year and a day at most', () => {
    const spent = (name: string, duration: string) => did(name, 'experienced', 1, { result: { duration } });
    const world = fed([spent('ann', 'P1Y'), spent('bob', 'PT9999H')]);
    expect(world.cell('time.spent')).toMatchObject({ value: 8, persons: 2 });
    expect(world.cell('time.spent')['warnings']).toEqual([expect.stringContaining('2 of 2 durations')]);
    // 365.25 days, and 366.
    expect(world.cell('time.spent', { capHours: null }).value).toBe(8766 + 8784);
  });
});

describe('28 nothing to divide by', () => {
  it('is null, and not 0', () => {
    const world = fed([did('ann', 'experienced', 1)]);
    const none = { filters: { dim: 'outcome', op: 'eq', value: 'passed' } };
    expect(world.cell('completion.rate', {}, none)).toEqual({
      value: null,
      num: 0,
      den: 0,
      ci: null,
      persons: 0,
    });
    expect(world.cell('assessment.score')).toMatchObject({ value: null, n: 0, ci: null, median: null });
    expect(world.cell('retention.ratio_at')).toMatchObject({ value: null, n: 0, ci: null });
  });
});

/** So many learners, the first of whom have completed it. */
const rateOf = (done: number, of: number) => {
  const names = Array.from({ length: of }, (_, at) => `p${at}`);
  const world = fed([
    ...names.map((name) => enrolled(name, 1)),
    ...names.slice(0, done).map((name) => did(name, 'completed', 2)),
  ]);
  const { value, ci } = world.cell('completion.rate') as { value: number; ci?: { lo: number; hi: number } };
  return [value, ci?.lo, ci?.hi].map((one) => Math.round((one ?? Number.NaN) * 10_000) / 10_000);
};

describe('29 one, none and all', () => {
  // With z² = 3.8415: 0 of n reaches up to z² / (n + z²), and n of n down to n / (n + z²).
  it.each([
    [0, 1, [0, 0, 0.7935]],
    [1, 1, [1, 0.2065, 1]],
    [0, 20, [0, 0, 0.1611]],
    [3, 3, [1, 0.4385, 1]],
  ])('%i of %i', (done, of, told) => {
    expect(rateOf(done, of)).toEqual(told);
  });
});
