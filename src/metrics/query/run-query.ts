import type { Grain, Rows } from '../grains/grain.ts';
import type { AnyMetric, Measuring } from '../metric.ts';
import type { Cell, Column, DimensionValue } from '../views.ts';
import { checkNames } from './check-names.ts';
import type { MetricRequest, Query } from './query.ts';
import type { Scope } from './scope.ts';
import { type Selection, selectRows } from './select-rows.ts';

/** One row of an answer: what its dimensions say, time first, and a cell for each metric. */
export type AnswerRow = {
  readonly values: readonly DimensionValue[];
  readonly cells: readonly (Cell | null)[];
  /** The rows of the grain that each cell stands for. */
  readonly parts: readonly (Part | null)[];
};

/** Rows of a grain behind a cell. */
export type Part = { readonly grain: Rows; readonly rows: Uint32Array };

export type Table = {
  readonly columns: readonly Column[];
  readonly rows: readonly AnswerRow[];
  /** Measured over everything, not added up. */
  readonly totals: readonly (Cell | null)[] | undefined;
  readonly totalParts: readonly Part[];
};

/**
 * Answers a question from a state that is settled.
 *
 * @throws Rejection for names that its metrics do not have.
 */
export const runQuery = (query: Query, scope: Scope): Table => {
  const opened = new Map<Grain, Rows>();
  const open = ({ grain }: AnyMetric): Rows => {
    const rows = opened.get(grain) ?? grain.open(scope);
    opened.set(grain, rows);
    return rows;
  };
  checkNames(query, open);
  const selections = new Map<Grain, Selection>();
  for (const { metric } of query.metrics) {
    const { grain } = metric;
    if (!selections.has(grain)) selections.set(grain, selectRows(query, grain, scope));
  }
  const measured = query.metrics.map((request) => {
    const selection = selections.get(request.metric.grain) as Selection;
    return measureGroups(request, selection, scope);
  });
  const totalParts = query.metrics.map(({ metric }): Part => selections.get(metric.grain) as Selection);
  const totals = query.totals
    ? query.metrics.map((request, at) => {
        const { grain, rows } = totalParts[at] as Part;
        return wholeOf(query, measured[at] as readonly Measured[]) ?? measure(request, scope, grain, rows);
      })
    : undefined;
  return { columns: columnsOf(query), rows: sorted(query, joined(measured)), totals, totalParts };
};

/** What is cut by nothing is everything, and has been measured. */
const wholeOf = ({ dimensions, time }: Query, groups: readonly Measured[]): Cell | undefined =>
  dimensions.length === 0 && time.grain === undefined ? groups[0]?.cell : undefined;

type Measured = {
  readonly key: string;
  readonly values: readonly DimensionValue[];
  readonly cell: Cell;
  readonly part: Part;
};

export const measure = (
  { metric, params }: MetricRequest,
  scope: Scope,
  grain: Rows,
  rows: Uint32Array,
): Cell => (metric.measure as (of: Measuring<object>) => Cell)({ scope, grain, rows, params });

const measureGroups = (
  request: MetricRequest,
  { grain, dimensions, groups }: Selection,
  scope: Scope,
): readonly Measured[] =>
  groups.map(({ codes, rows }) => {
    const values = dimensions.map(({ decode }, at) => decode(codes[at] as number));
    const cell = measure(request, scope, grain, rows);
    return { key: JSON.stringify(values), values, cell, part: { grain, rows } };
  });

/** Metrics of different grains meet where their dimensions say the same. */
const joined = (measured: readonly (readonly Measured[])[]): readonly AnswerRow[] => {
  const rows = new Map<
    string,
    { values: readonly DimensionValue[]; cells: (Cell | null)[]; parts: (Part | null)[] }
  >();
  measured.forEach((groups, at) => {
    for (const { key, values, cell, part } of groups) {
      const row = rows.get(key) ?? {
        values,
        cells: measured.map(() => null),
        parts: measured.map(() => null),
      };
      row.cells[at] = cell;
      row.parts[at] = part;
      rows.set(key, row);
    }
  });
  return [...rows.values()];
};

const columnsOf = ({ dimensions, time, metrics }: Query): readonly Column[] => [
  ...(time.grain === undefined ? [] : [{ name: 'time', type: 'time' as const, label: time.grain }]),
  ...dimensions.map((name) => ({ name, type: 'dimension' as const, label: name })),
  ...metrics.map(({ metric, as, params }) => ({
    name: as,
    type: metric.kind,
    label: metric.label,
    unit: metric.unit,
    definition: `${metric.id}@${metric.version}`,
    params: params as Readonly<Record<string, unknown>>,
  })),
];

type Sortable = string | number | null;

/** As was asked for, and then by the dimensions, ascending; what has no value comes last. */
const sorted = (query: Query, rows: readonly AnswerRow[]): readonly AnswerRow[] => {
  const names = columnsOf(query).map(({ name }) => name);
  const width = names.length - query.metrics.length;
  const keyAt =
    (column: number) =>
    ({ values, cells }: AnswerRow): Sortable =>
      column < width ? sortable(values[column] as DimensionValue) : (cells[column - width]?.value ?? null);
  const asked = query.order.map(({ by, descending }) => ({ key: keyAt(names.indexOf(by)), descending }));
  const rest = names.slice(0, width).map((_, column) => ({ key: keyAt(column), descending: false }));
  return [...rows].sort((a, b) => {
    for (const { key, descending } of [...asked, ...rest]) {
      const order = compare(key(a), key(b), descending);
      if (order !== 0) return order;
    }
    return 0;
  });
};

const sortable = (value: DimensionValue): Sortable => {
  if (typeof value === 'object' && value !== null) return value.id;
  return typeof value === 'boolean' ? Number(value) : value;
};

const compare = (a: Sortable, b: Sortable, descending: boolean): number => {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  const isBefore = typeof a === typeof b ? a < b : String(a) < String(b);
  return isBefore === descending ? 1 : -1;
};
