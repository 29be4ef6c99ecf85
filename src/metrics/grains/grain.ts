import type { NumberOf, WholeColumn, WholeOf } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import type { DimensionValue } from '../views.ts';

/** What rows can be grouped and filtered by. A row has a code; codes that are equal mean the same, 0 is none. */
export type Dimension = {
  readonly code: WholeOf;
  /** The codes of many rows, where they are had more quickly together. */
  codes?(rows: Uint32Array): Uint32Array;
  /** The codes of what has an id, where they can be told without looking at every value; 0 if nothing has it. */
  codeOf?(id: string): number;
  decode(code: number): DimensionValue;
  /** The id of what `decode` answers, where that has one and more beside it which costs more. */
  id?(code: number): string | null;
  /** By code, the place of its id among those of all codes, ascending, where that is kept from question to question. */
  places?(): Uint32Array;
  /**
   * Where a row can have several values, such as every manager above a person: the codes of each, of the code of a row.
   * `decode` is then asked for these; a row without any counts as one of the code 0.
   */
  members?(code: number): readonly number[];
};

/** A moment of a row in milliseconds since 1970; NaN if it has none. */
export type Moment = NumberOf;

/** The rows of a grain as one query sees them. */
export type Rows = {
  /** Rows have numbers below this. */
  readonly size: number;
  /** Whether a row is there at the query's moment. */
  has(row: number): boolean;
  /** All that are there, where that is known without asking of each. */
  there?(): Uint32Array;
  /** The number of the person whom it is about. */
  readonly person: WholeColumn;
  /** When the row began: what person attributes are taken at, and windows start from. */
  readonly begin: Moment;
  readonly moments: Readonly<Record<string, Moment>>;
  readonly dimensions: Readonly<Record<string, () => Dimension>>;
  /** The facts that a row stands on. */
  facts(row: number): readonly number[];
};

/** What metrics count: one row is one of these. */
export type Grain = {
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  readonly moments: Readonly<Record<string, string>>;
  /** By name, what a dimension means. */
  readonly dimensions: Readonly<Record<string, string>>;
  open(scope: Scope): Rows;
};
