import { personsOf } from '../cells.ts';
import type { Rows } from '../grains/grain.ts';
import type { Access } from '../metrics.ts';
import type { Cell, CurveCell } from '../views.ts';

/** Fewer people than this are not told to everybody. */
const FEWEST = 5;

/** How many persons have to stand behind what is told, where at least `asked` are wanted anyway. */
export const fewestFor = ({ small }: Access, asked = 0): number => (small ? asked : Math.max(asked, FEWEST));

/** A cell as who asks may see it: without what stands for too few people. Nothing else of it may be looked at. */
export const asTold = <Told extends Cell | null>(cell: Told, { small }: Access): Told =>
  small || cell === null ? cell : (hidden(cell) as Told);

type Row = {
  readonly cells: readonly (Cell | null)[];
  readonly parts: readonly ({ readonly grain: Rows; readonly rows: Uint32Array } | null)[];
};

/** Whether who may not see what few stand behind sees anything of a row: a cell, or that it is of nobody out of enough. */
export const isToldOf = (row: Row): boolean => {
  const enough = row.parts.map((part) => part !== null && personsOf(part.grain, part.rows) >= FEWEST);
  // Of fewer there is no cell of more.
  return enough.includes(true) && row.cells.some((cell, at) => enough[at] === true && isTold(cell));
};

const isTold = (cell: Cell | null): boolean => cell !== null && cell.suppressed !== true;

/** Whether a cell stands for too few people to be told to everybody. */
const isHidden = ({ persons }: Cell): boolean => persons > 0 && persons < FEWEST;

const hidden = (cell: Cell): Cell => {
  if (cell.persons >= FEWEST) return 'points' in cell ? withoutSmallPoints(cell) : cell;
  // What lies beside a figure of nobody is of somebody, and of how many it does not say.
  const { excluded: _, beside: __, ...plain } = cell;
  if (!isHidden(cell)) return plain as Cell;
  const list = 'items' in cell ? { items: [] } : {};
  const nothing = { value: null, num: null, den: null, n: null, ci: null, persons: 0 };
  return { ...nothing, ...list, suppressed: true } as Cell;
};

const withoutSmallPoints = (cell: CurveCell): CurveCell => ({
  ...cell,
  points: cell.points.filter(({ persons }) => persons >= FEWEST),
});
