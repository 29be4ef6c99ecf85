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
          const recent = all.slice(Math.max(0, index - half + 1), index + 1).map(([one]) => one);
          const each = index % 21;
          const answer = map.get(each);
          if (answer !== undefined || recent.includes(each)) expect(answer).toBe(truth.get(each));
        }
      }),
    );
  });

  it('forgets what was neither read nor set for longest', () => {
    const map = recentMap<number, string>(4);
    for (const key of [1, 2, 3, 4, 5]) map.set(key, `v${key}`);
    expect([1, 2, 3, 4].map((key) => map.get(key))).toEqual([undefined, undefined, 'v3', 'v4']);
    for (const key of [6, 7]) map.set(key, `v${key}`);
    expect([3, 4, 5, 6, 7].map((key) => map.get(key))).toEqual([undefined, 'v4', undefined, 'v6', 'v7']);
  });

  it('never holds more than it may', () => {
    const map = recentMap<number, number>(10);
    for (let key = 0; key < 100; key += 1) {
      map.set(key, key);
      map.get(key - 7);
    }
    const held = Array.from({ length: 100 }, (_, key) => key).filter((key) => map.get(key) !== undefined);
    expect(held.length).toBeLessThanOrEqual(10);
    expect(held).toContain(99);
  });
});
