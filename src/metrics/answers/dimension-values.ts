import { reject } from '../../xapi/rejection.ts';
import { CATALOGUE } from '../catalogue.ts';
import type { Answering } from '../desk.ts';
import type { Dimension, Grain, Rows } from '../grains/grain.ts';
import { isOfPersons } from '../is-of-persons.ts';
import type { Question } from '../metrics.ts';
import { fewestFor } from '../query/as-told.ts';
import { openGrain } from '../query/open-grain.ts';
import { codesOf, rowsUpTo, wholesOf } from '../query/over-rows.ts';
import { unknownName } from '../query/read-query.ts';
import { NO_PERSONS } from '../query/refuse-persons.ts';
import { scratchWholes } from '../scratch.ts';
import { type DenseNumbers, denseNumbers, firstPlaces } from '../statistics/dense-numbers.ts';
import type { DimensionValue } from '../views.ts';
import { lookingAt, standOf } from './looking-at.ts';

/** The values that a dimension has, most frequent first; those of few persons only for who may see them. */
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
  if (isOfPersons(dimension) && !access.names) throw reject('forbidden', '', NO_PERSONS);
  const wanted = search.toLowerCase();
  const fewest = fewestFor(access);
  const found = [...countValues(having, dimension, fewest).values()]
    .filter(({ persons }) => persons.size >= fewest)
    .filter(({ text }) => text.toLowerCase().includes(wanted))
    .sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1));
  const values = found.slice(0, limit).map(({ value }) => value());
  return { dimension, values, more: found.length > limit, meta: standOf(at) };
};

/** Whether it is worth opening a grain for a name; attributes of an installation's own are in none of its lists. */
const mayHave =
  (name: string) =>
  ({ dimensions }: Grain): boolean =>
    Object.hasOwn(dimensions, name) || (name.startsWith('person.') && Object.hasOwn(dimensions, 'person'));

/** Every grain that a metric has. */
const grainsOf = (): readonly Grain[] => [...new Set(CATALOGUE.all.map(({ grain }) => grain))];

/** How many rows a code has, and some of the persons that they are about: as many as are asked for. */
type Count = { readonly code: number; rows: number; readonly persons: Set<number> };
/** A value is told when it is known that it is asked for: labels of persons take their time. */
type Counted = {
  readonly text: string;
  readonly value: () => DimensionValue;
  rows: number;
  readonly persons: Set<number>;
};

const countValues = (grains: readonly Rows[], name: string, fewest: number): ReadonlyMap<string, Counted> => {
  const all = new Map<string, Counted>();
  for (const grain of grains)
    for (const one of valuesIn(grain, name, fewest)) {
      const there = all.get(one.text);
      if (there === undefined) all.set(one.text, one);
      else add(there, one, fewest);
    }
  return all;
};

/** Each value once, but for none. */
const valuesIn = (grain: Rows, name: string, fewest: number): readonly Counted[] => {
  const dimension = (grain.dimensions[name] as () => Dimension)();
  const { decode, id = (code) => textOf(decode(code)) } = dimension;
  return countCodes(grain, dimension, fewest).flatMap(({ code, rows, persons }) => {
    const text = code === 0 ? null : id(code);
    return text === null ? [] : [{ text, value: () => decode(code), rows, persons }];
  });
};

const add = (to: Omit<Count, 'code'>, { rows, persons }: Omit<Count, 'code'>, fewest: number): void => {
  to.rows += rows;
  for (const person of persons) if (to.persons.size < fewest) to.persons.add(person);
};

const countCodes = (grain: Rows, dimension: Dimension, fewest: number): readonly Count[] => {
  const rows = grain.there?.() ?? rowsUpTo(grain.size, grain.has);
  const codes = codesOf(rows, dimension);
  const dense = denseNumbers(codes);
  const sizes = scratchWholes(dense.count);
  for (let at = 0; at < codes.length; at += 1) {
    const number = dense.numbers[at] as number;
    sizes[number] = (sizes[number] as number) + 1;
  }
  const persons = fewest === 0 ? [] : somePersons(dense, wholesOf(rows, grain.person), fewest);
  const counts = Array.from(firstPlaces(dense), (at, number): Count => {
    const whose = persons[number] ?? new Set<number>();
    return { code: codes[at] as number, rows: sizes[number] as number, persons: whose };
  });
  const { members } = dimension;
  return members === undefined ? counts : countMembers(counts, members, fewest);
};

/** By number, up to so many persons of its rows. */
const somePersons = (
  { numbers, count }: DenseNumbers,
  persons: Uint32Array,
  most: number,
): readonly Set<number>[] => {
  const found = Array.from({ length: count }, () => new Set<number>());
  for (let at = 0; at < numbers.length; at += 1) {
    const some = found[numbers[at] as number] as Set<number>;
    if (some.size < most) some.add(persons[at] as number);
  }
  return found;
};

/** Where rows have several values: each of them, as often as there are rows that have it. */
const countMembers = (
  counts: readonly Count[],
  members: (code: number) => readonly number[],
  fewest: number,
): readonly Count[] => {
  const each = new Map<number, Count>();
  for (const count of counts)
    for (const code of members(count.code)) {
      const there = each.get(code) ?? { code, rows: 0, persons: new Set<number>() };
      add(there, count, fewest);
      each.set(code, there);
    }
  return [...each.values()];
};

const textOf = (value: DimensionValue): string | null => {
  if (value === null) return null;
  return typeof value === 'object' ? value.id : String(value);
};
