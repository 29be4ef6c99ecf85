import { logGamma } from './gamma.ts';
import { increasingRoot } from './increasing-root.ts';

const EPSILON = 2 ** -53;
const TINY = 1e-300;

const away = (x: number): number => (Math.abs(x) < TINY ? TINY : x);

/** The continued fraction of the incomplete beta function (modified Lentz); quick for x < (a + 1)/(a + b + 2). */
const fraction = (x: number, a: number, b: number): number => {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let product = d;
  for (let m = 1, delta = 0; Math.abs(delta - 1) > 4 * EPSILON && m < 100_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    product *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    delta = d * c;
    product *= delta;
  }
  return product;
};

/** x^a y^b / B(a, b). */
const power = (x: number, y: number, a: number, b: number): number =>
  Math.exp(a * Math.log(x) + b * Math.log(y) + logGamma(a + b) - logGamma(a) - logGamma(b));

/**
 * The regularised incomplete beta function I_x(a, b), for a, b > 0; `y` is 1 − x, for those who know it better than
 * by subtraction.
 */
export const regularisedBeta = (x: number, a: number, b: number, y = 1 - x): number => {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  return x < (a + 1) / (a + b + 2)
    ? (power(x, y, a, b) * fraction(x, a, b)) / a
    : 1 - (power(x, y, a, b) * fraction(y, b, a)) / b;
};

/** The quantile of the beta distribution, for 0 < p < 1. */
export const betaQuantile = (p: number, a: number, b: number): number =>
  increasingRoot(
    (x) => regularisedBeta(x, a, b) - p,
    (x) => power(x, 1 - x, a, b) / (x * (1 - x)),
    a / (a + b),
    0,
    1,
  );
