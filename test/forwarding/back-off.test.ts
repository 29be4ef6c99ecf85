import fc from 'fast-check';
import { backOff } from '../../src/forwarding/back-off.ts';

describe('backing off', () => {
  it('doubles from a second to five minutes', () => {
    const longest = [1, 2, 3, 4, 8, 9, 10, 11, 1000].map((failures) => backOff(failures, 0.999999));
    expect(longest).toEqual([1000, 2000, 4000, 8000, 128_000, 256_000, 300_000, 300_000, 300_000]);
  });

  it('waits at least half of that, and as long as it was asked to', () => {
    const random = fc.double({ min: 0, max: 0.999_999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), random, fc.nat(4_000_000), (failures, chance, asked) => {
        const wait = backOff(failures, chance, asked);
        const whole = Math.min(300_000, 1000 * 2 ** Math.min(failures - 1, 30));
        expect(wait).toBeGreaterThanOrEqual(Math.max(asked, whole / 2));
        expect(wait).toBeLessThanOrEqual(Math.max(asked, whole));
      }),
    );
  });
});
