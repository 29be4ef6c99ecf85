import type { Position } from '../statements/statement-query.ts';
import type { Problem, Reason } from '../xapi/rejection.ts';

/** What who asks may be told. */
export type Access = {
  /** Values of fewer than five people. */
  readonly small: boolean;
  /** Who the people are, and what they did. */
  readonly names: boolean;
};

/** A question to metrics. Values are as they were sent: whoever answers reads them. */
export type Question = (
  | { readonly kind: 'query'; readonly query: unknown }
  | { readonly kind: 'evidence'; readonly selector: unknown }
  | { readonly kind: 'explain'; readonly query: unknown }
  | {
      readonly kind: 'dimension-values';
      readonly dimension: string;
      readonly search: string;
      readonly limit: number;
    }
  | { readonly kind: 'freshness' }
  | { readonly kind: 'digest' }
) & { readonly access: Access };

/** What became of a question: its answer as JSON text, or why it was turned away. */
export type Outcome =
  | { readonly json: string }
  | { readonly rejected: { readonly reason: Reason; readonly problems: readonly Problem[] } };

/** How far metrics have come. */
export type MetricsProgress = {
  /** Every entry up to this position has been taken in. */
  readonly upto: Position;
  /** Why it goes no further, if so. */
  readonly problem?: string;
};

/** What is known of learning, derived from the log; behind it by what has just been stored. */
export type Metrics = {
  /**
   * Answers from everything up to `atLeast`, unless it takes longer than `patience` (milliseconds) to take that in.
   *
   * @throws Rejection for a question that cannot be answered.
   */
  ask(question: Question, wait?: { readonly atLeast: Position; readonly patience: number }): Promise<string>;
  progress(): MetricsProgress;
};
