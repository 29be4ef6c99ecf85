import type { Dimension, Grain, Rows } from '../grains/grain.ts';
import type { Measuring } from '../metric.ts';
import { passing } from '../scratch.ts';
import type { Cell, DimensionValue } from '../views.ts';
import { asTold } from './as-told.ts';
import { countOf, type Groups, rowsOfGroup } from './group-rows.ts';
import type { MetricRequest, Query } from './query.ts';
import { refuseTooLong } from './refuse-too-long.ts';
import type { Scope } from './scope.ts';
import type { Selection } from './select-rows.ts';

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

export type Selections = ReadonlyMap<Grain, Selection>;

/** Measures a cell in memory that the next one uses again: no array that was made for it may stand in what it answers. */
export const measure = (
  { metric, params }: MetricRequest,
  scope: Scope,
  grain: Rows,
  rows: Uint32Array,
): Cell => passing(() => (metric.measure as (of: Measuring<object>) => Cell)({ scope, grain, rows, params }));

/** A group, and what it says. */
export type Told = {
  readonly dimensions: readonly Dimension[];
  readonly groups: Groups;
  readonly group: number;
};

/** What the rows of an answer are made of, by their number. */
type Made = {
  readonly count: number;
  told(row: number): Told;
  /** Of a metric; undefined where it has no such group. */
  rows(row: number, metric: number): Uint32Array | undefined;
};

/** Metrics of one grain have the same groups; those of different grains meet where their dimensions say the same. */
const madeOf = ({ metrics }: Query, selections: Selections): Made => {
  const [only] = selections.values();
  if (only !== undefined && selections.size === 1) {
    const { dimensions, groups } = only;
    return {
      count: countOf(groups),
      told: (group) => ({ dimensions, groups, group }),
      rows: (group) => rowsOfGroup(groups, group),
    };
  }
  const alike = groupsAlike(selections);
  return {
    count: alike.length,
    told: (row) => alike[row]?.values().next().value as Told,
    rows: (row, at) => {
      const told = alike[row]?.get(metrics[at]?.metric.grain as Grain);
      return told === undefined ? undefined : rowsOfGroup(told.groups, told.group);
    },
  };
};

/** Groups that say the same, one of each grain at most. */
const groupsAlike = (selections: Selections): readonly ReadonlyMap<Grain, Told>[] => {
  const found = new Map<string, Map<Grain, Told>>();
  for (const [grain, { dimensions, groups }] of selections)
    for (let group = 0; group < countOf(groups); group += 1) {
      const told = { dimensions, groups, group };
      const key = JSON.stringify(valuesOf(told));
      const row = found.get(key) ?? new Map<Grain, Told>();
      found.set(key, row.set(grain, told));
    }
  return [...found.values()];
};

const valuesOf = ({ dimensions, groups, group }: Told): AnswerRow['values'] =>
  dimensions.map(({ decode }, at) => decode(groups.codes[at]?.[group] as number));

/** The rows of an answer, whose values are told and whose cells are measured when they are first looked at. */
export const answerRows = (query: Query, selections: Selections, scope: Scope): readonly LazyRow[] => {
  const { metrics } = query;
  const made = madeOf(query, selections);
  const grains = metrics.map(({ metric }) => (selections.get(metric.grain) as Selection).grain);
  const parts = (row: number): AnswerRow['parts'] =>
    grains.map((grain, at) => {
      const rows = made.rows(row, at);
      return rows === undefined ? null : { grain, rows };
    });
  const cellOf = (part: Part | null, at: number): Cell | null => {
    refuseTooLong();
    if (part === null) return null;
    return asTold(measure(metrics[at] as MetricRequest, scope, part.grain, part.rows), scope.access);
  };
  const source: Source = { told: made.told, parts, cellOf };
  return Array.from({ length: made.count }, (_, row) => new LazyRow(source, row));
};

/** What all rows of an answer are made of. */
type Source = Pick<Made, 'told'> & {
  readonly parts: (row: number) => AnswerRow['parts'];
  readonly cellOf: (part: Part | null, at: number) => Cell | null;
};

/** There may be a hundred thousand, of which a page is looked at. */
export class LazyRow implements AnswerRow {
  #source: Source | undefined;
  readonly #row: number;
  #values: AnswerRow['values'] | undefined;
  #cells: AnswerRow['cells'] | undefined;

  constructor(source: Source, row: number) {
    this.#source = source;
    this.#row = row;
  }

  /** As {@link AnswerRow.parts}, not to be asked for once it has been settled. */
  get told(): Told {
    return (this.#source as Source).told(this.#row);
  }

  get values(): AnswerRow['values'] {
    this.#values ??= valuesOf(this.told);
    return this.#values;
  }

  get parts(): AnswerRow['parts'] {
    return (this.#source as Source).parts(this.#row);
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
