import { denseNumbers } from './dense-numbers.ts';
import type { CurveFit } from './fit-curve.ts';
import { type Estimate, Z95 } from './interval.ts';
import { bendOf, type RetentionPoints, spreadOf, weightOf } from './retention-loss.ts';
import { type RetentionModel, retentionModel } from './retention-model.ts';
import { solveSymmetric } from './solve-symmetric.ts';

/** The rows that the points were made of: to which point each went, its success (0 to 1), and whose it was. */
export type RetentionRows = {
  readonly point: ArrayLike<number>;
  readonly success: ArrayLike<number>;
  readonly person: ArrayLike<number>;
};

/** How sure the parameters are that ended within their bounds: their places, and their covariance row by row. */
export type CurveCovariance = { readonly free: readonly number[]; readonly matrix: Float64Array };

/** The inverse of the part of a matrix that belongs to the free parameters. */
const inverseOf = (matrix: Float64Array, size: number, free: readonly number[]): Float64Array | undefined => {
  const part = free.flatMap((i) => free.map((j) => matrix[i * size + j] as number));
  const inverse = new Float64Array(part.length);
  for (const i of free.keys()) {
    const column = solveSymmetric(
      part,
      free.map((_, j) => (i === j ? 1 : 0)),
    );
    if (column === undefined) return undefined;
    inverse.set(column, i * free.length);
  }
  return inverse;
};

/** What each person's rows pull at the parameters, person by person. */
const pullsByPerson = (
  fit: CurveFit,
  points: RetentionPoints,
  rows: RetentionRows,
  model: RetentionModel,
) => {
  const size = fit.theta.length;
  const { numbers, count } = denseNumbers(rows.person);
  const sums = new Float64Array(count * size);
  const shares = Float64Array.from(points.delays, (t) => model.value(fit.theta, t));
  const pulls = new Float64Array(shares.length * size);
  const by = new Float64Array(size);
  for (const [i, r] of shares.entries()) {
    model.slopes(fit.theta, points.delays[i] as number, by);
    const trials = points.trials[i] as number;
    const weight = weightOf(fit.loss, trials) / (trials * spreadOf(fit.loss, r));
    for (let j = 0; j < size; j += 1) pulls[i * size + j] = weight * (by[j] as number);
  }
  for (let row = 0; row < numbers.length; row += 1) {
    const [who, point] = [numbers[row] as number, rows.point[row] as number];
    const rest = (rows.success[row] as number) - (shares[point] as number);
    for (let j = 0; j < size; j += 1) {
      const at = who * size + j;
      sums[at] = (sums[at] as number) + rest * (pulls[point * size + j] as number);
    }
  }
  return { sums, count };
};

/** How far one person's pull, which begins at `at`, moves the free parameters. */
const shiftOf = (
  inverse: Float64Array,
  free: readonly number[],
  sums: Float64Array,
  at: number,
  into: Float64Array,
): void => {
  for (let i = 0; i < free.length; i += 1) {
    let moved = 0;
    for (let j = 0; j < free.length; j += 1)
      moved += (inverse[i * free.length + j] as number) * (sums[at + (free[j] as number)] as number);
    into[i] = moved;
  }
};

/** Σ over persons of the outer product of their shifts: A⁻¹ B A⁻¹. */
const sandwich = (
  inverse: Float64Array,
  free: readonly number[],
  size: number,
  sums: Float64Array,
): Float64Array => {
  const n = free.length;
  const [matrix, shift] = [new Float64Array(n * n), new Float64Array(n)];
  for (let at = 0; at < sums.length; at += size) {
    shiftOf(inverse, free, sums, at, shift);
    for (let entry = 0; entry < matrix.length; entry += 1)
      matrix[entry] =
        (matrix[entry] as number) + (shift[Math.floor(entry / n)] as number) * (shift[entry % n] as number);
  }
  return matrix;
};

/**
 * The covariance of a fit's parameters. With the rows it is clustered by person, m/(m − 1) · A⁻¹ B A⁻¹, which holds
 * though persons differ; without them it trusts the model. Undefined if there is one person only, or the data do not
 * tell the parameters apart. Parameters at their bounds are taken as known.
 */
export const curveCovariance = (
  fit: CurveFit,
  points: RetentionPoints,
  rows?: RetentionRows,
): CurveCovariance | undefined => {
  const model = retentionModel(fit.model, fit.decay);
  const size = fit.theta.length;
  const free = [...fit.theta.keys()].filter((i) => !fit.atBounds.includes(model.parameters[i] as string));
  const inverse = inverseOf(bendOf(fit.loss, points, model, fit.theta).matrix, size, free);
  if (inverse === undefined) return undefined;
  if (rows !== undefined) {
    const { sums, count } = pullsByPerson(fit, points, rows, model);
    if (count < 2) return undefined;
    return {
      free,
      matrix: sandwich(inverse, free, size, sums).map((entry) => (entry * count) / (count - 1)),
    };
  }
  if (fit.loss === 'likelihood') return { free, matrix: inverse };
  const spare = points.delays.length - free.length;
  return spare > 0 ? { free, matrix: inverse.map((entry) => (entry * fit.ssd) / spare) } : undefined;
};

/** The delta method's error of the curve at t. */
const errorAt = (
  model: RetentionModel,
  theta: readonly number[],
  { free, matrix }: CurveCovariance,
  t: number,
) => {
  const by = new Float64Array(theta.length);
  model.slopes(theta, t, by);
  const n = free.length;
  let variance = 0;
  for (let i = 0; i < n; i += 1)
    for (let j = 0; j < n; j += 1)
      variance +=
        (by[free[i] as number] as number) * (matrix[i * n + j] as number) * (by[free[j] as number] as number);
  return Math.sqrt(Math.max(0, variance));
};

/**
 * The curve at t with its interval: on the logit scale by likelihood, so that it stays between 0 and 1, and on the
 * logarithmic by least squares, where the curve may exceed 1.
 */
export const bandAt = (fit: CurveFit, covariance: CurveCovariance, t: number, z = Z95): Estimate => {
  const model = retentionModel(fit.model, fit.decay);
  const value = model.value(fit.theta, t);
  const error = z * errorAt(model, fit.theta, covariance, t);
  if (fit.loss !== 'likelihood') {
    const stretch = Math.exp(error / value);
    return { value, lo: value / stretch, hi: value * stretch };
  }
  if (!(value < 1)) return { value, lo: value, hi: value };
  const stretch = Math.exp(error / (value * (1 - value)));
  const odds = value / (1 - value);
  return { value, lo: odds / (stretch + odds), hi: (odds * stretch) / (1 + odds * stretch) };
};
