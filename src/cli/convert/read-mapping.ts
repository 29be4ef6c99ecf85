import { v5 as derivedUuid } from 'uuid';
import { isLanguageTag } from '../../xapi/language-tag.ts';
import { readJson } from '../../xapi/scan-json.ts';
import { DELIMITERS } from './find-delimiter.ts';
import {
  checkMembers,
  isMissing,
  isObject,
  type Made,
  type Maker,
  type MappingUnderWay,
  member,
  objectOf,
  type Place,
  useColumn,
  wrong,
} from './maker.ts';
import { NEEDED_PARTS, STATEMENT_PARTS } from './mapped-statement.ts';
import type { Row } from './row.ts';

/** What the columns of a table mean: see `specs/import.md`. */
export type Mapping = {
  /** What stands between two cells, if it says so. */
  readonly delimiter?: string;
  /** The columns that it names, and where in the mapping. */
  readonly columns: ReadonlyMap<string, string>;
  /** The statement that a row stands for, none if the row is left out. What is wrong with it, the row is refused for. */
  make(row: Row): readonly object[];
};

/** The namespace (RFC 9562 §5.5) of statements that are made by a mapping: never to be changed, see `specs/import.md`. */
const STATEMENTS = '888d0eef-1433-47f3-a77c-3a0ff7d15ff1';

const OWN = ['id', 'delimiter', 'decimal', 'language', 'key', 'only', 'except'];

/** @throws Error with all that is wrong with it, a line each. */
export const readMapping = (text: string, file: string): Mapping => {
  const value = jsonOf(text, file);
  const own = isObject(value) ? value : {};
  const mapping: MappingUnderWay = {
    problems: [],
    columns: new Map(),
    decimal: own['decimal'] === ',' ? ',' : '.',
    language: typeof own['language'] === 'string' ? own['language'] : 'en',
  };
  const at: Place = { pointer: '', mapping };
  checkMembers(value, at, [...OWN, ...Object.keys(STATEMENT_PARTS)]);
  checkOwn(own, at);
  const key = columnsOf(own['key'], member(at, 'key'));
  const only = filterOf(own['only'], member(at, 'only'));
  const except = filterOf(own['except'], member(at, 'except'));
  const parts = Object.entries(own).filter(([name]) => name in STATEMENT_PARTS);
  const statement = objectOf(STATEMENT_PARTS, NEEDED_PARTS)(Object.fromEntries(parts), at);
  if (mapping.problems.length > 0) {
    throw new Error(mapping.problems.map((problem) => `${file}, ${problem}`).join('\n'));
  }
  const { delimiter } = own;
  return {
    ...(typeof delimiter === 'string' ? { delimiter } : {}),
    columns: mapping.columns,
    make: (row) =>
      only.every((passes) => passes(row)) && !except.some((passes) => passes(row))
        ? statementOf(row, statement, { id: own['id'] as string, key })
        : [],
  };
};

const jsonOf = (text: string, file: string): unknown => {
  try {
    return readJson(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
};

const checkOwn = (own: Made, at: Place): void => {
  const { id, delimiter, decimal, language } = own;
  if (typeof id !== 'string' || id === '') {
    wrong(
      member(at, 'id'),
      'Expected a name of this mapping that never changes: ids of statements follow from it.',
    );
  }
  if (delimiter !== undefined && !DELIMITERS.some((one) => one === delimiter)) {
    wrong(member(at, 'delimiter'), 'Expected ",", ";" or "\\t".');
  }
  if (![undefined, '.', ','].includes(decimal as string | undefined)) {
    wrong(member(at, 'decimal'), 'Expected "." or ",".');
  }
  if (language !== undefined && (typeof language !== 'string' || !isLanguageTag(language))) {
    wrong(member(at, 'language'), 'Expected a language tag such as en or de-CH.');
  }
};

const columnsOf = (value: unknown, at: Place): readonly string[] => {
  const columns = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (columns.length === 0 || columns.some((column) => typeof column !== 'string')) {
    wrong(at, 'Expected the names of the columns that together tell a row from every other.');
    return [];
  }
  for (const column of columns as readonly string[]) useColumn(at, column);
  return columns as readonly string[];
};

/** Whether a row has one of the words in each of some columns. */
const filterOf = (value: unknown, at: Place): readonly ((row: Row) => boolean)[] => {
  if (value === undefined) return [];
  if (!isObject(value)) {
    wrong(at, 'Expected an object of columns and the words in them.');
    return [];
  }
  return Object.entries(value).map(([column, given]) => {
    const words: readonly unknown[] = Array.isArray(given) ? given : [given];
    if (words.some((word) => typeof word !== 'string'))
      wrong(member(at, column), 'Expected one word, or a list.');
    useColumn(at, column);
    return (row) => words.includes(row.cell(column));
  });
};

const statementOf = (
  row: Row,
  make: Maker<Made>,
  { id, key }: { readonly id: string; readonly key: readonly string[] },
): readonly object[] => {
  const cells = key.map((column) => row.cell(column));
  for (const [at, cell] of cells.entries()) {
    if (cell === '') row.refuse(key[at] as string, 'Empty, but it tells this row from others.');
  }
  const made = make(row);
  if (isMissing(made))
    row.refuse(made.missing, 'Empty, or stands for nothing, but without it there is no statement.');
  if (row.problems.length > 0) return [];
  return [{ id: derivedUuid(JSON.stringify([id, ...cells]), STATEMENTS), ...made }];
};
