import type { Scope } from '../query/scope.ts';
import type { ListCell } from '../views.ts';

export const MOST_ITEMS = 10_000;
/** So many are told unless more are asked for. */
export const LIMIT = 1000;

export type Item = ListCell['items'][number];

type Listed = {
  readonly scope: Pick<Scope, 'access'>;
  readonly rows: Uint32Array;
  readonly persons: number;
  readonly limit: number;
  /** What the list is in the order of, ascending; what has no number comes last. */
  readonly by: (row: number) => number;
  readonly item: (row: number) => Item;
};

/** Rows with names, for who may see them; for everybody else how many there are. */
export const listCell = ({ scope, rows, persons, limit, by, item }: Listed): ListCell => {
  const told = scope.access.names ? sorted(rows, by).slice(0, limit) : [];
  return { value: rows.length, persons, items: told.map(item) };
};

const sorted = (rows: Uint32Array, by: (row: number) => number): readonly number[] =>
  [...rows]
    .map((row) => [row, by(row)] as const)
    .sort(([, a], [, b]) => rank(a) - rank(b) || 0)
    .map(([row]) => row);

const LAST = Number.MAX_VALUE;
const rank = (number: number): number => (Number.isNaN(number) ? LAST : Math.min(number, LAST));

/** A moment as an answer tells it; null for none. */
export const dateText = (moment: number | undefined): string | null =>
  moment !== undefined && Number.isFinite(moment) ? new Date(moment).toISOString() : null;
