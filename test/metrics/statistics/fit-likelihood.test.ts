import { type CurveFit, fitCurve } from '../../../src/metrics/statistics/fit-curve.ts';
import { halfLife, timeUntil } from '../../../src/metrics/statistics/retention-at.ts';
import { relativeError } from './relative-error.ts';

const some = (fit: CurveFit | undefined): CurveFit => {
  if (fit === undefined) throw new Error('Nothing was fitted');
  return fit;
};

describe('the likelihood', () => {
  const points = { delays: [0, 1, 7, 30, 90], kept: [46, 80, 61, 20, 9], trials: [50, 100, 100, 50, 30] };
  const options = { unit: 'days', loss: 'likelihood', bounds: 'unit' } as const;

  it('is at its greatest', () => {
    const fit = some(fitCurve(points, { model: 'power-offset', ...options }));
    const of = (m: number, a: number): number =>
      points.delays.reduce((sum, t, i) => {
        const r = m * (1 + t) ** -a;
        const [kept, trials] = [points.kept[i] ?? 0, points.trials[i] ?? 0];
        return sum + kept * Math.log(r) + (trials - kept) * Math.log(1 - r);
      }, 0);
    const [m, a] = [fit.parameters['m'] ?? 0, fit.parameters['a'] ?? 0];
    expect(fit.logLikelihood).toBeCloseTo(of(m, a), 10);
    for (const [dm, da] of [
      [1e-4, 0],
      [-1e-4, 0],
      [0, 1e-4],
      [0, -1e-4],
      [1e-4, 1e-4],
    ] as const)
      expect(of(m + dm, a + da)).toBeLessThan(of(m, a));
    // The slope by a, in the middle: 0 to ten digits.
    expect((of(m, a + 1e-5) - of(m, a - 1e-5)) / 2e-5).toBeCloseTo(0, 5);
  });

  it('is told with the AIC, and that of one constant share', () => {
    const fit = some(fitCurve(points, { model: 'power-offset', ...options }));
    const share = 216 / 330;
    expect(fit.aic).toBeCloseTo(4 - 2 * (fit.logLikelihood ?? 0), 10);
    expect(fit.baseline.value).toBeCloseTo(share, 14);
    expect(fit.baseline.aic).toBeCloseTo(2 - 2 * (216 * Math.log(share) + 114 * Math.log(1 - share)), 9);
    expect(fit.aic ?? 0).toBeLessThan(fit.baseline.aic ?? 0);
    expect(fitCurve(points, { model: 'power-offset', ...options, loss: 'ssd' })?.aic).toBeNull();
  });

  it('keeps m within 1 whatever is asked, and lets it be 1', () => {
    const kept = { ...points, kept: [50, 95, 80, 30, 15] };
    const fit = some(fitCurve(kept, { model: 'power-offset', ...options, bounds: 'none' }));
    expect([fit.parameters['m'], fit.bounds]).toEqual([1, 'unit']);
    expect(Number.isFinite(fit.aic)).toBe(true);
  });

  it('doubts a curve that is certain, and so survives a failure at once', () => {
    const fit = some(fitCurve(points, { model: 'fsrs', ...options }));
    expect(fit.parameters['S']).toBeGreaterThan(0);
    expect(Number.isFinite(fit.aic)).toBe(true);
    expect(fit.aic ?? 0).toBeGreaterThan(fit.baseline.aic ?? 0);
  });

  it('keeps a from falling below 0 where retention rises', () => {
    const rising = { delays: [1, 10, 100], kept: [10, 20, 40], trials: [50, 50, 50] };
    const fit = some(fitCurve(rising, { model: 'power-offset', ...options }));
    expect(fit.parameters['a']).toBe(0);
    expect(fit.atBounds).toEqual(['a']);
    expect(fit.parameters['m']).toBeCloseTo(70 / 150, 8);
    expect([halfLife(fit), timeUntil(fit, 0.2)]).toEqual([null, null]);
  });

  it('does not mind the order of points, nor those without trials', () => {
    const turned = {
      delays: [500, ...[...points.delays].reverse()],
      kept: [0, ...[...points.kept].reverse()],
      trials: [0, ...[...points.trials].reverse()],
    };
    const there = some(fitCurve(points, { model: 'wickelgren', ...options }));
    const back = some(fitCurve(turned, { model: 'wickelgren', ...options }));
    for (const name of ['m', 'b', 'c'])
      expect(relativeError(back.parameters[name] ?? 0, there.parameters[name] ?? 0)).toBeLessThan(1e-7);
    expect(back.longest).toBe(90);
  });
});
