import { ratioOfSums } from '../../../src/metrics/statistics/clustered.ts';
import { bandAt, curveCovariance } from '../../../src/metrics/statistics/curve-band.ts';
import { type CurveFit, fitCurve } from '../../../src/metrics/statistics/fit-curve.ts';
import { groupDelays } from '../../../src/metrics/statistics/group-delays.ts';
import { wilson } from '../../../src/metrics/statistics/wilson.ts';

const options = { unit: 'days', loss: 'likelihood', bounds: 'unit' } as const;

const some = <T>(found: T | undefined): T => {
  if (found === undefined) throw new Error('Nothing was found');
  return found;
};

/** A number between 0 and 1, always the same for the same row. */
const scattered = (i: number): number => {
  const mixed = Math.imul(Math.imul(i + 1, 0x2c1b3c6d) ^ (Math.imul(i + 1, 0x9e3779b1) >>> 15), 0x297a2d39);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
};

/** Persons with 8 tests each, at delays that all have; each keeps all or nothing if `alike`. */
const tested = (persons: number, alike: boolean) => {
  const rows = Array.from({ length: persons * 8 }, (_, i) => ({
    person: i >> 3,
    delay: [0, 1, 2, 5, 10, 20, 50, 90][i & 7] ?? 0,
  }));
  const success = rows.map(({ person, delay }, i) =>
    scattered(alike ? person : i) < 0.85 * (1 + delay) ** -0.2 ? 1 : 0,
  );
  const points = groupDelays(
    rows.map(({ delay }) => delay),
    success,
  );
  return { points, rows: { point: points.point, success, person: rows.map(({ person }) => person) } };
};

const fitted = (points: Parameters<typeof fitCurve>[0]): CurveFit =>
  some(fitCurve(points, { model: 'power-offset', ...options }));

describe('the band of a curve', () => {
  it('of persons who do not differ is about that of the model', () => {
    const { points, rows } = tested(400, false);
    const fit = fitted(points);
    const [byModel, byPerson] = [
      some(curveCovariance(fit, points)),
      some(curveCovariance(fit, points, rows)),
    ];
    for (const t of [0, 1, 7, 60]) {
      const [plain, robust] = [bandAt(fit, byModel, t), bandAt(fit, byPerson, t)];
      expect((robust.hi - robust.lo) / (plain.hi - plain.lo)).toBeGreaterThan(0.85);
      expect((robust.hi - robust.lo) / (plain.hi - plain.lo)).toBeLessThan(1.15);
    }
  });

  it('of persons who keep all or nothing is much wider than the model would have it', () => {
    const { points, rows } = tested(400, true);
    const fit = fitted(points);
    const [plain, robust] = [
      bandAt(fit, some(curveCovariance(fit, points)), 7),
      bandAt(fit, some(curveCovariance(fit, points, rows)), 7),
    ];
    expect(robust.hi - robust.lo).toBeGreaterThan(1.5 * (plain.hi - plain.lo));
  });

  it('lies about the curve, within 0 and 1', () => {
    const { points, rows } = tested(12, true);
    const fit = fitted(points);
    const covariance = some(curveCovariance(fit, points, rows));
    for (const t of [0, 0.5, 3, 30, 300, 3000]) {
      const { lo, value, hi } = bandAt(fit, covariance, t);
      expect(lo).toBeGreaterThan(0);
      expect(lo).toBeLessThan(value);
      expect(value).toBeLessThan(hi);
      expect(hi).toBeLessThan(1);
    }
  });

  it('where one parameter is all there is, is the score interval or nearly so', () => {
    // The power whose a is 0: m alone is free, and is the share of all.
    const points = { delays: [1, 10, 100], kept: [90, 100, 110], trials: [200, 200, 200] };
    const fit = fitted(points);
    const { lo, hi } = bandAt(fit, some(curveCovariance(fit, points)), 10);
    const known = some(wilson(300, 600));
    expect(lo).toBeCloseTo(known.lo, 3);
    expect(hi).toBeCloseTo(known.hi, 3);
  });

  it('of that one is, by person, as wide as that of the clustered share', () => {
    const success = [1, 0, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1];
    const person = [0, 0, 1, 1, 2, 2, 0, 1, 2, 0, 1, 2];
    const grouped = groupDelays([1, 1, 1, 1, 1, 1, 10, 10, 10, 100, 100, 100], success);
    const fit = fitted(grouped);
    expect(fit.atBounds).toEqual(['a']);
    const covariance = some(curveCovariance(fit, grouped, { point: grouped.point, success, person }));
    const share = some(ratioOfSums({ num: success, person }));
    expect(fit.parameters['m']).toBeCloseTo(share.value, 9);
    expect(Math.sqrt(covariance.matrix[0] ?? 0)).toBeCloseTo(share.se ?? 0, 9);
  });

  it('by least squares is that of the residuals, on the logarithmic scale', () => {
    const points = { delays: [1, 3, 10, 30, 100], kept: [0.9, 0.7, 0.6, 0.4, 0.36], trials: [1, 1, 1, 1, 1] };
    const fit = some(fitCurve(points, { model: 'power', unit: 'days', loss: 'ssd', bounds: 'none' }));
    const covariance = some(curveCovariance(fit, points));
    const [at, by] = [
      points.delays.map((t) => t ** -(fit.parameters['a'] ?? 0)),
      points.delays.map(Math.log),
    ];
    // m alone, by the textbook: σ² times the first element of (JᵀJ)⁻¹.
    const jj = [0, 0, 0];
    for (const [i, shape] of at.entries()) {
      const slope = -(fit.parameters['m'] ?? 0) * shape * (by[i] ?? 0);
      jj[0] = (jj[0] ?? 0) + shape * shape;
      jj[1] = (jj[1] ?? 0) + shape * slope;
      jj[2] = (jj[2] ?? 0) + slope * slope;
    }
    const [a = 0, b = 0, c = 0] = jj;
    const se = Math.sqrt(((fit.ssd / 3) * c) / (a * c - b * b));
    const { value, lo, hi } = bandAt(fit, covariance, 1);
    expect(value).toBeCloseTo(fit.parameters['m'] ?? 0, 12);
    expect(Math.log(hi / value) / 1.959963984540054).toBeCloseTo(se / value, 10);
    expect(lo * hi).toBeCloseTo(value * value, 12);
  });

  it('is none of one person, nor where there are no more points than parameters', () => {
    const { points, rows } = tested(40, false);
    const fit = fitted(points);
    expect(curveCovariance(fit, points, { ...rows, person: rows.person.map(() => 3) })).toBeUndefined();
    const two = { delays: [1, 10], kept: [0.8, 0.5], trials: [1, 1] };
    const exact = some(fitCurve(two, { model: 'power-offset', unit: 'days', loss: 'ssd', bounds: 'none' }));
    expect(curveCovariance(exact, two)).toBeUndefined();
  });

  it('takes a level at its bound as known', () => {
    const points = { delays: [0, 1, 7, 30], kept: [100, 95, 80, 60], trials: [100, 100, 100, 100] };
    const fit = fitted(points);
    expect(fit.atBounds).toEqual(['m']);
    const covariance = some(curveCovariance(fit, points));
    expect(covariance.free).toEqual([1]);
    expect(bandAt(fit, covariance, 0)).toEqual({ value: 1, lo: 1, hi: 1 });
    expect(bandAt(fit, covariance, 7).lo).toBeLessThan(fit.parameters['m'] ?? 0);
  });
});

describe('grouping delays', () => {
  it('puts nearly equal ones together, at their mean, and keeps the others apart', () => {
    const grouped = groupDelays([10, 1, 10.02, 0, 100, 1], [1, 1, 0, 1, 0, 0]);
    expect([...grouped.delays]).toEqual([0, 1, 10.01, 100]);
    expect([...grouped.kept]).toEqual([1, 1, 1, 0]);
    expect([...grouped.trials]).toEqual([1, 2, 2, 1]);
    expect([...grouped.point]).toEqual([2, 1, 2, 0, 3, 1]);
    expect(groupDelays([], []).delays).toHaveLength(0);
  });

  it('hardly changes the curve', () => {
    const delays = Array.from({ length: 3000 }, (_, i) => scattered(i) * 100);
    const success = delays.map((t, i) => (scattered(i + 90_001) < 0.8 * (1 + t) ** -0.25 ? 1 : 0));
    const grouped = fitted(groupDelays(delays, success));
    const each = fitted({ delays, kept: success, trials: delays.map(() => 1) });
    expect(grouped.parameters['m']).toBeCloseTo(each.parameters['m'] ?? 0, 3);
    expect(grouped.parameters['a']).toBeCloseTo(each.parameters['a'] ?? 0, 3);
  });
});
