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

const trialsOf = ({ trials, delays }: RetentionPoints): number[] =>
  Array.from(delays, (_, i) => trials[i] as number);

/** Points that have trials. */
const usedOf = ({ delays, kept, trials }: RetentionPoints): RetentionPoints => {
  const used = trialsOf({ delays, kept, trials }).flatMap((n, i) => (n > 0 ? [i] : []));
  const pick = (list: ArrayLike<number>): number[] => used.map((i) => list[i] as number);
  return { delays: pick(delays), kept: pick(kept), trials: pick(trials) };
};

/** A sum over points, weighted as the loss does. */
const weighted = (
  { delays, kept, trials }: RetentionPoints,
  loss: Loss,
  of: (t: number, y: number) => number,
): number =>
  trialsOf({ delays, kept, trials }).reduce(
    (sum, n, i) => sum + weightOf(loss, n) * of(delays[i] as number, (kept[i] as number) / n),
    0,
  );

/** The best m for a shape, by least squares. */
const levelFor = ({ points, model, loss }: FitTask, shape: readonly number[]): number => {
  const at = (t: number): number => model.value([1, ...shape], t);
  return weighted(points, loss, (t, y) => y * at(t)) / weighted(points, loss, (t) => at(t) ** 2);
};

/** How many of the starts are followed down. */
const FOLLOWED = 2;

const bestOf = (task: FitTask): Descent | undefined => {
  const { model, points } = task;
  const delays = Array.from(points.delays).sort((a, b) => a - b);
  const scale = delays[delays.length >> 1] || delays.at(-1) || 1;
  return model
    .starts(scale)
    .map((shape) => clampTheta(task, model.hasLevel ? [levelFor(task, shape), ...shape] : shape))
    .map((theta) => ({ theta, loss: lossAt(task, theta) }))
    .filter(({ loss }) => Number.isFinite(loss))
    .sort((a, b) => a.loss - b.loss)
    .slice(0, FOLLOWED)
    .map(({ theta }) => descend(task, theta))
    .sort((a, b) => a.loss - b.loss)[0];
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
