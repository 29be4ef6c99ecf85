import { Z95 } from './interval.ts';
import { logLogBand } from './kaplan-meier.ts';
import type { StepCurve } from './step-curve.ts';
import { atRiskOf, followedUntil, type SurvivalCounts } from './survival-counts.ts';

/** The share that has had the event, and that which had the competing one instead; both at the same times. */
export type CumulativeIncidence = { readonly event: StepCurve; readonly competing: StepCurve };

/**
 * Aalen's variance (1978) of F(t), by sums that go along with the times (as in SAS PROC LIFETEST, ERROR=AALEN):
 * Σ [F(t) − F_i]² d_i / ((n_i − 1)(n_i − d_i)) + Σ S_{i−1}² c_i (n_i − c_i) / (n_i² (n_i − 1))
 * − 2 Σ [F(t) − F_i] S_{i−1} c_i (n_i − c_i) / (n_i (n_i − d_i)(n_i − 1)), with c of this cause among d of both.
 * Where all at risk go (n = d), F changes no more, and its terms fall away.
 */
const aalenVariance = (): ((n: number, d: number, c: number, before: number, f: number) => number) => {
  let [a, aF, aFF, own, cross, crossF] = [0, 0, 0, 0, 0, 0];
  return (n, d, c, before, f) => {
    if (n > d) {
      const both = d / ((n - 1) * (n - d));
      a += both;
      aF += both * f;
      aFF += both * f * f;
      const mixed = (before * c * (n - c)) / (n * (n - d) * (n - 1));
      cross += mixed;
      crossF += mixed * f;
    }
    if (n > 1) own += (before * before * c * (n - c)) / (n * n * (n - 1));
    return Math.max(0, f * f * a - 2 * f * aF + aFF + own - 2 * (f * cross - crossF));
  };
};

type Steps = {
  readonly times: Float64Array;
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
  readonly competing: Float64Array;
  /** The share free of both just before each time. */
  readonly before: Float64Array;
  readonly until: number;
  readonly z: number;
};

const incidenceOf = (cause: Float64Array, steps: Steps): StepCurve => {
  const { times, atRisk, events, competing, before, until, z } = steps;
  const zeros = (): Float64Array => new Float64Array(times.length);
  const [value, se, lo, hi] = [zeros(), zeros(), zeros(), zeros()];
  const variance = aalenVariance();
  let incidence = 0;
  for (let i = 0; i < times.length; i += 1) {
    const [n, c] = [atRisk[i] ?? 0, cause[i] ?? 0];
    const d = (events[i] ?? 0) + (competing[i] ?? 0);
    incidence += ((before[i] ?? 0) * c) / n;
    value[i] = incidence;
    se[i] = Math.sqrt(variance(n, d, c, before[i] ?? 0, incidence));
    const band = logLogBand(1 - incidence, se[i] ?? 0, z);
    lo[i] = 1 - band.hi;
    hi[i] = 1 - band.lo;
  }
  return { times, atRisk, value, se, lo, hi, from: 0, until };
};

/**
 * The Aalen–Johansen cumulative incidence of the event and of the competing event, with Aalen's error and intervals
 * by ln(−ln(1 − F)), which is the log-log interval of the Kaplan–Meier curve if nothing competes. Both causes share
 * those at risk where they happen at one time.
 */
export const aalenJohansen = (counts: SurvivalCounts, z = Z95): CumulativeIncidence => {
  const allAtRisk = atRiskOf(counts);
  const { competing: others } = counts;
  const steps = Array.from(allAtRisk.keys()).filter((i) => (counts.events[i] ?? 0) + (others?.[i] ?? 0) > 0);
  const pick = (list: ArrayLike<number> | undefined): Float64Array =>
    Float64Array.from(steps, (i) => list?.[i] ?? 0);
  const [times, atRisk] = [pick(counts.times), pick(allAtRisk)];
  const [events, competing] = [pick(counts.events), pick(others)];
  const before = new Float64Array(steps.length);
  let free = 1;
  for (let i = 0; i < steps.length; i += 1) {
    before[i] = free;
    const n = atRisk[i] ?? 0;
    free *= (n - (events[i] ?? 0) - (competing[i] ?? 0)) / n;
  }
  const until = free === 0 ? Number.POSITIVE_INFINITY : followedUntil(counts);
  const shared = { times, atRisk, events, competing, before, until, z };
  return { event: incidenceOf(events, shared), competing: incidenceOf(competing, shared) };
};
