import type { Position } from '../statements/statement-query.ts';
import type { Cell, DimensionValue, Meta, Page } from './views.ts';

/** One of what a cell counts: a row of a grain, or several that count as one. */
export type EvidenceRow = {
  readonly person: { readonly id: string; readonly name?: string } | null;
  /** Whether it counts for the numerator; absent where a metric is no rate. */
  readonly inNumerator?: boolean;
  /** How many of how many it counts for, where that is not one of one. */
  readonly num?: number;
  readonly den?: number;
  /** When what happened, by the grain's moments. */
  readonly moments: Readonly<Record<string, string>>;
  /** What its dimensions say, where they say anything. */
  readonly values: Readonly<Record<string, DimensionValue>>;
  /** The statements that it is made of, and where they stand in the log. */
  readonly statements: readonly { readonly id: string | null; readonly position: Position }[];
};

/** The rows behind one cell of an answer. */
export type EvidenceAnswer = {
  readonly definition: string;
  readonly params: object;
  readonly cell: Cell;
  readonly rows: readonly EvidenceRow[];
  readonly page: Page;
  readonly meta: Meta;
};
