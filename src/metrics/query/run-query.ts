import { reject } from '../../xapi/rejection.ts';
import type { Grain, Rows } from '../grains/grain.ts';
import type { AnyMetric, Measuring } from '../metric.ts';
import type { Cell, Column, DimensionValue } from '../views.ts';
import { asTold, isToldOf } from './as-told.ts';
import { checkNames } from './check-names.ts';
import { openGrain } from './open-grain.ts';
import type { MetricRequest, Query } from './query.ts';
import type { Scope } from './scope.ts';
import { type Selection, selectRows } from './select-rows.ts';

/** One row of an answer: what its dimensions say, time first, and a cell for each metric. */
export type AnswerRow = {
  readonly values: readonly DimensionValue[];
  /** Measured when they are first looked at, which has to be before the world goes on. */
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
  /** How many rows who asks may see nothing of; they are not among the rows. */
  readonly hiddenRows: number;
};

/**
 * Answers a question from a state that is settled. What who asks may not see is in none of its cells, nor in the order
 * of its rows.
 *
 * @throws Rejection for names that its metrics do not have, and when it takes too long; so do its cells.
 */
export const runQuery = (query: Query, scope: Scope): Table => {
  const open = ({ grain }: AnyMetric): Rows => openGrain(grain, scope);
  checkNames(query, open);
  const selections = new Map<Grain, Selection>();
  for (const { metric } of query.metrics) {
    const { grain } = metric;
    if (!selections.has(grain)) selections.set(grain, selectRows(query, grain, scope));
  }
  const grouped = query.metrics.map(({ metric }) => groupsOf(selections.get(metric.grain) as Selection));
  const totalParts = query.metrics.map(({ metric }): Part => selections.get(metric.grain) as Selection);
  const isOne = query.dimensions.length === 0 && query.time.grain === undefined;
  const all = joined(query, grouped, scope);
  // A row that says nothing of its own is of everything.
  const seen = isOne || scope.access.small ? all : all.filter(isToldOf);
  const rows = sorted(query, seen);
  const total = (request: MetricRequest, at: number): Cell => {
    const { grain, rows: whole } = totalParts[at] as Part;
    const only = isOne ? rows[0]?.cells[at] : undefined;
    return only ?? asTold(measure(request, scope, grain, whole), scope.access);
  };
  const totals = query.totals ? query.metrics.map(total) : undefined;
  return { columns: columnsOf(query), rows, totals, totalParts, hiddenRows: all.length - seen.length };
};

type Grouped = { readonly key: string; readonly values: readonly DimensionValue[]; readonly part: Part };

export const measure = (
  { metric, params }: MetricRequest,
  scope: Scope,
  grain: Rows,
  rows: Uint32Array,
): Cell => (metric.measure as (of: Measuring<object>) => Cell)({ scope, grain, rows, params });

const groupsOf = ({ grain, dimensions, groups }: Selection): readonly Grouped[] =>
  groups.map(({ codes, rows }) => {
    const values = dimensions.map(({ decode }, at) => decode(codes[at] as number));
    return { key: JSON.stringify(values), values, part: { grain, rows } };
  });

/** Metrics of different grains meet where their dimensions say the same. */
const joined = (
  { metrics }: Query,
  grouped: readonly (readonly Grouped[])[],
  scope: Scope,
): readonly AnswerRow[] => {
  const rows = new Map<string, { values: readonly DimensionValue[]; parts: (Part | null)[] }>();
  grouped.forEach((groups, at) => {
    for (const { key, values, part } of groups) {
      const row = rows.get(key) ?? { values, parts: metrics.map(() => null) };
      row.parts[at] = part;
      rows.set(key, row);
    }
  });
  const end = performance.now() + MOST_TIME;
  const cellOf = (part: Part | null, at: number): Cell | null => {
    if (performance.now() > end) throw tooLong();
    if (part === null) return null;
    return asTold(measure(metrics[at] as MetricRequest, scope, part.grain, part.rows), scope.access);
  };
  return [...rows.values()].map(({ values, parts }) => lazyRow(values, parts, () => parts.map(cellOf)));
};

/** A row whose cells are made when they are first looked at. */
export const lazyRow = (
  values: AnswerRow['values'],
  parts: AnswerRow['parts'],
  make: () => AnswerRow['cells'],
): AnswerRow => {
  let made: AnswerRow['cells'] | undefined;
  return {
    values,
    parts,
    get cells() {
      made ??= make();
      return made;
    },
  };
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

/** In milliseconds: nobody else is answered meanwhile. */
const MOST_TIME = 5000;

const tooLong = () =>
  reject(
    'body-invalid',
    '',
    'This takes longer than others can wait. Ask for fewer metrics or groups, or narrow it down with filters.',
  );

type Sortable = string | number | null;

type Keyed = { readonly row: AnswerRow; readonly keys: readonly Sortable[] };

/** As was asked for, and then by the dimensions, ascending; what has no value comes last. Cells are measured only to order by them. */
const sorted = (query: Query, rows: readonly AnswerRow[]): readonly AnswerRow[] => {
  const names = columnsOf(query).map(({ name }) => name);
  const width = names.length - query.metrics.length;
  const columns = [...query.order.map(({ by }) => names.indexOf(by)), ...names.slice(0, width).keys()];
  const descending = columns.map((_, at) => query.order[at]?.descending === true);
  const keyOf = (row: AnswerRow, column: number): Sortable =>
    column < width
      ? sortable(row.values[column] as DimensionValue)
      : (row.cells[column - width]?.value ?? null);
  const keyed: Keyed[] = rows.map((row) => ({ row, keys: columns.map((column) => keyOf(row, column)) }));
  keyed.sort((a, b) => {
    for (let at = 0; at < columns.length; at += 1) {
      const order = compare(a.keys[at] as Sortable, b.keys[at] as Sortable, descending[at] as boolean);
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
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
