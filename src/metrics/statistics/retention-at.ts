import type { CurveFit } from './fit-curve.ts';
import { retentionModel } from './retention-model.ts';

const modelOf = ({ model, decay }: CurveFit) => retentionModel(model, decay);

const time = (found: number): number | null => (Number.isFinite(found) ? Math.max(0, found) : null);

/** What the fitted curve keeps after a time, in the fit's unit. */
export const retentionAt = (fit: CurveFit, t: number): number => modelOf(fit).value(fit.theta, t);

/**
 * When the curve has fallen to a target, in the fit's unit: when to learn again. 0 if it is there from the start,
 * null if it never gets there.
 */
export const timeUntil = (fit: CurveFit, target: number): number | null =>
  time(modelOf(fit).whenAt(fit.theta, target));

/** When half of what was there at t = 0 is left: 2^(1/a) − 1 for `power-offset`; null for `power`, and if never. */
export const halfLife = (fit: CurveFit): number | null => {
  const start = retentionAt(fit, 0);
  return Number.isFinite(start) ? timeUntil(fit, start / 2) : null;
};
