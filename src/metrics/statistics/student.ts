import { regularisedBeta } from './beta.ts';
import { logGamma } from './gamma.ts';
import { increasingRoot } from './increasing-root.ts';
import { normalQuantile } from './normal.ts';

/** P(T > t) for t ≥ 0. */
const upperTail = (t: number, degrees: number): number => {
  const square = t * t;
  const [x, y] = [degrees / (degrees + square), square / (degrees + square)];
  return 0.5 * regularisedBeta(x, degrees / 2, 0.5, y);
};

/** The distribution function of Student's t. */
export const studentCdf = (t: number, degrees: number): number =>
  t < 0 ? upperTail(-t, degrees) : 1 - upperTail(t, degrees);

/** Cornish and Fisher's expansion about the normal quantile z, to the fourth order (Hill 1970). */
const expansion = (z: number, degrees: number): number => {
  const s = z * z;
  const first = (s + 1) / 4;
  const second = ((5 * s + 16) * s + 3) / 96;
  const third = (((3 * s + 19) * s + 17) * s - 15) / 384;
  const fourth = ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160;
  return z * (1 + (first + (second + (third + fourth / degrees) / degrees) / degrees) / degrees);
};

const density = (t: number, degrees: number): number =>
  Math.exp(
    logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - ((degrees + 1) / 2) * Math.log1p((t * t) / degrees),
  ) / Math.sqrt(degrees * Math.PI);

/** The t above 0 that is exceeded with the given probability, 0 < tail < ½. */
const quantileOfTail = (tail: number, degrees: number): number =>
  increasingRoot(
    (t) => tail - upperTail(t, degrees),
    (t) => density(t, degrees),
    expansion(-normalQuantile(tail), degrees),
    0,
    Number.POSITIVE_INFINITY,
  );

/** The quantile of Student's t, for 0 < p < 1; the degrees of freedom need not be whole. */
export const studentQuantile = (p: number, degrees: number): number => {
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentQuantile(1 - p, degrees);
  if (degrees >= 1000) return expansion(normalQuantile(p), degrees);
  if (degrees === 1) return -1 / Math.tan(Math.PI * p);
  return -quantileOfTail(p, degrees);
};
