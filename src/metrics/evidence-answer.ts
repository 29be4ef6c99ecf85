import type { Position } from '../statements/statement-query.ts';
import type { Cell, DimensionValue, Meta, Page } from './views.ts';

/** One row of a grain behind a cell. */
export type EvidenceRow = {
  readonly person: { readonly id: string; readonly name?: string } | null;
  /** Whether it counts for the numerator; absent where a metric is no rate. */
  readonly inNumerator?: boolean;
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
