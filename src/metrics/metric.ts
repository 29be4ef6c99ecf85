import type { Members } from '../xapi/json-reader.ts';
import type { Grain, Rows } from './grains/grain.ts';
import type { Scope } from './query/scope.ts';
import type { Cell, MetricKind } from './views.ts';

/** A definition that an analyst can defend: what is counted, of what, and how. */
export type Metric<Params extends object = object> = {
  /** `subject.measure`; a change that changes figures makes another version. */
  readonly id: string;
  readonly version: number;
  readonly label: string;
  /** In plain words. */
  readonly description: string;
  readonly formula: string;
  readonly numerator?: string;
  readonly denominator?: string;
  /** How the interval is made, with its source. */
  readonly interval?: string;
  readonly kind: MetricKind;
  readonly unit: string;
  /** Below so many rows a value is told with a warning. */
  readonly minN: number;
  readonly grain: Grain;
  /** The dimensions of the grain by which it may be grouped; all unless given. */
  readonly dimensions?: readonly string[];
  readonly params: Members<Params>;
  readonly paramsInWords: { readonly [Name in keyof Params]-?: string };
  readonly defaults: Params;
  measure(of: Measuring<Params>): Cell;
  /** Says of each row whether it counts for the numerator; undefined leaves it out. What has one is a rate of rows. */
  judge?(of: Measuring<Params>): (row: number) => boolean | undefined;
};

/** Some rows of a metric's grain, to be measured. */
export type Measuring<Params> = {
  readonly scope: Scope;
  readonly grain: Rows;
  readonly rows: Uint32Array;
  readonly params: Params;
};

/** A metric of any parameters, as the catalogue holds it. */
export type AnyMetric = Metric<never>;

/** Takes care that a metric's parts fit each other. */
export const metric = <Params extends object>(definition: Metric<Params>): AnyMetric =>
  definition as unknown as AnyMetric;
