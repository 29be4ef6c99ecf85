import { clampTheta, type Descent, descend, type FitTask, lossAt } from './descend.ts';
import { type Loss, lossOf, type RetentionPoints, weightOf } from './retention-loss.ts';
import { type ModelName, type RetentionModel, retentionModel } from './retention-model.ts';

/** Whether m stays within 1; a likelihood needs it. */
type Bounds = 'unit' | 'none';

export type FitOptions = {
  readonly model: ModelName;
  /** In which the delays are; echoed, and the unit of all times of the fit. */
  readonly unit: 'seconds' | 'days';
  readonly loss: Loss;
  readonly bounds: Bounds;
  /** Of FSRS only; that of FSRS-6 by default. */
  readonly decay?: number;
};

export type CurveFit = FitOptions & {
  readonly parameters: Readonly<Record<string, number>>;
  /** Parameters that ended at a bound, where the data do not say how far they would go. */
  readonly atBounds: readonly string[];
  /** Wickelgren's b, if ten times as much of it would fit as well: then m and b say nothing by themselves. */
  readonly undetermined: readonly string[];
  /** The parameters as the model moves by them. */
  readonly theta: readonly number[];
  /** The sum of squared deviations, weighted if the loss is. */
  readonly ssd: number;
  /** By likelihood only; null otherwise. */
  readonly logLikelihood: number | null;
  readonly aic: number | null;
  /** The same data by one constant share: what every curve has to beat. */
  readonly baseline: { readonly value: number; readonly ssd: number; readonly aic: number | null };
  /** The longest delay that there were data for. */
  readonly longest: number;
};

/** Points that have trials, all columns of one kind. */
const usedOf = ({ delays, kept, trials }: RetentionPoints): Columns => {
  const used = Array.from(delays, (_, i) => i).filter((i) => (trials[i] as number) > 0);
  const pick = (list: ArrayLike<number>): Float64Array => Float64Array.from(used, (i) => list[i] as number);
  return { delays: pick(delays), kept: pick(kept), trials: pick(trials) };
};

type Columns = { readonly [Name in keyof RetentionPoints]: Float64Array };

/** A sum over points, weighted as the loss does. */
const weighted = (
  { delays, kept, trials }: RetentionPoints,
  loss: Loss,
  of: (t: number, y: number) => number,
): number => {
  let sum = 0;
  for (let i = 0; i < delays.length; i += 1) {
    const n = trials[i] as number;
    sum += weightOf(loss, n) * of(delays[i] as number, (kept[i] as number) / n);
  }
  return sum;
};

/** The best m for a shape, by least squares. */
const levelFor = (
  { points: { delays, kept, trials }, model, loss }: FitTask,
  shape: readonly number[],
): number => {
  const theta = [1, ...shape];
  let [both, square] = [0, 0];
  for (let i = 0; i < delays.length; i += 1) {
    const n = trials[i] as number;
    const value = model.value(theta, delays[i] as number);
    both += (weightOf(loss, n) * value * (kept[i] as number)) / n;
    square += weightOf(loss, n) * value * value;
  }
  return both / square;
};

/** How many of the starts are followed down. */
const FOLLOWED = 2;

const bestOf = (task: FitTask): Descent | undefined => {
  const { model, points } = task;
  const delays = Array.from(points.delays).sort((a, b) => a - b);
  const scale = delays[delays.length >> 1] || delays.at(-1) || 1;
  const starts = model
    .starts(scale)
    .map((shape) => clampTheta(task, model.hasLevel ? [levelFor(task, shape), ...shape] : shape))
    .map((theta) => ({ theta, loss: lossAt(task, theta) }))
    .filter(({ loss }) => Number.isFinite(loss))
    .sort((a, b) => a.loss - b.loss)
    .slice(0, FOLLOWED);
  let best: Descent | undefined;
  for (const { theta } of starts) {
    const found = descend(task, theta, best);
    if (best === undefined || found.loss < best.loss) best = found;
  }
  return best;
};

/** Whether b may be ten times as great at a cost of less than 1 in deviance, m and c following. */
const isAdrift = (task: FitTask, { theta, loss }: Descent): boolean => {
  const far = (theta[1] as number) + Math.LN10;
  const held = (list: readonly number[]): number[] => list.map((value, i) => (i === 1 ? far : value));
  const other = descend({ ...task, lower: held(task.lower), upper: held(task.upper) }, held(theta));
  const n = task.points.delays.length;
  return task.loss === 'likelihood' ? 2 * (other.loss - loss) < 1 : n * Math.log(other.loss / loss) < 1;
};

const aicOf = (loss: Loss, parameters: number, least: number): number | null =>
  loss === 'likelihood' ? 2 * parameters + 2 * least : null;

const baselineOf = (points: RetentionPoints, loss: Loss): CurveFit['baseline'] => {
  const value = weighted(points, loss, (_, y) => y) / weighted(points, loss, () => 1);
  const ssd = weighted(points, loss, (_, y) => (y - value) ** 2);
  return {
    value,
    ssd,
    aic: aicOf(
      loss,
      1,
      lossOf(loss, points, () => value),
    ),
  };
};

const named = (model: RetentionModel, values: readonly number[]): Readonly<Record<string, number>> =>
  Object.fromEntries(model.parameters.map((name, i) => [name, values[i] as number]));

/**
 * Fits a retention curve from fixed starts: the same points, the same curve. Undefined if there are fewer points with
 * trials than parameters, or no curve of the model is possible (`power` at t = 0).
 */
export const fitCurve = (given: RetentionPoints, options: FitOptions): CurveFit | undefined => {
  const points = usedOf(given);
  const model = retentionModel(options.model, options.decay);
  const { loss } = options;
  if (points.delays.length < model.parameters.length) return undefined;
  const bounds: Bounds = loss === 'likelihood' ? 'unit' : options.bounds;
  const most = bounds === 'unit' ? 1 : Number.POSITIVE_INFINITY;
  const upper = model.upper.map((value, i) => (i === 0 && model.hasLevel ? most : value));
  const task = { points, model, loss, lower: model.lower, upper };
  const best = bestOf(task);
  if (best === undefined) return undefined;
  const { theta } = best;
  return {
    ...options,
    bounds,
    parameters: named(model, model.told(theta)),
    atBounds: model.parameters.filter((_, i) => theta[i] === model.lower[i] || theta[i] === upper[i]),
    undetermined: model.name === 'wickelgren' && isAdrift(task, best) ? ['b'] : [],
    theta,
    ssd: weighted(points, loss, (t, y) => (y - model.value(theta, t)) ** 2),
    logLikelihood: loss === 'likelihood' ? -best.loss : null,
    aic: aicOf(loss, theta.length, best.loss),
    baseline: baselineOf(points, loss),
    longest: Math.max(...Array.from(points.delays)),
  };
};
