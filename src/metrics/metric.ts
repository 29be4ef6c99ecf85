import type { Members } from '../xapi/json-reader.ts';
import { rateCell } from './cells.ts';
import type { Grain, Rows } from './grains/grain.ts';
import type { Judged } from './judged.ts';
import type { Scope } from './query/scope.ts';
import type { Cell, MetricKind } from './views.ts';

/** A definition that an analyst can defend: what is counted, of what, and how. */
type Definition<Params extends object> = {
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
  readonly unit: string;
  /** Below so many rows a value is told with a warning. */
  readonly minN: number;
  readonly grain: Grain;
  /** The dimensions of the grain by which it may be grouped; all unless given. */
  readonly dimensions?: readonly string[];
  readonly params: Members<Params>;
  readonly paramsInWords: { readonly [Name in keyof Params]-?: string };
  readonly defaults: Params;
  /** The facts that a row is judged by beside those that it stands on itself. */
  proof?(of: Measuring<Params>): (row: number) => readonly number[];
};

/** A rate says what it counts, and nothing else: its cell, its differences and its evidence are all made of that. */
export type Rate<Params extends object> = Definition<Params> & {
  readonly kind: 'rate';
  judge(of: Measuring<Params>): Judged;
};

/** Any other figure. */
export type Measure<Params extends object> = Definition<Params> & {
  readonly kind: Exclude<MetricKind, 'rate'>;
  measure(of: Measuring<Params>): Cell;
  /** The rows that it is made of; all unless given. */
  counted?(of: Measuring<Params>): Uint32Array;
};

/** Some rows of a metric's grain, to be measured. */
export type Measuring<Params> = {
  readonly scope: Scope;
  readonly grain: Rows;
  readonly rows: Uint32Array;
  readonly params: Params;
};

/** A metric of any parameters, as the catalogue holds it. */
export type AnyMetric = Definition<never> & {
  readonly kind: MetricKind;
  measure(of: Measuring<never>): Cell;
  judge?(of: Measuring<never>): Judged;
  counted?(of: Measuring<never>): Uint32Array;
};

/** Takes care that a metric's parts fit each other. */
export const metric = <Params extends object>(definition: Rate<Params> | Measure<Params>): AnyMetric =>
  (definition.kind === 'rate'
    ? { ...definition, measure: (of: Measuring<Params>) => rateCell(definition.judge(of)) }
    : definition) as unknown as AnyMetric;
