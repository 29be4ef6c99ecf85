import type { Dimension, Grain, Rows } from '../grains/grain.ts';
import type { AnyMetric } from '../metric.ts';
import { roughWholes } from '../scratch.ts';
import type { Cell, Column, DimensionValue } from '../views.ts';
import { type AnswerRow, answerRows, type LazyRow, measure, type Part } from './answer-rows.ts';
import { asTold, isToldOf } from './as-told.ts';
import { checkNames } from './check-names.ts';
import { inOrder, ranksOfCodes, ranksOfNumbers, ranksOfPlaces, type Sortable } from './in-order.ts';
import { openGrain } from './open-grain.ts';
import type { MetricRequest, Query } from './query.ts';
import type { Scope } from './scope.ts';
import { type Selection, selectRows } from './select-rows.ts';

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
  const all = answerRows(query, selections, scope);
  // A row that says nothing of its own is of everything.
  const seen = isOne || scope.access.small ? all : all.filter(isToldOf);
  const rows = sorted(query, seen);
  const total = (request: MetricRequest, at: number): Cell => {
    const { grain, rows: whole } = totalParts[at] as Part;
    // Every row is in a group, so that the only one is of all.
    const only = all.length === 1 ? rows[0]?.cells[at] : undefined;
    return only ?? asTold(measure(request, scope, grain, whole), scope.access);
  };
  const totals = query.totals ? query.metrics.map(total) : undefined;
  return { columns: columnsOf(query), rows, totals, totalParts, hiddenRows: all.length - seen.length };
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

/** As was asked for, and then by the dimensions, ascending; what has no value comes last. Cells are measured only to order by them. */
const sorted = (query: Query, rows: readonly LazyRow[]): readonly AnswerRow[] => {
  const names = columnsOf(query).map(({ name }) => name);
  const width = names.length - query.metrics.length;
  const asked = query.order.map(({ by, descending }) => ({ at: names.indexOf(by), descending }));
  const own = names.slice(0, width).map((_, at) => ({ at, descending: false }));
  const ranks = [...asked, ...own].map(({ at, descending }) => {
    if (at >= width) return ranksOfNumbers(valuesIn(rows, at - width), descending);
    const { codes, valueAt, places } = codedAt(rows, at);
    return places === undefined
      ? ranksOfCodes(codes, valueAt, descending)
      : ranksOfPlaces(codes, places, descending);
  });
  return inOrder(ranks, rows.length).map((place) => rows[place] as AnswerRow);
};

const valuesIn = (rows: readonly LazyRow[], at: number): readonly (number | null)[] =>
  rows.map(({ cells }) => cells[at]?.value ?? null);

type Coded = {
  readonly codes: Uint32Array;
  valueAt(code: number): Sortable;
  /** By code, where that is known. */
  readonly places?: Uint32Array | undefined;
};

/** Fewer rows of one dimension are sorted themselves. */
const MANY = 1000;

/** What rows are sorted by, of one of their dimensions. Rows of several grains may have the same in other codes. */
const codedAt = (rows: readonly LazyRow[], at: number): Coded => {
  const codes = roughWholes(rows.length);
  const only = rows[0]?.told.dimensions[at];
  const values: Sortable[] = [];
  const places = new Map<Sortable, number>();
  let areAlike = only !== undefined;
  for (const [row, { told }] of rows.entries()) {
    codes[row] = told.groups.codes[at]?.[told.group] as number;
    areAlike &&= told.dimensions[at] === only;
  }
  if (only !== undefined && areAlike)
    return { codes, valueAt: sortableIn(only), places: codes.length < MANY ? undefined : only.places?.() };
  for (const [row, { told }] of rows.entries()) {
    const value = sortableIn(told.dimensions[at] as Dimension)(codes[row] as number);
    const place = places.get(value) ?? values.push(value) - 1;
    places.set(value, place);
    codes[row] = place;
  }
  return { codes, valueAt: (code) => values[code] as Sortable };
};

const sortableIn =
  ({ id, decode }: Dimension): ((code: number) => Sortable) =>
  (code) =>
    id === undefined ? sortable(decode(code)) : id(code);

const sortable = (value: DimensionValue): Sortable => {
  if (typeof value === 'object' && value !== null) return value.id;
  return typeof value === 'boolean' ? Number(value) : value;
};
