import { reject } from '../../xapi/rejection.ts';
import type { Dimension, Grain, Rows } from '../grains/grain.ts';
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
  const totalParts = query.metrics.map(({ metric }): Part => selections.get(metric.grain) as Selection);
  const isOne = query.dimensions.length === 0 && query.time.grain === undefined;
  const all = rowsOf(query, groupedBy(query, selections), scope);
  // A row that says nothing of its own is of everything.
  const seen = isOne || scope.access.small ? all : all.filter(({ row }) => isToldOf(row));
  const rows = sorted(query, seen);
  const total = (request: MetricRequest, at: number): Cell => {
    const { grain, rows: whole } = totalParts[at] as Part;
    const only = isOne ? rows[0]?.cells[at] : undefined;
    return only ?? asTold(measure(request, scope, grain, whole), scope.access);
  };
  const totals = query.totals ? query.metrics.map(total) : undefined;
  return { columns: columnsOf(query), rows, totals, totalParts, hiddenRows: all.length - seen.length };
};

export const measure = (
  { metric, params }: MetricRequest,
  scope: Scope,
  grain: Rows,
  rows: Uint32Array,
): Cell => (metric.measure as (of: Measuring<object>) => Cell)({ scope, grain, rows, params });

/** A row before it is measured; `keys` are what it is sorted by, a key for each of its dimensions. */
type Grouped = {
  readonly keys: readonly Sortable[];
  readonly values: () => readonly DimensionValue[];
  readonly parts: readonly (Part | null)[];
};

/** Metrics of one grain have the same groups; those of different grains meet where their dimensions say the same. */
const groupedBy = ({ metrics }: Query, selections: ReadonlyMap<Grain, Selection>): readonly Grouped[] => {
  const [first] = selections.values();
  if (first !== undefined && selections.size === 1)
    return groupsOf(first).map(({ part, ...group }) => ({ ...group, parts: metrics.map(() => part) }));
  const rows = new Map<string, Grouped & { readonly parts: (Part | null)[] }>();
  for (const [grain, selection] of selections)
    for (const { part, ...group } of groupsOf(selection)) {
      const key = JSON.stringify(group.values());
      const row = rows.get(key) ?? { ...group, parts: metrics.map(() => null) };
      metrics.forEach(({ metric }, at) => {
        if (metric.grain === grain) row.parts[at] = part;
      });
      rows.set(key, row);
    }
  return [...rows.values()];
};

const groupsOf = ({ grain, dimensions, groups }: Selection) => {
  const keyOf = dimensions.map(sortableIn);
  return groups.map(({ codes, rows }) => ({
    keys: keyOf.map((key, at) => key(codes[at] as number)),
    values: () => dimensions.map(({ decode }, at) => decode(codes[at] as number)),
    part: { grain, rows },
  }));
};

/** What the values of a dimension are sorted by; each is looked at once. */
const sortableIn = ({ decode, id }: Dimension): ((code: number) => Sortable) => {
  const known = new Map<number, Sortable>();
  return (code) => {
    const there = known.get(code);
    if (there !== undefined) return there;
    const found = id === undefined ? sortable(decode(code)) : id(code);
    known.set(code, found);
    return found;
  };
};

/** The rows of an answer, whose cells are measured when they are first looked at. */
const rowsOf = ({ metrics }: Query, grouped: readonly Grouped[], scope: Scope): readonly Keyed[] => {
  const end = performance.now() + MOST_TIME;
  const cellOf = (part: Part | null, at: number): Cell | null => {
    if (performance.now() > end) throw tooLong();
    if (part === null) return null;
    return asTold(measure(metrics[at] as MetricRequest, scope, part.grain, part.rows), scope.access);
  };
  return grouped.map(({ keys, values, parts }) => ({
    keys,
    row: lazyRow(values, parts, () => parts.map(cellOf)),
  }));
};

/** A row whose values and cells are made when they are first looked at. */
export const lazyRow = (
  tell: () => AnswerRow['values'],
  parts: AnswerRow['parts'],
  make: () => AnswerRow['cells'],
): AnswerRow => {
  let told: AnswerRow['values'] | undefined;
  let made: AnswerRow['cells'] | undefined;
  return {
    get values() {
      told ??= tell();
      return told;
    },
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
const sorted = (query: Query, keyed: readonly Keyed[]): readonly AnswerRow[] => {
  const names = columnsOf(query).map(({ name }) => name);
  const width = names.length - query.metrics.length;
  const asked = query.order.map(({ by, descending }) => ({ at: names.indexOf(by), descending }));
  const own = names.slice(0, width).map((_, at) => ({ at, descending: false }));
  const order = [...asked, ...own];
  const list = keyed.map(({ row, keys }) => ({
    row,
    keys: order.map(({ at }) =>
      at < width ? (keys[at] as Sortable) : (row.cells[at - width]?.value ?? null),
    ),
  }));
  list.sort((a, b) => {
    for (let at = 0; at < order.length; at += 1) {
      const by = compare(a.keys[at] as Sortable, b.keys[at] as Sortable, order[at]?.descending === true);
      if (by !== 0) return by;
    }
    return 0;
  });
  return list.map(({ row }) => row);
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
