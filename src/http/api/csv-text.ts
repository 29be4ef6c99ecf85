import { type FlatColumn, flatColumns } from '../../metrics/flat-table.ts';
import type { Answer } from '../../metrics/views.ts';

/** RFC 4180: lines end with CRLF, and one header line comes first. */
const END = '\r\n';

/** What a spreadsheet would take for a formula, once it has cut off white space and widths, is written as text of it. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

export const csvField = (value: string | number | boolean | null): string => {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const line = (values: readonly (string | number | boolean | null)[]): string =>
  values.map(csvField).join(',') + END;

/** Makes CSV of the pages of an answer, the first of which says what its columns are. */
export const csvPages = ({ columns, rows }: Pick<Answer, 'columns' | 'rows'>) => {
  const flat: readonly FlatColumn[] = flatColumns(columns, rows);
  return {
    header: line(flat.map(({ name }) => name)),
    page: (some: Answer['rows']): string =>
      some.map((row) => line(flat.map(({ valueIn }) => valueIn(row)))).join(''),
  };
};
