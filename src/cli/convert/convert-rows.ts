import type { SourceElement } from '../source-element.ts';
import { type CsvSource, readCsv } from './read-csv.ts';
import { convertedElement, type Row, refusedRow, type Table } from './row.ts';

/** Makes statements of a row, none if it says nothing of a kind; what is wrong with the row, it refuses. */
export type MakeStatements = (row: Row, table: Table) => readonly object[];

/** The statements of a CSV file; a row with problems is refused whole, with all of them. */
export async function* convertRows(source: CsvSource, make: MakeStatements): AsyncGenerator<SourceElement> {
  for await (const { row, table } of readCsv(source)) {
    const statements = row.problems.length === 0 ? make(row, table) : [];
    if (row.problems.length > 0) yield refusedRow(row, table);
    else for (const statement of statements) yield convertedElement(row, table, statement);
  }
}
