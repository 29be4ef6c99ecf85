import { listOf, needed, objectOf, readAll, valueWhere } from '../xapi/json-reader.ts';
import type { Problem } from '../xapi/rejection.ts';
import type { RosterCsv, RowProblem } from './read-roster-csv.ts';
import { rosterRow } from './read-roster-row.ts';
import type { RosterRow } from './record.ts';

const body = objectOf<{ readonly rows: readonly unknown[] }>({
  rows: needed(
    listOf(
      valueWhere<unknown>(() => true, 'a row'),
      1,
    ),
  ),
});

/**
 * Reads `{"rows":[…]}` as the rows of a file are read: every bad one is explained, the good ones are usable. The first
 * row is line 1; the column is a JSON Pointer within the row.
 *
 * @throws Rejection `body-invalid` for what has no rows at all.
 */
export const readRosterRows = (value: unknown): RosterCsv => {
  const rows: RosterRow[] = [];
  const problems: RowProblem[] = [];
  for (const [at, one] of readAll(value, body).rows.entries()) {
    const found: Problem[] = [];
    const row = rosterRow(one, '', found);
    if (row !== undefined && found.length === 0) rows.push(row);
    problems.push(...found.map(({ pointer, message }) => toldOf(at + 1, pointer, message)));
  }
  return { rows, problems };
};

const toldOf = (line: number, pointer: string, reason: string): RowProblem =>
  pointer === '' ? { line, reason } : { line, column: pointer, reason };
