import { fed, stated } from '../fed-world.ts';

const NAMES = ['a', 'b', 'c', 'd'];
const RANGE = ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'];

/** Everybody begins a course in January and another in February. */
const compared = (verbs: readonly [string, string]) => {
  const entries = NAMES.flatMap((name) =>
    verbs.flatMap((verb, at) => [
      stated(name, 'registered', `c${at}`, `2026-0${at + 1}-05`),
      stated(name, verb, `c${at}`, `2026-0${at + 1}-06`),
    ]),
  );
  return fed(entries).ask({
    metrics: [{ id: 'completion.rate' }],
    time: { by: 'begin', range: RANGE },
    compare: { kind: 'previous_period' },
  }).totalsComparison?.[0];
};

describe('the difference to what the same persons did before', () => {
  // Wilson's interval of 4 of 4 is from 4 / (4 + 1.96²) on.
  const spread = 1 - 4 / (4 + 1.959964 ** 2);

  it('is not known for sure where all agree', () => {
    const told = compared(['completed', 'completed']);
    expect(told).toMatchObject({ delta: 0, ci: { method: 'newcombe' } });
    expect(told?.ci?.lo).toBeCloseTo(-spread, 5);
    expect(told?.ci?.hi).toBeCloseTo(spread, 5);
  });

  it('is not known for sure where everybody is better than before', () => {
    const told = compared(['launched', 'completed']);
    expect(told?.delta).toBe(1);
    expect(told?.ci?.lo).toBeCloseTo(1 - Math.hypot(spread, spread), 5);
    expect(told?.ci?.hi).toBeCloseTo(1, 5);
  });
});
