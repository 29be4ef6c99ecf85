import type { AnyMetric } from '../metric.ts';
import type { Period } from './periods.ts';

export const OPERATORS = ['eq', 'ne', 'in', 'notIn', 'lt', 'le', 'gt', 'ge', 'known', 'unknown'] as const;
export type FilterOperator = (typeof OPERATORS)[number];
export type FilterValue = string | number | boolean | null;

export type Filter =
  | { readonly and: readonly Filter[] }
  | { readonly or: readonly Filter[] }
  | { readonly not: Filter }
  | { readonly dim: string; readonly op: FilterOperator; readonly values: readonly FilterValue[] };

export type MetricRequest = {
  readonly metric: AnyMetric;
  /** What it is called in the answer: its id, or whatever was asked for. */
  readonly as: string;
  /** All of its parameters, defaults filled in. */
  readonly params: object;
};

/** Milliseconds since 1970: from the first to before the second. */
export type Range = readonly [number, number];

export type Compare =
  | { readonly kind: 'previous_period' | 'previous_year' }
  | { readonly kind: 'range'; readonly range: Range }
  | { readonly kind: 'cohort'; readonly cohort: string };

/** A question, read and checked. */
export type Query = {
  readonly metrics: readonly MetricRequest[];
  readonly dimensions: readonly string[];
  readonly time: {
    /** A moment of the grain; `begin` unless given. */
    readonly by: string;
    readonly grain?: Period;
    readonly range?: Range;
  };
  readonly timezone: string;
  readonly filter?: Filter;
  readonly cohort?: string;
  readonly compare?: Compare;
  readonly totals: boolean;
  readonly order: readonly { readonly by: string; readonly descending: boolean }[];
  /** Milliseconds since 1970. */
  readonly asOf?: number;
  readonly knownAt?: number;
  readonly limit: number;
  readonly cursor?: string;
};
