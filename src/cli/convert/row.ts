import { type Problem, Rejection, segment } from '../../xapi/rejection.ts';
import type { SourceElement } from '../source-element.ts';

/** One row of a table, and what has been found wrong with it. */
export type Row = {
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
  /** As it stands in the file. */
  readonly text: string;
  /** What stands in a column, without white space around it; the column is there. */
  cell(column: string): string;
  /** Remembers what is wrong with a column; of each column, only the first counts. */
  refuse(column: string, message: string): void;
  readonly problems: readonly Problem[];
};

/** A file of rows. */
export type Table = { readonly file: string; readonly header: string };

/** `placeOf` says where a column stands. */
export const rowOf = (
  cells: readonly string[],
  placeOf: ReadonlyMap<string, number>,
  line: number,
  text: string,
): Row => {
  const problems: Problem[] = [];
  return {
    line,
    text,
    cell: (column) => cells[placeOf.get(column) as number]?.trim() ?? '',
    refuse: (column, message) => {
      const pointer = column === '' ? '' : segment(column);
      if (!problems.some((problem) => problem.pointer === pointer)) problems.push({ pointer, message });
    },
    problems,
  };
};

/** A statement that was made of a row. */
export const convertedElement = (row: Row, { file, header }: Table, statement: object): SourceElement => ({
  bytes: Buffer.from(JSON.stringify(statement)),
  line: row.line,
  row: { file, header, text: row.text },
});

/** A row of which no statement can be made; it has problems. */
export const refusedRow = ({ line, text, problems }: Row, { file, header }: Table): SourceElement => ({
  bytes: Buffer.alloc(0),
  line,
  row: { file, header, text, refusal: new Rejection('statement-invalid', problems) },
});
