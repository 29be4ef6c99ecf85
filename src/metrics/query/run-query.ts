import type { Dimension, Grain, Rows } from '../grains/grain.ts';
import type { AnyMetric, Measuring } from '../metric.ts';
import { passing } from '../scratch.ts';
import type { Cell, Column, DimensionValue } from '../views.ts';
import { asTold, isToldOf } from './as-told.ts';
import { checkNames } from './check-names.ts';
import type { Group } from './group-rows.ts';
import { inOrder, ranksOfCodes, ranksOfNumbers, ranksOfPlaces, type Sortable } from './in-order.ts';
import { openGrain } from './open-grain.ts';
import type { MetricRequest, Query } from './query.ts';
import { refuseTooLong } from './refuse-too-long.ts';
import type { Scope } from './scope.ts';
import { type Selection, selectRows } from './select-rows.ts';

/** One row of an answer: what its dimensions say, time first, and a cell for each metric. */
export type AnswerRow = {
  readonly values: readonly DimensionValue[];
  /** Measured when they are first looked at, which has to be before the world goes on. */
  readonly cells: readonly (Cell | null)[];
  /** The rows of the grain that each cell stands for; not to be asked for once it has been settled. */
  readonly parts: readonly (Part | null)[];
  /** Makes all of it that is told, and lets go of what it is made of. */
  settle(): void;
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
  const all = rowsOf(query, alike(query, selections), selections, scope);
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

type Selections = ReadonlyMap<Grain, Selection>;

export const measure = (
  { metric, params }: MetricRequest,
  scope: Scope,
  grain: Rows,
  rows: Uint32Array,
): Cell => passing(() => (metric.measure as (of: Measuring<object>) => Cell)({ scope, grain, rows, params }));

/** Groups that say the same, one of each grain at most: what a row is made of. */
type Alike = {
  readonly dimensions: readonly Dimension[];
  /** The group whose codes those dimensions tell. */
  readonly told: Group;
  /** By metric. */
  readonly groups: readonly (Group | undefined)[];
};

/** Metrics of one grain have the same groups; those of different grains meet where their dimensions say the same. */
const alike = ({ metrics }: Query, selections: Selections): readonly Alike[] => {
  const [first] = selections.values();
  if (first !== undefined && selections.size === 1) {
    const { dimensions } = first;
    return first.groups.map((told) => ({ dimensions, told, groups: metrics.map(() => told) }));
  }
  const rows = new Map<string, Alike & { readonly groups: (Group | undefined)[] }>();
  for (const [grain, { dimensions, groups }] of selections)
    for (const told of groups) {
      const key = JSON.stringify(dimensions.map(({ decode }, at) => decode(told.codeAt(at))));
      const row = rows.get(key) ?? { dimensions, told, groups: metrics.map(() => undefined) };
      metrics.forEach(({ metric }, at) => {
        if (metric.grain === grain) row.groups[at] = told;
      });
      rows.set(key, row);
    }
  return [...rows.values()];
};

/** The rows of an answer, whose values are told and whose cells are measured when they are first looked at. */
const rowsOf = (
  { metrics }: Query,
  all: readonly Alike[],
  selections: Selections,
  scope: Scope,
): readonly LazyRow[] => {
  const cellOf = (part: Part | null, at: number): Cell | null => {
    refuseTooLong();
    if (part === null) return null;
    return asTold(measure(metrics[at] as MetricRequest, scope, part.grain, part.rows), scope.access);
  };
  const grains = metrics.map(({ metric }) => (selections.get(metric.grain) as Selection).grain);
  return all.map((of) => new LazyRow({ of, grains, cellOf }));
};

/** What a row is made of. */
type Source = {
  readonly of: Alike;
  readonly grains: readonly Rows[];
  readonly cellOf: (part: Part | null, at: number) => Cell | null;
};

/** There may be a hundred thousand, of which a page is looked at. */
class LazyRow implements AnswerRow {
  #source: Source | undefined;
  #values: AnswerRow['values'] | undefined;
  #cells: AnswerRow['cells'] | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  get of(): Alike {
    return (this.#source as Source).of;
  }

  get values(): AnswerRow['values'] {
    this.#values ??= this.of.dimensions.map(({ decode }, at) => decode(this.of.told.codeAt(at)));
    return this.#values;
  }

  get parts(): AnswerRow['parts'] {
    const { of, grains } = this.#source as Source;
    return of.groups.map((group, at) =>
      group === undefined ? null : { grain: grains[at] as Rows, rows: group.rows },
    );
  }

  get cells(): AnswerRow['cells'] {
    this.#cells ??= this.parts.map((this.#source as Source).cellOf);
    return this.#cells;
  }

  settle(): void {
    if (this.#source === undefined) return;
    this.#values = this.values;
    this.#cells = this.cells;
    this.#source = undefined;
  }
}

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
  const codes = new Uint32Array(rows.length);
  const only = rows[0]?.of.dimensions[at];
  if (only !== undefined && rows.every(({ of }) => of.dimensions[at] === only)) {
    for (let place = 0; place < codes.length; place += 1)
      codes[place] = (rows[place] as LazyRow).of.told.codeAt(at);
    return { codes, valueAt: sortableIn(only), places: codes.length < MANY ? undefined : only.places?.() };
  }
  const places = new Map<Sortable, number>();
  for (const [row, { of }] of rows.entries()) {
    const value = sortableIn(of.dimensions[at] as Dimension)(of.told.codeAt(at));
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    codes[row] = place;
  }
  const values = [...places.keys()];
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
