import { Z95 } from './interval.ts';
import type { StepCurve } from './step-curve.ts';
import { atRiskOf, followedUntil, type SurvivalCounts } from './survival-counts.ts';

/** The share that has not had the event; `events` goes with the times. */
export type SurvivalCurve = StepCurve & { readonly events: Float64Array };

/** Below this a survival is 0, but for the last bits. */
const NOBODY = 1e-12;

/** The band of a survival S by ln(−ln S), S^exp(±z · se / (S ln S)); NaN once nobody is left. */
export const logLogBand = (survival: number, se: number, z: number): { lo: number; hi: number } => {
  if (survival >= 1) return { lo: 1, hi: 1 };
  if (survival < NOBODY) return { lo: Number.NaN, hi: Number.NaN };
  const stretch = Math.exp((z * se) / (survival * Math.log(survival)));
  return { lo: survival ** (1 / stretch), hi: survival ** stretch };
};

/**
 * The Kaplan–Meier curve of the event, with Greenwood's error and log-log intervals, at each time that had events.
 * A competing event counts as censoring here. Once the last one at risk had the event, S is 0, and error and
 * interval are NaN.
 */
export const kaplanMeier = (counts: SurvivalCounts, z = Z95): SurvivalCurve => {
  const allAtRisk = atRiskOf(counts);
  const steps = Array.from(allAtRisk.keys()).filter((i) => (counts.events[i] ?? 0) > 0);
  const pick = (list: ArrayLike<number>): Float64Array => Float64Array.from(steps, (i) => list[i] ?? 0);
  const [times, events, atRisk] = [pick(counts.times), pick(counts.events), pick(allAtRisk)];
  const zeros = (): Float64Array => new Float64Array(steps.length);
  const [value, se, lo, hi] = [zeros(), zeros(), zeros(), zeros()];
  let survival = 1;
  let hazards = 0;
  for (let i = 0; i < steps.length; i += 1) {
    const [n, d] = [atRisk[i] ?? 0, events[i] ?? 0];
    survival *= (n - d) / n;
    hazards += d / (n * (n - d));
    value[i] = survival;
    se[i] = survival * Math.sqrt(hazards);
    const band = logLogBand(survival, se[i] ?? 0, z);
    lo[i] = band.lo;
    hi[i] = band.hi;
  }
  const until = survival === 0 ? Number.POSITIVE_INFINITY : followedUntil(counts);
  return { times, atRisk, events, value, se, lo, hi, from: 1, until };
};
