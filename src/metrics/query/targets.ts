import type { Target } from '../../people/record.ts';
import type { Cell, DimensionValue } from '../views.ts';
import type { AnswerRow } from './answer-rows.ts';
import type { Filter, Query } from './query.ts';
import type { Table } from './run-query.ts';

type Said = Readonly<Record<string, DimensionValue>>;

/**
 * Sets targets beside the values that they are for. A target is for a cell when its row, or the filters of the question,
 * say all that its scope says; of several the one that says most.
 */
export const withTargets = (table: Table, query: Query, targets: Iterable<Target>): Table => {
  const known = [...targets];
  if (known.length === 0) return table;
  const fixed = fixedBy(query.filter);
  const names = table.columns
    .filter(({ type }) => type === 'dimension' || type === 'time')
    .map(({ name }) => name);
  const beside = (cells: AnswerRow['cells'], said: Said): AnswerRow['cells'] =>
    cells.map((cell, at) => withTarget(cell, targetFor(known, query.metrics[at]?.metric.id, said)));
  return {
    ...table,
    rows: table.rows.map((row) => {
      const own = () => Object.fromEntries(names.map((name, at) => [name, row.values[at] ?? null]));
      return withCells(row, () => beside(row.cells, { ...fixed, ...own() }));
    }),
    totals: table.totals === undefined ? undefined : beside(table.totals, fixed),
  };
};

/** A row with other cells, made when they are first looked at. */
const withCells = (row: AnswerRow, make: () => AnswerRow['cells']): AnswerRow => {
  let made: AnswerRow['cells'] | undefined;
  return {
    get values() {
      return row.values;
    },
    get parts() {
      return row.parts;
    },
    get cells() {
      made ??= make();
      return made;
    },
    settle() {
      made ??= make();
      row.settle();
    },
  };
};

const withTarget = (cell: Cell | null, target: number | undefined): Cell | null =>
  cell === null || target === undefined ? cell : { ...cell, target };

const targetFor = (
  targets: readonly Target[],
  metric: string | undefined,
  said: Said,
): number | undefined => {
  let best: Target | undefined;
  for (const one of targets) {
    if (
      one.metric !== metric ||
      !Object.entries(one.scope ?? {}).every(([name, value]) => says(said[name], value))
    )
      continue;
    if (best === undefined || sizeOf(one) > sizeOf(best)) best = one;
  }
  return best?.value ?? undefined;
};

const sizeOf = ({ scope = {} }: Target): number => Object.keys(scope).length;

const says = (value: DimensionValue | undefined, wanted: string): boolean => {
  if (value === undefined || value === null) return false;
  return String(typeof value === 'object' ? value.id : value) === wanted;
};

/** What every row of the question has: dimensions that are filtered down to one value. */
const fixedBy = (filter: Filter | undefined): Said => {
  if (filter === undefined) return {};
  if ('and' in filter) return Object.assign({}, ...filter.and.map(fixedBy)) as Said;
  if (!('dim' in filter) || (filter.op !== 'eq' && filter.op !== 'in') || filter.values.length !== 1)
    return {};
  return { [filter.dim]: filter.values[0] as DimensionValue };
};
