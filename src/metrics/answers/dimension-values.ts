import { reject } from '../../xapi/rejection.ts';
import { CATALOGUE } from '../catalogue.ts';
import type { Answering } from '../desk.ts';
import type { Dimension, Grain, Rows } from '../grains/grain.ts';
import { isOfPersons } from '../is-of-persons.ts';
import type { Question } from '../metrics.ts';
import { fewestFor } from '../query/as-told.ts';
import { openGrain } from '../query/open-grain.ts';
import { rowsUpTo, wholesOf } from '../query/over-rows.ts';
import { unknownName } from '../query/read-query.ts';
import { NO_PERSONS } from '../query/refuse-persons.ts';
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

/** `persons` are only counted up to as many as are needed. */
type Count = { rows: number; readonly persons: Set<number> };
/** A value is told when it is known that it is asked for: labels of persons take their time. */
type Counted = Count & { readonly text: string; readonly value: () => DimensionValue };

const NOBODY: Set<number> = new Set();
const newCount = (fewest: number): Count => ({ rows: 0, persons: fewest === 0 ? NOBODY : new Set() });

const countValues = (grains: readonly Rows[], name: string, fewest: number): ReadonlyMap<string, Counted> => {
  const all = new Map<string, Counted>();
  for (const grain of grains) {
    for (const { rows, persons, ...told } of valuesIn(grain, name, fewest)) {
      const counted = all.get(told.text) ?? { ...told, ...newCount(fewest) };
      add(counted, { rows, persons });
      all.set(told.text, counted);
    }
  }
  return all;
};

const add = (to: Count, { rows, persons }: Count): void => {
  to.rows += rows;
  for (const person of persons) to.persons.add(person);
};

/** Each value once, but for none. */
const valuesIn = (grain: Rows, name: string, fewest: number): readonly Counted[] => {
  const dimension = (grain.dimensions[name] as () => Dimension)();
  const { decode, id = (code) => textOf(decode(code)) } = dimension;
  return [...countCodes(grain, dimension, fewest)].flatMap(([code, count]) => {
    const text = code === 0 ? null : id(code);
    return text === null ? [] : [{ text, value: () => decode(code), ...count }];
  });
};

type Counts = Map<number, Count>;

const countCodes = (grain: Rows, { code, codes, members }: Dimension, fewest: number): Counts => {
  const counts: Counts = new Map();
  const rows = grain.there?.() ?? rowsUpTo(grain.size, grain.has);
  const found = codes === undefined ? wholesOf(rows, code) : codes(rows);
  for (let at = 0; at < rows.length; at += 1) {
    const counted = countOf(counts, found[at] as number, fewest);
    counted.rows += 1;
    if (counted.persons.size < fewest) counted.persons.add(grain.person(rows[at] as number));
  }
  return members === undefined ? counts : countMembers(counts, members, fewest);
};

const countOf = (counts: Counts, code: number, fewest: number): Count => {
  const known = counts.get(code);
  if (known !== undefined) return known;
  const count = newCount(fewest);
  counts.set(code, count);
  return count;
};

/** Where rows have several values: each of them, as often as there are rows that have it. */
const countMembers = (
  counts: Counts,
  members: (code: number) => readonly number[],
  fewest: number,
): Counts => {
  const each: Counts = new Map();
  for (const [code, count] of counts)
    for (const member of members(code)) add(countOf(each, member, fewest), count);
  return each;
};

const textOf = (value: DimensionValue): string | null => {
  if (value === null) return null;
  return typeof value === 'object' ? value.id : String(value);
};
