import fc from 'fast-check';
import { betaQuantile, regularisedBeta } from '../../../src/metrics/statistics/beta.ts';
import { chiSquareQuantile, gammaQuantile } from '../../../src/metrics/statistics/chi-square.ts';
import { logGamma, regularisedGammaP, regularisedGammaQ } from '../../../src/metrics/statistics/gamma.ts';
import { Z95 } from '../../../src/metrics/statistics/interval.ts';
import { normalCdf, normalQuantile } from '../../../src/metrics/statistics/normal.ts';
import { studentCdf, studentQuantile } from '../../../src/metrics/statistics/student.ts';
import { relativeError } from './relative-error.ts';

/** All known values were computed with 40 digits. */
const TOLERANCE = 1e-12;

describe('known values of', () => {
  it.each([
    [-8, 6.220960574271784e-16],
    [-3, 0.0013498980316300946],
    [-1.5, 0.06680720126885807],
    [0, 0.5],
    [0.3, 0.6179114221889527],
    [1.96, 0.9750021048517795],
    [4, 0.9999683287581669],
  ])('the normal distribution at %d', (x, known) => {
    expect(relativeError(normalCdf(x), known)).toBeLessThan(TOLERANCE);
  });

  it.each([
    [0.975, Z95],
    [0.5, 0],
    [0.0001, -3.7190164854556804],
    [0.2, -0.8416212335729142],
    [1e-10, -6.361340902404057],
    [0.07, -1.4757910281791706],
    [1e-20, -9.262340089798407],
    [1 - 0.2, 0.8416212335729142],
  ])('the normal quantile of %d', (p, known) => {
    expect(relativeError(normalQuantile(p), known)).toBeLessThan(TOLERANCE);
  });

  it.each([
    [0.5, 0.2, 0.4729107431344619],
    [3, 2, 0.32332358381693654],
    [20, 25, 0.8664251659143496],
    [100, 80, 0.017108313035133115],
    [100_000, 100_300, 0.8286363112512076],
    [1_000_000, 999_000, 0.15865521357430365],
    [2, 0, 0],
  ])('the gamma distribution %d at %d', (a, x, known) => {
    expect(relativeError(regularisedGammaP(a, x), known)).toBeLessThan(TOLERANCE);
    expect(regularisedGammaQ(a, x)).toBeCloseTo(1 - known, 13);
  });

  it.each([
    [0.5, 9, 2.209049699858544e-5],
    [10, 30, 7.121750862815577e-6],
    [1000, 1100, 0.0010593232539299773],
    [2, 0, 1],
  ])('the upper tail of the gamma distribution %d at %d', (a, x, known) => {
    expect(relativeError(regularisedGammaQ(a, x), known)).toBeLessThan(TOLERANCE);
  });

  it.each([
    [1, 0],
    [2, 0],
    [0.5, Math.log(Math.sqrt(Math.PI))],
    [11, Math.log(3628800)],
    [0.25, 1.2880225246980774],
    [2_000_000, 27017309.141658142],
  ])('the logarithm of the gamma function at %d', (x, known) => {
    expect(Math.abs(logGamma(x) - known)).toBeLessThan(1e-13 * Math.max(1, known));
  });

  it.each([
    [0.025, 2, 0.05063561596857975],
    [0.975, 2, 7.377758908227873],
    [0.975, 4, 11.1432867818778],
    [0.025, 10, 3.246972780236841],
    [0.975, 1, 5.023886187314889],
    [0.025, 1, 0.000982069117175256],
    [0.95, 100, 124.3421134040041],
    [0.025, 2000, 1877.94603681539],
    [0.001, 3, 0.02429758581569273],
  ])('the chi-square quantile of %d with %d degrees of freedom', (p, degrees, known) => {
    expect(relativeError(chiSquareQuantile(p, degrees), known)).toBeLessThan(TOLERANCE);
  });

  it.each([
    [0.3, 2, 5, 0.579825],
    [0.5, 0.5, 0.5, 0.5],
    [0.9, 10, 1, 0.3486784401000001],
    [0.01, 0.2, 3, 0.5237545708662276],
    [0.52, 300, 280, 0.55249086572106],
    [0, 2, 3, 0],
    [1, 2, 3, 1],
  ])('the beta distribution at %d (%d, %d)', (x, a, b, known) => {
    expect(relativeError(regularisedBeta(x, a, b), known)).toBeLessThan(TOLERANCE);
  });

  it.each([
    [0.025, 3, 8, 0.06673951117773447],
    [0.975, 3, 8, 0.5560954623076415],
    [0.5, 0.5, 2, 0.1206147584281832],
    [0.975, 200.5, 30.25, 0.9092158611904037],
  ])('the beta quantile of %d (%d, %d)', (p, a, b, known) => {
    expect(relativeError(betaQuantile(p, a, b), known)).toBeLessThan(TOLERANCE);
  });

  it.each([
    [0.975, 1, 12.7062047361747],
    [0.975, 2, 4.302652729749464],
    [0.975, 5, 2.570581835636316],
    [0.975, 30, 2.042272456301238],
    [0.995, 10, 3.169272672616951],
    [0.6, 3, 0.2766706623326899],
    [0.975, 999, 1.96234146113345],
    [0.975, 1000, 1.962339080826408],
    [0.9999, 1500, 3.728229690563617],
    [0.975, 2.5, 3.574654842003683],
    [0.5, 7, 0],
  ])("Student's quantile of %d with %d degrees of freedom", (p, degrees, known) => {
    expect(relativeError(studentQuantile(p, degrees), known)).toBeLessThan(TOLERANCE);
    expect(studentQuantile(1 - p, degrees)).toBeCloseTo(-known, 10);
  });
});

describe('a quantile leads back to its probability', () => {
  const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

  it('for the gamma distribution', () => {
    fc.assert(
      fc.property(probability, fc.double({ min: 0.05, max: 5000, noNaN: true }), (p, a) => {
        expect(relativeError(regularisedGammaP(a, gammaQuantile(p, a)), p)).toBeLessThan(1e-9);
      }),
    );
  });

  it("for Student's t", () => {
    fc.assert(
      fc.property(probability, fc.double({ min: 1, max: 5000, noNaN: true }), (p, degrees) => {
        expect(relativeError(studentCdf(studentQuantile(p, degrees), degrees), p)).toBeLessThan(1e-9);
      }),
    );
  });
});
