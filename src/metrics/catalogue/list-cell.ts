import { numbersOf } from '../query/over-rows.ts';
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
  const told = scope.access.names ? firstOf(rows, by, limit) : [];
  return { value: rows.length, persons, items: told.map(item) };
};

/** So many rows as are told, in order; of what stands behind them no order is made. */
const firstOf = (rows: Uint32Array, by: (row: number) => number, limit: number): readonly number[] => {
  const ranks = numbersOf(rows, (row) => rank(by(row)));
  const last = limit < rows.length ? (ranks.slice().sort()[limit - 1] as number) : LAST;
  const places: number[] = [];
  for (let at = 0; at < rows.length; at += 1) if ((ranks[at] as number) <= last) places.push(at);
  places.sort((a, b) => (ranks[a] as number) - (ranks[b] as number));
  return places.slice(0, limit).map((at) => rows[at] as number);
};

const LAST = Number.MAX_VALUE;
const rank = (number: number): number => (Number.isNaN(number) ? LAST : Math.min(number, LAST));

/** A moment as an answer tells it; null for none. */
export const dateText = (moment: number | undefined): string | null =>
  moment !== undefined && Number.isFinite(moment) ? new Date(moment).toISOString() : null;
