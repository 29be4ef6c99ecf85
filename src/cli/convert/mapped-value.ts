import { suggestName } from '../../xapi/suggest-name.ts';
import {
  checkMembers,
  isObject,
  type Maker,
  member,
  type Part,
  type Place,
  useColumn,
  wrong,
} from './maker.ts';
import { readTemplate } from './template.ts';
import type { Kind } from './value-kinds.ts';

/**
 * A value: a constant, a text with `{columns}`, or `{"column","values","else"}`, which says what each word of a column
 * stands for, null for nothing.
 */
export const mappedValue =
  <T>(kind: Kind<T>): Part<T> =>
  (value, at) => {
    if (isObject(value) && 'column' in value) return readLookup(kind, value, at);
    if (typeof value !== 'string' || !value.includes('{')) {
      const constant = readConstant(kind, value, at);
      return constant === undefined
        ? wrong(at, `Expected ${kind.what}, a text with {columns}, or {"column","values"}.`)
        : () => constant;
    }
    const { columns, make } = readTemplate(value, at, kind.encode);
    const [first = ''] = columns;
    return (row) => {
      const text = make(row);
      if (typeof text !== 'string') return text;
      const made = kind.ofText(text, at.mapping.decimal);
      if (made !== undefined) return made;
      row.refuse(first, `Expected ${kind.what}, not ${JSON.stringify(text)}.`);
      return { missing: first };
    };
  };

const readConstant = <T>({ ofText, holds }: Kind<T>, value: unknown, at: Place): T | undefined => {
  if (typeof value === 'string') return ofText(value, at.mapping.decimal);
  if ((typeof value === 'number' || typeof value === 'boolean') && holds?.(value) === true) return value;
  return undefined;
};

const readLookup = <T>(kind: Kind<T>, value: Readonly<Record<string, unknown>>, at: Place): Maker<T> => {
  checkMembers(value, at, ['column', 'values', 'else']);
  const { column, values } = value;
  if (typeof column !== 'string') return wrong(member(at, 'column'), 'Expected the name of a column.');
  if (!isObject(values))
    return wrong(member(at, 'values'), 'Expected an object of words and what they stand for.');
  useColumn(at, column);
  const missing = { missing: column };
  const read = (one: unknown, place: Place): T | typeof missing => {
    if (one === null) return missing;
    const constant = readConstant(kind, one, at);
    if (constant === undefined) wrong(place, `Expected ${kind.what}, or null.`);
    return constant ?? missing;
  };
  const words = new Map(
    Object.entries(values).map(([word, one]) => [word, read(one, member(member(at, 'values'), word))]),
  );
  const other = 'else' in value ? read(value['else'], member(at, 'else')) : undefined;
  return (row) => {
    const cell = row.cell(column);
    const made = words.get(cell) ?? (cell === '' ? missing : other);
    if (made !== undefined) return made;
    row.refuse(column, unknownWord(cell, [...words.keys()]));
    return missing;
  };
};

const unknownWord = (cell: string, words: readonly string[]): string => {
  const meant = suggestName(cell, words);
  const hint =
    meant === undefined ? `It knows ${words.join(', ')}.` : `Did you mean ${JSON.stringify(meant)}?`;
  return `The mapping does not know ${JSON.stringify(cell)}. ${hint}`;
};
