import type { Access } from '../metrics.ts';
import type { Cell } from '../views.ts';
import type { AnswerRow, Table } from './run-query.ts';

/** Fewer people than this are not told to everybody. */
export const FEWEST = 5;

/** Takes out what stands for too few people, unless who asks may see it. */
export const suppress = (table: Table, { small }: Access): Table =>
  small
    ? table
    : {
        ...table,
        rows: table.rows.map((row): AnswerRow => ({ ...row, cells: row.cells.map(hidden) })),
        totals: table.totals?.map(hidden),
      };

const hidden = (cell: Cell | null): Cell | null => {
  if (cell === null || cell.persons === 0 || cell.persons >= FEWEST) return cell;
  const list = 'items' in cell ? { items: [] } : {};
  return {
    value: null,
    num: null,
    den: null,
    n: null,
    ci: null,
    persons: 0,
    ...list,
    suppressed: true,
  } as Cell;
};
