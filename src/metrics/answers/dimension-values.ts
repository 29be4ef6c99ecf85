import { reject } from '../../xapi/rejection.ts';
import { CATALOGUE } from '../catalogue.ts';
import type { Answering } from '../desk.ts';
import type { Dimension, Grain, Rows } from '../grains/grain.ts';
import { isOfPersons } from '../is-of-persons.ts';
import type { Question } from '../metrics.ts';
import { fewestFor } from '../query/as-told.ts';
import { openGrain } from '../query/open-grain.ts';
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

/** `persons` are only counted up to as many as are needed. */
type Counted = { readonly value: DimensionValue; rows: number; readonly persons: Set<number> };

const countValues = (grains: readonly Rows[], name: string, fewest: number): ReadonlyMap<string, Counted> => {
  const all = new Map<string, Counted>();
  for (const grain of grains) {
    for (const { value, rows, persons } of valuesIn(grain, name, fewest)) {
      const counted = all.get(textOf(value)) ?? { value, rows: 0, persons: new Set() };
      counted.rows += rows;
      for (const person of persons) counted.persons.add(person);
      all.set(textOf(value), counted);
    }
  }
  return all;
};

/** Each value once, but for none. */
const valuesIn = (grain: Rows, name: string, fewest: number): readonly Counted[] => {
  const dimension = (grain.dimensions[name] as () => Dimension)();
  return [...countCodes(grain, dimension, fewest)]
    .map(([found, counted]) => ({ value: dimension.decode(found), ...counted }))
    .filter(({ value }) => value !== null);
};

type Counts = Map<number, Omit<Counted, 'value'>>;

const countCodes = ({ size, has, person }: Rows, { code, members }: Dimension, fewest: number): Counts => {
  const counts: Counts = new Map();
  for (let row = 0; row < size; row += 1) {
    if (!has(row)) continue;
    const counted = countedOf(counts, code(row));
    counted.rows += 1;
    const who = counted.persons.size < fewest ? person(row) : 0;
    if (who !== 0) counted.persons.add(who);
  }
  return members === undefined ? counts : countMembers(counts, members);
};

const countedOf = (counts: Counts, code: number): Omit<Counted, 'value'> => {
  const known = counts.get(code);
  if (known !== undefined) return known;
  const counted = { rows: 0, persons: new Set<number>() };
  counts.set(code, counted);
  return counted;
};

/** Where rows have several values: each of them, as often as there are rows that have it. */
const countMembers = (counts: Counts, members: (code: number) => readonly number[]): Counts => {
  const each: Counts = new Map();
  for (const [code, { rows, persons }] of counts)
    for (const member of members(code)) {
      const counted = countedOf(each, member);
      counted.rows += rows;
      for (const person of persons) counted.persons.add(person);
    }
  return each;
};

const textOf = (value: DimensionValue): string =>
  typeof value === 'object' && value !== null ? value.id : String(value);
