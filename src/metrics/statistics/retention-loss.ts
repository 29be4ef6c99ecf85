import type { RetentionModel } from './retention-model.ts';

/** What was kept after each delay: `kept[i]` of `trials[i]`, or a published share of 1 trial. */
export type RetentionPoints = {
  readonly delays: ArrayLike<number>;
  readonly kept: ArrayLike<number>;
  readonly trials: ArrayLike<number>;
};

/**
 * `ssd`: least squares of the points' shares, all alike; `weighted-ssd`: weighted by their trials; `likelihood`:
 * the binomial one.
 */
export type Loss = 'ssd' | 'weighted-ssd' | 'likelihood';

/** What each point weighs against the others, but for the binomial variance. */
export const weightOf = (loss: Loss, trials: number): number => (loss === 'ssd' ? 1 : trials);

/** No likelihood takes a curve to be surer than this: one surprise where it says 0 or 1 would outweigh all data. */
const DOUBT = 1e-6;

const doubted = (r: number): number => Math.min(1 - DOUBT, Math.max(DOUBT, r));

/** The variance that a share has, as far as the loss knows. */
export const spreadOf = (loss: Loss, r: number): number =>
  loss === 'likelihood' ? doubted(r) * (1 - doubted(r)) : 1;

/** A curve above 1, but for the last bits, is no probability. */
const surprise = (kept: number, trials: number, r: number): number => {
  if (!(r <= 1 + 1e-12)) return Number.POSITIVE_INFINITY;
  return -kept * Math.log(doubted(r)) - (trials - kept) * Math.log(1 - doubted(r));
};

/** What is to be made least: the sum of squares, or minus the logarithm of the likelihood. */
export const lossOf = (loss: Loss, points: RetentionPoints, curve: (t: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < points.delays.length; i += 1) {
    const [kept, trials] = [points.kept[i] as number, points.trials[i] as number];
    if (trials === 0) continue;
    const r = curve(points.delays[i] as number);
    if (loss === 'likelihood') sum += surprise(kept, trials, r);
    else sum += weightOf(loss, trials) * (kept / trials - r) ** 2;
  }
  return sum;
};

/** What a fit by a loss has to know of the points: which way the loss slopes, and how it bends. */
export type Bend = { readonly slope: Float64Array; readonly matrix: Float64Array };

/** Half the loss's slope by θ, and the matrix of Gauss and Newton (Fisher's, by likelihood), row by row. */
export const bendOf = (
  loss: Loss,
  points: RetentionPoints,
  model: RetentionModel,
  theta: readonly number[],
): Bend => {
  const size = theta.length;
  const [slope, matrix, by] = [new Float64Array(size), new Float64Array(size * size), new Float64Array(size)];
  for (let i = 0; i < points.delays.length; i += 1) {
    const [kept, trials] = [points.kept[i] as number, points.trials[i] as number];
    if (trials === 0) continue;
    const r = model.slopes(theta, points.delays[i] as number, by);
    const weight = weightOf(loss, trials) / spreadOf(loss, r);
    for (let j = 0; j < size; j += 1) {
      const pull = weight * (by[j] as number);
      slope[j] = (slope[j] as number) + pull * (r - kept / trials);
      for (let k = 0; k < size; k += 1)
        matrix[j * size + k] = (matrix[j * size + k] as number) + pull * (by[k] as number);
    }
  }
  return { slope, matrix };
};
