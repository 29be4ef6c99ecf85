import { isUtf8 } from 'node:buffer';
import { agentTerm } from '../statements/terms.ts';
import type { Problem } from '../xapi/rejection.ts';
import { type CsvLine, csvLines } from './csv-lines.ts';
import { dateReader } from './date-reader.ts';
import { rosterRow } from './read-roster-row.ts';
import type { RosterRow } from './record.ts';
import { type Column, rosterColumns } from './roster-columns.ts';
import { columnAt, type RowParts, rowOfCells } from './row-of-cells.ts';

export type RosterCsvOptions = {
  /** The home page of the accounts that employee ids, and managers who are no addresses, are the names of. */
  readonly accountHome?: string;
  /** Of the dates that are not ISO 8601, such as `DD.MM.YYYY`. */
  readonly dateFormat?: string;
};

/** Why a row is not used; the header is line 1. */
export type RowProblem = { readonly line: number; readonly column?: string; readonly reason: string };

export type RosterCsv = {
  readonly rows: readonly RosterRow[];
  /** In the order of lines; a row with a problem is not among the rows. */
  readonly problems: readonly RowProblem[];
};

/**
 * Reads a roster: UTF-8 with or without a byte order mark, separated by commas, semicolons or tabs, quoted as in RFC
 * 4180, with a header. An empty cell says that there is nothing of the kind from then on.
 *
 * @throws Error for a date format that is none.
 */
export const readRosterCsv = (bytes: Buffer, options: RosterCsvOptions = {}): RosterCsv => {
  const date = dateReader(options.dateFormat);
  if (!isUtf8(bytes)) return failed(1, 'The file is not UTF-8. Save it as CSV UTF-8.');
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const { lines, unread } = csvLines(text);
  const problems: RowProblem[] = [...unread];
  const [header, ...records] = lines;
  if (header === undefined) return failed(1, 'The file has no header.');
  const { columns, doubled } = rosterColumns(header.cells);
  const unusable = problemsOfHeader(columns, doubled, options);
  if (unusable.length > 0) return { rows: [], problems: unusable };
  const rows: RosterRow[] = [];
  const met = new Map<string, number>();
  for (const record of records) {
    const read = readLine(record, header.cells.length, { columns, date, ...options });
    const own = 'row' in read ? repetition(read.row, record.line, met) : read.problems;
    if ('row' in read && own.length === 0) rows.push(read.row);
    problems.push(...own);
  }
  return { rows, problems: problems.sort((a, b) => a.line - b.line) };
};

type Reading = { readonly row: RosterRow } | { readonly problems: readonly RowProblem[] };

const readLine = ({ cells, line }: CsvLine, width: number, parts: Omit<RowParts, 'cells'>): Reading => {
  if (cells.length !== width)
    return { problems: [{ line, reason: `It has ${cells.length} cells, the header has ${width}.` }] };
  const { row, told } = rowOfCells({ cells, ...parts });
  const found: Problem[] = [];
  const read = rosterRow(row, '', found);
  const problems = [
    ...told.map((one) => ({ line, ...one })),
    ...found.map((problem) => explained(problem, line, parts.columns)),
  ];
  return problems.length > 0 || read === undefined ? { problems } : { row: read };
};

const failed = (line: number, reason: string): RosterCsv => ({ rows: [], problems: [{ line, reason }] });

const problemsOfHeader = (
  columns: readonly Column[],
  doubled: readonly Column[],
  { accountHome }: RosterCsvOptions,
): readonly RowProblem[] => {
  const means = (meaning: string) => columns.some((column) => column.meaning === meaning);
  const found = doubled.map(({ header }) => ({
    line: 1,
    column: header,
    reason: 'Another column means the same.',
  }));
  const hasHome = accountHome !== undefined || means('accountHome');
  const isNamed = means('accountName') || means('employeeId');
  if (means('mbox') || means('sha1') || means('openid') || (isNamed && hasHome)) return found;
  const reason = isNamed
    ? 'Account names and employee ids need the home page of their accounts: a column account_home, or --account-home.'
    : 'No column says who somebody is: email, account_home and account_name, employee_id, mbox_sha1sum or openid.';
  return [...found, { line: 1, reason }];
};

const explained = ({ pointer, message }: Problem, line: number, columns: readonly Column[]): RowProblem => {
  const column = columnAt(pointer, columns)?.header;
  return { line, ...(column === undefined ? {} : { column }), reason: message };
};

/** Two rows about one person from one day on: only the first is used. */
const repetition = (
  { identifier, effectiveFrom = '' }: RosterRow,
  line: number,
  met: Map<string, number>,
): readonly RowProblem[] => {
  const key = `${effectiveFrom} ${agentTerm(identifier)}`;
  const before = met.get(key);
  if (before !== undefined)
    return [{ line, reason: `Line ${before} is about the same person from the same day.` }];
  met.set(key, line);
  return [];
};
