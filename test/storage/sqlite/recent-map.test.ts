import fc from 'fast-check';
import { recentMap } from '../../../src/storage/sqlite/recent-map.ts';

describe('a map of what is recent', () => {
  it('answers what was set last, or nothing, and always what was set within the last half', () => {
    const settings = fc.array(fc.tuple(fc.nat(20), fc.nat()), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), settings, (half, all) => {
        const map = recentMap<number, number>(2 * half);
        const truth = new Map<number, number>();
        for (const [index, [key, value]] of all.entries()) {
          map.set(key, value);
          truth.set(key, value);
          const recent = new Set(all.slice(Math.max(0, index - half + 1), index + 1).map(([one]) => one));
          let held = 0;
          for (let each = 0; each <= 20; each += 1) {
            const answer = map.get(each);
            if (answer !== undefined) held += 1;
            if (answer !== undefined || recent.has(each)) expect(answer).toBe(truth.get(each));
          }
          expect(held).toBeLessThanOrEqual(2 * half);
        }
      }),
    );
  });

  it('forgets what was set longest ago', () => {
    const map = recentMap<number, string>(4);
    for (const key of [1, 2, 3, 4, 5]) map.set(key, `v${key}`);
    expect([1, 2, 3, 4, 5].map((key) => map.get(key))).toEqual([undefined, undefined, 'v3', 'v4', 'v5']);
  });
});
