import { type Estimate, Z95 } from './interval.ts';
import type { SurvivalCurve } from './kaplan-meier.ts';

export type RestrictedMean = Estimate & { readonly se: number };

/**
 * The mean time free of the event up to a horizon: the area below the Kaplan–Meier curve from 0 to it, with the
 * variance Σ (area from t_i to the horizon)² · d_i / (n_i (n_i − d_i)). Undefined where the curve is not known so far,
 * or the horizon is not above 0.
 */
export const restrictedMean = (
  { times, atRisk, events, value, until }: SurvivalCurve,
  horizon: number,
  z = Z95,
): RestrictedMean | undefined => {
  if (horizon > until || !(horizon > 0)) return undefined;
  let area = 0;
  let variance = 0;
  let end = horizon;
  for (let i = times.length - 1; i >= 0; i -= 1) {
    const time = times[i] as number;
    if (time >= horizon) continue;
    const [n, d] = [atRisk[i] as number, events[i] as number];
    area += (value[i] as number) * (end - time);
    if (n > d) variance += (area * area * d) / (n * (n - d));
    end = time;
  }
  const se = Math.sqrt(variance);
  const mean = area + end;
  return { value: mean, se, lo: Math.max(0, mean - z * se), hi: Math.min(horizon, mean + z * se) };
};
