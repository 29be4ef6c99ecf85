import { reject } from '../../xapi/rejection.ts';
import { CATALOGUE } from '../catalogue.ts';
import type { Answering } from '../desk.ts';
import type { Grain, Rows } from '../grains/grain.ts';
import type { Question } from '../metrics.ts';
import { openGrain } from '../query/open-grain.ts';
import { unknownName } from '../query/read-query.ts';
import type { DimensionValue } from '../views.ts';
import { lookingAt, standOf } from './looking-at.ts';

/** The values that a dimension has, most frequent first. */
export type DimensionValues = {
  readonly dimension: string;
  readonly values: readonly DimensionValue[];
  /** Whether there are more than were asked for. */
  readonly more: boolean;
  readonly meta: ReturnType<typeof standOf>;
};

/** @throws Rejection `not-found` for a name that no grain has, `forbidden` for persons to who may not know them. */
export const dimensionValues = (
  { dimension, search, limit, access }: Extract<Question, { readonly kind: 'dimension-values' }>,
  at: Answering,
): DimensionValues => {
  const { scope } = lookingAt({ timezone: 'UTC' }, access, at);
  const having = grainsOf()
    .filter(mayHave(dimension))
    .map((grain) => openGrain(grain, scope))
    .filter(({ dimensions }) => Object.hasOwn(dimensions, dimension));
  if (having.length === 0) {
    const opened = grainsOf().map((grain) => openGrain(grain, scope));
    const known = [...new Set(opened.flatMap(({ dimensions }) => Object.keys(dimensions)))];
    throw reject('not-found', '', unknownName('dimension', dimension, known));
  }
  if (dimension === 'person' && !access.names)
    throw reject('forbidden', '', 'Who the persons are is told to keys with metrics/evidence.');
  const wanted = search.toLowerCase();
  const found = [...countValues(having, dimension).values()]
    .filter(({ value }) => textOf(value).toLowerCase().includes(wanted))
    .sort((a, b) => b.rows - a.rows || (textOf(a.value) < textOf(b.value) ? -1 : 1))
    .map(({ value }) => value);
  return { dimension, values: found.slice(0, limit), more: found.length > limit, meta: standOf(at) };
};

/** Whether it is worth opening a grain for a name; attributes of an installation's own are in none of its lists. */
const mayHave =
  (name: string) =>
  ({ dimensions }: Grain): boolean =>
    Object.hasOwn(dimensions, name) || (name.startsWith('person.') && Object.hasOwn(dimensions, 'person'));

/** Every grain that a metric has. */
const grainsOf = (): readonly Grain[] => [...new Set(CATALOGUE.all.map(({ grain }) => grain))];

type Counted = { readonly value: DimensionValue; rows: number };

const countValues = (grains: readonly Rows[], name: string): ReadonlyMap<string, Counted> => {
  const all = new Map<string, Counted>();
  for (const grain of grains) {
    for (const { value, rows } of valuesIn(grain, name)) {
      const counted = all.get(textOf(value)) ?? { value, rows: 0 };
      counted.rows += rows;
      all.set(textOf(value), counted);
    }
  }
  return all;
};

/** Each value once, but for none. */
const valuesIn = ({ size, has, dimensions }: Rows, name: string): readonly Counted[] => {
  const { code, decode } = (dimensions[name] as NonNullable<(typeof dimensions)[string]>)();
  const counts = new Map<number, number>();
  for (let row = 0; row < size; row += 1) {
    if (!has(row)) continue;
    const found = code(row);
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return [...counts]
    .map(([found, rows]) => ({ value: decode(found), rows }))
    .filter(({ value }) => value !== null);
};

const textOf = (value: DimensionValue): string =>
  typeof value === 'object' && value !== null ? value.id : String(value);
