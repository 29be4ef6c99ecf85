import {
  isObject,
  type JsonReader,
  lineOf,
  listOf,
  needed,
  objectOf,
  oneOf,
  valueWhere,
} from '../../xapi/json-reader.ts';
import { leavesIn } from './match-filter.ts';
import { type Filter, type FilterOperator, type FilterValue, OPERATORS } from './query.ts';

const MOST_DEEP = 20;
const MOST_CONDITIONS = 200;
const MOST_VALUES = 5000;

const value: JsonReader<FilterValue> = valueWhere(
  (one) => one === null || ['string', 'number', 'boolean'].includes(typeof one),
  'a text, a number, true, false or null',
);

const values: JsonReader<readonly FilterValue[]> = (given, at, problems) =>
  Array.isArray(given) ? listOf(value)(given, at, problems) : listOf(value)([given], at, problems);

type Leaf = { readonly dim: string; readonly op: FilterOperator; readonly values: readonly FilterValue[] };

/** How many values an operator takes. */
const problemOfLeaf = ({ op, values: given }: Leaf): string | undefined => {
  if (op === 'known' || op === 'unknown') return given.length === 0 ? undefined : `${op} takes no values.`;
  if (op === 'in' || op === 'notIn') return given.length > 0 ? undefined : `${op} takes one value or more.`;
  return given.length === 1 ? undefined : `${op} takes one value.`;
};

const leaf: JsonReader<Filter> = (given, at, problems) => {
  const whole = isObject(given) ? { op: 'in', ...valuesOf(given), ...given } : given;
  const { value: _, ...plain } = (isObject(whole) ? whole : {}) as Record<string, unknown>;
  return objectOf<Leaf>(
    { dim: needed(lineOf(200)), op: needed(oneOf(OPERATORS)), values: needed(values) },
    problemOfLeaf,
  )(isObject(whole) ? plain : whole, at, problems);
};

/** `value` is short for a list of one. */
const valuesOf = (given: Readonly<Record<string, unknown>>): object =>
  'value' in given ? { values: [given['value']] } : 'values' in given ? {} : { values: [] };

/** Reads what a question is narrowed down by: `{dim, op, values}`, `{and}`, `{or}`, `{not}`. */
export const readFilter: JsonReader<Filter> = (given, at, problems) => {
  const before = problems.length;
  const filter = readDeep(given, at, problems, 0);
  if (filter === undefined || problems.length > before) return filter;
  const leaves = leavesIn(filter);
  const values = leaves.reduce((sum, { values: those }) => sum + those.length, 0);
  if (leaves.length <= MOST_CONDITIONS && values <= MOST_VALUES) return filter;
  const message = `At most ${MOST_CONDITIONS} conditions, with ${MOST_VALUES} values together.`;
  problems.push({ pointer: at, message });
  return undefined;
};

const readDeep = (
  given: unknown,
  at: string,
  problems: Parameters<JsonReader<Filter>>[2],
  depth: number,
): Filter | undefined => {
  if (depth > MOST_DEEP) {
    problems.push({ pointer: at, message: `Filters stand in each other at most ${MOST_DEEP} deep.` });
    return undefined;
  }
  const deeper: JsonReader<Filter> = (one, place, found) => readDeep(one, place, found, depth + 1);
  if (isObject(given) && 'and' in given)
    return objectOf<{ and: readonly Filter[] }>({ and: needed(listOf(deeper)) })(given, at, problems);
  if (isObject(given) && 'or' in given)
    return objectOf<{ or: readonly Filter[] }>({ or: needed(listOf(deeper)) })(given, at, problems);
  if (isObject(given) && 'not' in given)
    return objectOf<{ not: Filter }>({ not: needed(deeper) })(given, at, problems);
  return leaf(given, at, problems);
};
