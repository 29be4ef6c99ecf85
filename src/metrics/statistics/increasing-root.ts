/**
 * Where an increasing function is zero, above `floor` and below `ceiling` (which may be infinite): Newton's steps
 * from `start`, and halves of the bracket where a step would leave it.
 */
export const increasingRoot = (
  value: (x: number) => number,
  slope: (x: number) => number,
  start: number,
  floor: number,
  ceiling: number,
): number => {
  let lo = floor;
  let hi = ceiling;
  let x = start;
  for (let i = 0; i < 200; i += 1) {
    const y = value(x);
    if (y > 0) hi = x;
    else lo = x;
    let next = x - y / slope(x);
    if (!(next > lo && next < hi)) next = hi === Number.POSITIVE_INFINITY ? 2 * x : (lo + hi) / 2;
    if (Math.abs(next - x) <= 1e-15 * Math.abs(x)) return next;
    x = next;
  }
  return x;
};
