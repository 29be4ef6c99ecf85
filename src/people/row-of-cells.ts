import type { Identifier } from '../xapi/statement.ts';
import type { Cells } from './csv-lines.ts';
import type { DateReader } from './date-reader.ts';
import type { Column, Meaning } from './roster-columns.ts';

type Told = { readonly column: string; readonly reason: string };

export type RowParts = {
  readonly cells: Cells;
  readonly columns: readonly Column[];
  readonly date: DateReader;
  readonly accountHome?: string;
};

/** The columns of which an identifier is made, the surest first. */
const IDENTIFYING: readonly Meaning[] = ['accountName', 'employeeId', 'mbox', 'sha1', 'openid'];

/** What the cells of one line say, to be read as a roster row, and what cannot even be said that way. */
export const rowOfCells = (
  parts: RowParts,
): { readonly row: Readonly<Record<string, unknown>>; readonly told: readonly Told[] } => {
  const { columns } = parts;
  const told: Told[] = [];
  const cell = (column: Column | undefined): string =>
    column === undefined ? '' : (parts.cells[column.at] ?? '').replace(/\s+/g, ' ').trim();
  const find = (meaning: Meaning) => columns.find((column) => column.meaning === meaning);
  const home = cell(find('accountHome')) || parts.accountHome;
  const used = IDENTIFYING.map(find).find((column) => cell(column) !== '' && canIdentify(column, home));
  if (used === undefined)
    told.push({ column: firstIdentifying(columns), reason: 'It does not say who it is about.' });
  const others = columns.filter((column) => column !== used && column.meaning !== 'accountHome');
  const standard = others
    .filter((column) => !isAttribute(column) && (cell(column) !== '' || column.meaning !== 'effectiveFrom'))
    .map((column) => [column.meaning, standardValue(column, cell(column), home, parts.date, told)]);
  const own = others.filter(isAttribute).map((column) => [column.header, cell(column) || null]);
  return {
    told,
    row: {
      identifier: used === undefined ? NOBODY : identifierOf(used, cell(used), home),
      ...Object.fromEntries(standard),
      ...(own.length === 0 ? {} : { attributes: Object.fromEntries(own) }),
    },
  };
};

/** Stands for an identifier that has been found missing already. */
const NOBODY: Identifier = { openid: 'urn:nobody' };

const needsHome = (column: Column): boolean =>
  column.meaning === 'accountName' || column.meaning === 'employeeId';

const canIdentify = (column: Column | undefined, home: string | undefined): boolean =>
  column !== undefined && (!needsHome(column) || home !== undefined);

const firstIdentifying = (columns: readonly Column[]): string =>
  columns.find(({ meaning }) => meaning !== undefined && IDENTIFYING.includes(meaning))?.header ?? '';

/** Columns of the installation's own, and identifiers beside the one that is used. */
const isAttribute = ({ meaning }: Column): boolean => meaning === undefined || IDENTIFYING.includes(meaning);

const identifierOf = ({ meaning }: Column, value: string, home: string | undefined): Identifier => {
  switch (meaning) {
    case 'mbox':
      return mboxOf(value);
    case 'sha1':
      return { mbox_sha1sum: value };
    case 'openid':
      return { openid: value };
    default:
      return { account: { homePage: home as string, name: value } };
  }
};

const mboxOf = (value: string): Identifier => ({
  mbox: value.startsWith('mailto:') ? value : `mailto:${value}`,
});

const standardValue = (
  { meaning, header }: Column,
  value: string,
  home: string | undefined,
  date: DateReader,
  told: Told[],
): unknown => {
  if (value === '') return null;
  if (meaning === 'hired' || meaning === 'left' || meaning === 'effectiveFrom') {
    const day = date(value);
    if (day === undefined)
      told.push({ column: header, reason: `This is no date that is known here: ${shown(value)}.` });
    return day;
  }
  if (meaning !== 'manager') return value;
  if (value.includes('@')) return mboxOf(value);
  if (home !== undefined) return { account: { homePage: home, name: value } };
  told.push({
    column: header,
    reason: 'A manager is an e-mail address, or an account name with account_home.',
  });
  return undefined;
};

const shown = (value: string): string => JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);

/** The column that a part of a roster row came from. */
export const columnAt = (pointer: string, columns: readonly Column[]): Column | undefined => {
  const [, first = '', second = ''] = pointer.split('/');
  if (first === 'identifier')
    return columns.find(({ meaning }) => meaning !== undefined && MEANINGS_OF[second]?.includes(meaning));
  if (first !== 'attributes') return columns.find(({ meaning }) => meaning === first);
  const name = second.replaceAll('~1', '/').replaceAll('~0', '~');
  return columns.find(({ header }) => header === name);
};

const MEANINGS_OF: Readonly<Record<string, readonly Meaning[]>> = {
  account: ['accountName', 'employeeId'],
  mbox: ['mbox'],
  mbox_sha1sum: ['sha1'],
  openid: ['openid'],
};
