import { gammaDensity, logGamma, regularisedGammaP, regularisedGammaQ } from './gamma.ts';
import { increasingRoot } from './increasing-root.ts';
import { normalQuantile } from './normal.ts';

/** Where to begin: Wilson and Hilferty's cube, or the first term of the series where that is far off. */
const start = (p: number, a: number): number => {
  const cube = (1 - 1 / (9 * a) + normalQuantile(p) / (3 * Math.sqrt(a))) ** 3 * a;
  const series = Math.exp((Math.log(p) + logGamma(a + 1)) / a);
  return a < 1 || cube < 0.1 * a ? Math.max(series, Number.MIN_VALUE) : cube;
};

/** The quantile of the gamma distribution with shape a and scale 1, for 0 < p < 1. */
export const gammaQuantile = (p: number, a: number): number => {
  const over = (x: number): number =>
    p < 0.5 ? regularisedGammaP(a, x) - p : 1 - p - regularisedGammaQ(a, x);
  return increasingRoot(over, (x) => gammaDensity(a, x), start(p, a), 0, Number.POSITIVE_INFINITY);
};

/** The quantile of the chi-square distribution, for 0 < p < 1 and any degrees of freedom above 0. */
export const chiSquareQuantile = (p: number, degrees: number): number => 2 * gammaQuantile(p, degrees / 2);
