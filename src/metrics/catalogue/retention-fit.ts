import { booleanValue, type JsonReader, objectOf, oneOf, optional, orNull } from '../../xapi/json-reader.ts';
import { interval } from '../cells.ts';
import {
  bandAt,
  type CurveCovariance,
  curveCovariance,
  type RetentionRows,
} from '../statistics/curve-band.ts';
import { type CurveFit, type FitOptions, fitCurve } from '../statistics/fit-curve.ts';
import { refuseFit } from '../statistics/fit-requirements.ts';
import { groupDelays } from '../statistics/group-delays.ts';
import { halfLife, retentionAt } from '../statistics/retention-at.ts';
import type { RetentionPoints } from '../statistics/retention-loss.ts';
import type { CurveCell, CurvePoint, CurveFit as ToldFit } from '../views.ts';
import type { PairRows } from './pair-rows.ts';

/** The curve that is drawn through points; `evenIfFew` does so where there is too little to believe it. */
export type FitParams = Omit<FitOptions, 'decay'> & { readonly evenIfFew: boolean };

const MODELS = ['power-offset', 'power', 'exponential', 'wickelgren', 'fsrs'] as const;
export const LOSSES = ['likelihood', 'ssd', 'weighted-ssd'] as const;

type Loss = (typeof LOSSES)[number];

/** Null for no curve; what is not given is as in the defaults. */
export const fitReader = (losses: readonly Loss[], defaults: FitParams): JsonReader<FitParams | null> => {
  const read = objectOf<Partial<FitParams>>({
    model: optional(oneOf(MODELS)),
    unit: optional(oneOf(['days', 'seconds'])),
    loss: optional(oneOf(losses)),
    bounds: optional(oneOf(['unit', 'none'])),
    evenIfFew: optional(booleanValue),
  });
  return orNull((value, at, problems) => {
    const sent = read(value, at, problems);
    return sent === undefined ? undefined : { ...defaults, ...sent };
  });
};

export const FIT_IN_WORDS =
  '{model: power-offset (m(1+t)^-a), power, exponential, wickelgren or fsrs; unit: days or seconds, in which t is; loss: likelihood (of single pairs), ssd (of the points, all alike) or weighted-ssd; bounds: unit (m is at most 1) or none; evenIfFew: also with fewer than 30 pairs, 10 persons, 3 delays or a tenfold range}; null for no curve.';

const SECONDS = 86_400;
/** How far beyond the longest delay a curve is drawn. */
const BEYOND = 1.5;
const LINE = 41;

/** What is fitted, and the single pairs behind it, if they can tell the band. */
type Basis = { readonly points: RetentionPoints; readonly rows?: RetentionRows };

/** Fits a curve to pairs, or to the points that they make; says why not. */
export const retentionFit = (
  rows: PairRows,
  points: readonly CurvePoint[],
  persons: number,
  { evenIfFew, ...options }: FitParams,
): Pick<CurveCell, 'fit' | 'unfitted'> => {
  const binDelays = points.map(({ at }) => at);
  const refusal = evenIfFew ? undefined : refuseFit({ pairs: rows.delay.length, persons, binDelays });
  if (refusal !== undefined) return { fit: null, unfitted: refusal };
  const perDay = options.unit === 'seconds' ? SECONDS : 1;
  const { points: basis, rows: single } =
    options.loss === 'likelihood' ? singlePairs(rows, perDay) : shares(points, perDay);
  const fit = fitCurve(basis, options);
  if (fit === undefined) return { fit: null, unfitted: 'No curve of this model goes through the points.' };
  return { fit: told(fit, curveCovariance(fit, basis, single), perDay) };
};

const singlePairs = ({ delay, kept, person }: PairRows, perDay: number): Basis => {
  const scaled = perDay === 1 ? delay : delay.map((days) => days * perDay);
  const { point, ...points } = groupDelays(scaled, kept);
  return { points, rows: { point, success: kept, person } };
};

const shares = (points: readonly CurvePoint[], perDay: number): Basis => ({
  points: {
    delays: points.map(({ at }) => at * perDay),
    kept: points.map(({ value, n }) => value * n),
    trials: points.map(({ n }) => n),
  },
});

const told = (fit: CurveFit, covariance: CurveCovariance | undefined, perDay: number): ToldFit => {
  const { model, unit, loss, parameters, aic, baseline, ssd, longest } = fit;
  return {
    model,
    unit,
    loss,
    parameters,
    doubtful: [...fit.atBounds, ...fit.undetermined],
    ...(aic === null ? {} : { aic }),
    ...(baseline.aic === null ? {} : { baselineAic: baseline.aic }),
    ssd,
    baselineSsd: baseline.ssd,
    halfLife: halfLife(fit),
    reachesTo: (longest * BEYOND) / perDay,
    line: lineOf(fit, covariance, perDay),
  };
};

/** Closer together where the delays are short. */
const lineOf = (fit: CurveFit, covariance: CurveCovariance | undefined, perDay: number): ToldFit['line'] => {
  const end = Math.log1p(fit.longest * BEYOND);
  const times = Array.from({ length: LINE }, (_, at) => Math.expm1((end * at) / (LINE - 1)));
  return times
    .map((t) => {
      if (covariance === undefined) return { at: t / perDay, value: retentionAt(fit, t), ci: null };
      const { value, lo, hi } = bandAt(fit, covariance, t);
      return { at: t / perDay, value, ci: interval(lo, hi, 'delta') };
    })
    .filter(({ value }) => Number.isFinite(value));
};
