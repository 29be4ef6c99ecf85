import { type Bend, bendOf, type Loss, lossOf, type RetentionPoints } from './retention-loss.ts';
import type { RetentionModel } from './retention-model.ts';
import { solveSymmetric } from './solve-symmetric.ts';

/** What is to be fitted to what, within which bounds of θ. */
export type FitTask = {
  readonly points: RetentionPoints;
  readonly model: RetentionModel;
  readonly loss: Loss;
  readonly lower: readonly number[];
  readonly upper: readonly number[];
};

export type Descent = { readonly theta: readonly number[]; readonly loss: number };

/** The nearest θ within the bounds. */
export const clampTheta = ({ lower, upper }: FitTask, theta: readonly number[]): readonly number[] =>
  theta.map((value, i) => Math.min(upper[i] as number, Math.max(lower[i] as number, value)));

export const lossAt = ({ loss, points, model }: FitTask, theta: readonly number[]): number =>
  lossOf(loss, points, (t) => model.value(theta, t));

/** The parameters that are at a bound which they want to pass are held there; the places of all others. */
const freeOf = ({ lower, upper }: FitTask, theta: readonly number[], slope: Float64Array): number[] =>
  [...theta.keys()].filter((i) => {
    const [value, rise] = [theta[i] as number, slope[i] as number];
    return !(value <= (lower[i] as number) && rise > 0) && !(value >= (upper[i] as number) && rise < 0);
  });

const bendAt = ({ loss, points, model }: FitTask, theta: readonly number[]): Bend =>
  bendOf(loss, points, model, theta);

/** The next θ by a step of Levenberg and Marquardt; undefined if the matrix is of no use. */
const stepFrom = (
  task: FitTask,
  theta: readonly number[],
  { slope, matrix }: Bend,
  damping: number,
): readonly number[] | undefined => {
  const free = freeOf(task, theta, slope);
  const damped = free.flatMap((i) =>
    free.map((j) => {
      const entry = matrix[i * theta.length + j] as number;
      return i === j ? entry * (1 + damping) + damping * 1e-12 : entry;
    }),
  );
  const step = solveSymmetric(
    damped,
    free.map((i) => -(slope[i] as number)),
  );
  if (step === undefined) return undefined;
  const next = [...theta];
  for (const [at, i] of free.entries()) next[i] = (next[i] as number) + (step[at] as number);
  return clampTheta(task, next);
};

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number)) / (1e-3 + Math.abs(value))));

/** Undamped steps, as long as each is smaller than the one before: the last digits, which the loss does not show. */
const polish = (task: FitTask, from: readonly number[]): readonly number[] => {
  let theta = from;
  let last = 1e-3;
  for (let i = 0; i < 50; i += 1) {
    const next = stepFrom(task, theta, bendAt(task, theta), 0);
    const size = next === undefined ? last : distance(next, theta);
    if (next === undefined || !(size < last)) return theta;
    theta = next;
    last = size;
  }
  return theta;
};

/** A step this small changes nothing that the loss could tell. */
const STILL = 1e-9;

/** From so near, steps lead to what has been found already. */
const NEAR = 1e-4;

/** Where the loss falls no more by damped steps; undefined once they come near what is known. */
const goDown = (task: FitTask, from: readonly number[], known: Descent | undefined): Descent | undefined => {
  let now: Descent = { theta: from, loss: lossAt(task, from) };
  let bend = bendAt(task, from);
  for (let i = 0, damping = 1e-3; i < 300 && damping < 1e12; i += 1) {
    const theta = stepFrom(task, now.theta, bend, damping) ?? now.theta;
    const next: Descent = { theta, loss: lossAt(task, theta) };
    const size = distance(theta, now.theta);
    if (next.loss < now.loss) {
      now = next;
      bend = bendAt(task, theta);
      damping /= 10;
    } else damping *= 10;
    if (known !== undefined && now.loss >= known.loss && distance(now.theta, known.theta) < NEAR)
      return undefined;
    if (size > 0 && size < STILL) return now;
  }
  return now;
};

/** Goes down from a θ to the nearest least loss; to what is known, if it leads there. */
export const descend = (task: FitTask, from: readonly number[], known?: Descent): Descent => {
  const found = goDown(task, clampTheta(task, from), known);
  if (found === undefined) return known as Descent;
  const theta = polish(task, found.theta);
  const loss = lossAt(task, theta);
  return loss <= found.loss * (1 + 1e-12) ? { theta, loss } : found;
};
