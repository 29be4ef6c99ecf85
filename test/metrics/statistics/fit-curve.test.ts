import { type CurveFit, fitCurve } from '../../../src/metrics/statistics/fit-curve.ts';
import { halfLife, retentionAt, timeUntil } from '../../../src/metrics/statistics/retention-at.ts';
import type { RetentionPoints } from '../../../src/metrics/statistics/retention-loss.ts';
import {
  FSRS_DECAY,
  type ModelName,
  retentionModel,
} from '../../../src/metrics/statistics/retention-model.ts';
import { golden, withGolden } from './golden.ts';
import { relativeError } from './relative-error.ts';

/** Ebbinghaus 1885 and three who did it again, as in Murre and Dros 2015: savings, and the published m, a and SSD. */
const SECONDS = [1200, 3600, 32400, 86400, 172800, 518400, 2678400];
const SAVINGS: Readonly<Record<string, readonly number[]>> = {
  Ebbinghaus: [0.582, 0.442, 0.358, 0.337, 0.278, 0.254, 0.211],
  Mack: [0.544303797, 0.431906615, 0.285123967, 0.31598513, 0.365019011, 0.308943089, 0.258426966],
  Seitz: [0.442060086, 0.324894515, 0.269767442, 0.270042194, 0.285714286, 0.205240175, 0.200803213],
  Dros: [0.4716773, 0.372909, 0.2764449, 0.3167801, 0.230004, 0.1682018, 0.04096985],
};
const PUBLISHED: Readonly<Record<string, readonly [m: number, a: number, ssd: number]>> = {
  Ebbinghaus: [1.4, 0.13, 0.00285],
  Mack: [0.965, 0.0926, 0.0129],
  Seitz: [0.822, 0.099, 0.00523],
  Dros: [1.56, 0.167, 0.0163],
};
/** Carpenter and others 2008. */
const DAYS = [0.0035, 1, 2, 7, 14, 42];
const RECALL = [0.93, 0.88, 0.86, 0.66, 0.47, 0.34];
const POWER = [0.948034, 0.132077, 0.581748];

const shares = (delays: readonly number[], kept: readonly number[]): RetentionPoints => ({
  delays,
  kept,
  trials: delays.map(() => 1),
});

const some = (fit: CurveFit | undefined): CurveFit => {
  if (fit === undefined) throw new Error('Nothing was fitted');
  return fit;
};

const bySquares = (points: RetentionPoints, model: ModelName, bounds: 'unit' | 'none' = 'none'): CurveFit =>
  some(fitCurve(points, { model, unit: 'days', loss: 'ssd', bounds }));

const toDigits = (value: number | undefined, digits: number): number =>
  Number((value ?? Number.NaN).toPrecision(digits));

describe('least squares', () => {
  it.each(Object.keys(PUBLISHED))('of the savings of %s give the published curve', (who) => {
    const { parameters, ssd } = some(
      fitCurve(shares(SECONDS, SAVINGS[who] ?? []), {
        model: 'power-offset',
        unit: 'seconds',
        loss: 'ssd',
        bounds: 'none',
      }),
    );
    expect([parameters['m'], parameters['a'], ssd].map((value) => toDigits(value, 3))).toEqual(
      PUBLISHED[who],
    );
  });

  it('give the published curve of Carpenter to six digits', () => {
    const { parameters, ssd } = bySquares(shares(DAYS, RECALL), 'wickelgren');
    expect([parameters['m'], parameters['b'], parameters['c']].map((value) => toDigits(value, 6))).toEqual(
      POWER,
    );
    expect(toDigits(ssd, 3)).toBe(0.00412);
  });

  it('of the power beat those of the exponential on all four, as Murre and Dros found', () => {
    for (const kept of Object.values(SAVINGS)) {
      const points = shares(SECONDS, kept);
      expect(bySquares(points, 'power-offset').ssd).toBeLessThan(bySquares(points, 'exponential').ssd);
    }
  });

  it('keep m within 1 if it is bound, and say so', () => {
    const points = shares(SECONDS, SAVINGS['Ebbinghaus'] ?? []);
    const bound = bySquares(points, 'power-offset', 'unit');
    expect(bound.parameters['m']).toBe(1);
    expect(bound.atBounds).toEqual(['m']);
    expect(bound.ssd).toBeGreaterThan(0.00285);
    expect(bySquares(points, 'power-offset').atBounds).toEqual([]);
  });

  it('say that b runs away where the data do not hold it', () => {
    const adrift = bySquares(shares(SECONDS, SAVINGS['Ebbinghaus'] ?? []), 'wickelgren');
    expect(adrift.undetermined).toEqual(['b']);
    expect(bySquares(shares(DAYS, RECALL), 'wickelgren').undetermined).toEqual([]);
  });

  it('weighted by trials follow the points that have most', () => {
    const points = { delays: [1, 10, 100], kept: [900, 5, 200], trials: [1000, 10, 1000] };
    const at = (loss: 'ssd' | 'weighted-ssd'): number =>
      retentionAt(some(fitCurve(points, { model: 'power-offset', unit: 'days', loss, bounds: 'unit' })), 10);
    expect(Math.abs(at('weighted-ssd') - 0.5)).toBeGreaterThan(Math.abs(at('ssd') - 0.5));
  });

  it.each<[ModelName, number[], Readonly<Record<string, number>>]>([
    ['power-offset', [0.9, 0.3], { m: 0.9, a: 0.3 }],
    ['power', [0.6, 0.25], { m: 0.6, a: 0.25 }],
    ['exponential', [0.8, 1 / 12], { m: 0.8, h: 12 }],
    ['wickelgren', [0.95, Math.log(0.4), 0.7], { m: 0.95, b: 0.4, c: 0.7 }],
    ['fsrs', [Math.log(25)], { S: 25 }],
  ])('find the %s that made the points', (model, theta, parameters) => {
    const delays = [0.5, 1, 3, 7, 20, 60, 150];
    const { value } = retentionModel(model);
    const fit = bySquares(
      shares(
        delays,
        delays.map((t) => value(theta, t)),
      ),
      model,
    );
    expect(Object.keys(fit.parameters)).toEqual(Object.keys(parameters));
    for (const [name, known] of Object.entries(parameters))
      expect(relativeError(fit.parameters[name] ?? 0, known)).toBeLessThan(1e-7);
    expect(fit.atBounds).toEqual([]);
    expect(fit.baseline.ssd).toBeGreaterThan(fit.ssd);
  });
});

describe('a fit', () => {
  it('of less points than parameters, or of none, is not made', () => {
    const options = { unit: 'days', loss: 'ssd', bounds: 'none' } as const;
    expect(fitCurve(shares([1, 2], [0.5, 0.4]), { model: 'wickelgren', ...options })).toBeUndefined();
    expect(fitCurve(shares([], []), { model: 'fsrs', ...options })).toBeUndefined();
  });

  it('of a power without offset is not made where the delay is 0', () => {
    const options = { unit: 'days', loss: 'likelihood', bounds: 'unit' } as const;
    expect(fitCurve(shares([0, 1, 2], [0.9, 0.5, 0.4]), { model: 'power', ...options })).toBeUndefined();
  });

  it('tells the half-life and when a target is reached', () => {
    const [delays, kept] = [
      [1, 3, 7, 30],
      [0.7, 0.55, 0.45, 0.3],
    ];
    for (const model of ['power-offset', 'exponential', 'wickelgren', 'fsrs'] as const) {
      const fit = bySquares(shares(delays, kept), model);
      const half = halfLife(fit) ?? Number.NaN;
      expect(relativeError(retentionAt(fit, half), retentionAt(fit, 0) / 2)).toBeLessThan(1e-9);
      expect(relativeError(retentionAt(fit, timeUntil(fit, 0.2) ?? Number.NaN), 0.2)).toBeLessThan(1e-9);
      expect(timeUntil(fit, 1.5)).toBe(0);
    }
    const power = bySquares(shares(delays, kept), 'power-offset');
    expect(halfLife(power)).toBeCloseTo(2 ** (1 / (power.parameters['a'] ?? 0)) - 1, 9);
    const plain = bySquares(shares(delays, kept), 'power');
    expect(halfLife(plain)).toBeNull();
    expect(retentionAt(plain, timeUntil(plain, 0.4) ?? 0)).toBeCloseTo(0.4, 12);
  });
});

describe('the curve of FSRS', () => {
  it.each([
    [FSRS_DECAY.fsrs5, [0.988474, 0.926801, 0.9, 0.766131, 0.546711]],
    [FSRS_DECAY.fsrs6, [0.985682, 0.92259, 0.9, 0.809388, 0.692827]],
  ])('of decay %d is the known one', (decay, known) => {
    const { value } = retentionModel('fsrs', decay);
    expect([1, 7, 10, 30, 100].map((t) => toDigits(value([Math.log(10)], t), 6))).toEqual(known);
  });
});

withGolden('the golden figures', () => {
  it('are those of the literals here', () => {
    const { ebbinghaus, carpenter2008, fsrs_curve } = golden();
    expect(ebbinghaus.interval_s).toEqual(SECONDS);
    expect(ebbinghaus.savings).toEqual(SAVINGS);
    expect(ebbinghaus.power_fit_seconds_mu_a_ssd_published).toEqual(PUBLISHED);
    expect(carpenter2008).toMatchObject({
      delay_days: DAYS,
      recall: RECALL,
      power_a_b_c: POWER,
      ssd: 0.00412,
    });
    expect(fsrs_curve['decay_0.1542'].FACTOR).toBeCloseTo(0.9 ** (-1 / 0.1542) - 1, 8);
  });
});
