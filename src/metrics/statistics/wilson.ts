import { type Interval, Z95 } from './interval.ts';

/**
 * Wilson's score interval of a rate: k of n. Both may be fractions, as an effective n is; undefined when n is not
 * above 0. The ends are exactly 0 and 1 where nobody, or everybody, did.
 */
export const wilson = (k: number, n: number, z = Z95): Interval | undefined => {
  if (!(n > 0)) return undefined;
  const p = Math.min(1, Math.max(0, k / n));
  const square = z * z;
  const centre = p + square / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n));
  const scale = 1 + square / n;
  return {
    lo: p === 0 ? 0 : Math.max(0, (centre - half) / scale),
    hi: p === 1 ? 1 : Math.min(1, (centre + half) / scale),
  };
};
