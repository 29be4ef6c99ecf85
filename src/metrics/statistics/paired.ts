import { Z95 } from './interval.ts';
import { moments } from './moments.ts';
import { normalCdf } from './normal.ts';
import { studentQuantile } from './student.ts';

/** How much pairs, one of each person, have changed. */
export type PairedGain = {
  readonly n: number;
  readonly before: number;
  readonly after: number;
  /** The mean of after − before. */
  readonly value: number;
  /** By Student's t; null of a single pair. */
  readonly lo: number | null;
  readonly hi: number | null;
  /** Cohen's d of the pairs (d_z): the mean difference in standard deviations of the differences; null if all are alike. */
  readonly cohensD: number | null;
  /** Hake's gain on the means of the cohort: the share of what could be gained; null if nothing could. */
  readonly normalisedGain: number | null;
};

/** `best` is the greatest score that there is; undefined without pairs. */
export const pairedGain = (
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  best = 1,
  z = Z95,
): PairedGain | undefined => {
  const [first, second] = [moments(before), moments(after)];
  const change = moments(Float64Array.from(before, (score, i) => (after[i] as number) - score));
  if (first === undefined || second === undefined || change === undefined) return undefined;
  const { n, mean, variance } = change;
  const deviation = variance === null ? null : Math.sqrt(variance);
  const half = deviation === null ? null : (studentQuantile(normalCdf(z), n - 1) * deviation) / Math.sqrt(n);
  return {
    n,
    before: first.mean,
    after: second.mean,
    value: mean,
    lo: half === null ? null : mean - half,
    hi: half === null ? null : mean + half,
    cohensD: deviation ? mean / deviation : null,
    normalisedGain: first.mean < best ? (second.mean - first.mean) / (best - first.mean) : null,
  };
};
