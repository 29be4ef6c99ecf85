import type { Answer, Cell, Column, DimensionValue } from './views.ts';

/** One column of a table without nesting. */
export type FlatColumn = {
  readonly name: string;
  valueIn(row: Answer['rows'][number]): string | number | boolean | null;
};

/** What of a cell stands beside its value, by the kind of its metric. */
const BESIDE: Readonly<Partial<Record<Column['type'], readonly string[]>>> = {
  count: [],
  rate: ['num', 'den', 'lo', 'hi'],
  mean: ['n', 'lo', 'hi'],
  distribution: ['n', 'lo', 'hi', 'sd', 'min', 'p5', 'q1', 'median', 'q3', 'p95', 'max'],
  survival: ['n', 'events', 'competing', 'censored', 'lo', 'hi'],
  curve: ['n'],
  list: [],
};

/**
 * The columns of an answer as plain values: a column for each number of a cell, and one for the names of what has ids.
 * `rows` are some of its rows, from which it is known what has.
 */
export const flatColumns = (columns: Answer['columns'], rows: Answer['rows']): readonly FlatColumn[] =>
  columns.flatMap((column, at): readonly FlatColumn[] => {
    const { name, type } = column;
    if (type !== 'dimension' && type !== 'time') return cellColumns(name, type, at);
    const id = { name, valueIn: (row: Answer['rows'][number]) => idOf(row[at] as DimensionValue) };
    if (!rows.some((row) => isThing(row[at] as DimensionValue))) return [id];
    return [id, { name: `${name}.name`, valueIn: (row) => nameIn(row[at] as DimensionValue) }];
  });

const isThing = (value: DimensionValue): value is { readonly id: string; readonly name?: string } =>
  typeof value === 'object' && value !== null;

const idOf = (value: DimensionValue) => (isThing(value) ? value.id : value);
const nameIn = (value: DimensionValue) => (isThing(value) ? (value.name ?? null) : null);

const cellColumns = (name: string, type: Column['type'], at: number): readonly FlatColumn[] =>
  ['value', ...(BESIDE[type] ?? []), 'persons'].map((member) => ({
    name: member === 'value' ? name : `${name}.${member}`,
    valueIn: (row) => numberIn(row[at] as Cell | null, member),
  }));

const numberIn = (cell: Cell | null, member: string): number | null => {
  const { ci, ...rest } = (cell ?? {}) as Readonly<Record<string, unknown>>;
  // How few persons a hidden value stands for is hidden too.
  if (rest['suppressed'] === true) return null;
  const holder = member === 'lo' || member === 'hi' ? ((ci ?? {}) as typeof rest) : rest;
  const found = holder[member];
  return typeof found === 'number' ? found : null;
};
