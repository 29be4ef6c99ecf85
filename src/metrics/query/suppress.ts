import type { Access } from '../metrics.ts';
import type { Cell, CurveCell } from '../views.ts';
import { lazyRow, type Table } from './run-query.ts';

/** Fewer people than this are not told to everybody. */
const FEWEST = 5;

/** Takes out what stands for too few people, unless who asks may see it. */
export const suppress = (table: Table, { small }: Access): Table =>
  small
    ? table
    : {
        ...table,
        rows: table.rows.map((row) => lazyRow(row.values, row.parts, () => row.cells.map(hidden))),
        totals: table.totals?.map(hidden),
      };

/** Whether a cell stands for too few people to be told to everybody. */
export const isHidden = ({ persons }: Cell): boolean => persons > 0 && persons < FEWEST;

export const hidden = (cell: Cell | null): Cell | null => {
  if (cell === null) return cell;
  if (!isHidden(cell)) return 'points' in cell ? withoutSmallPoints(cell) : cell;
  const list = 'items' in cell ? { items: [] } : {};
  const nothing = { value: null, num: null, den: null, n: null, ci: null, persons: 0 };
  return { ...nothing, ...list, suppressed: true } as Cell;
};

const withoutSmallPoints = (cell: CurveCell): CurveCell => ({
  ...cell,
  points: cell.points.filter(({ persons }) => persons >= FEWEST),
});
