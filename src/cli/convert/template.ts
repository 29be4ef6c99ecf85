import { type Maker, type Missing, type Place, useColumn, wrong } from './maker.ts';

const COLUMN = /\{([^{}]+)\}/g;

export type Template = {
  /** The columns that it holds, in order. */
  readonly columns: readonly string[];
  readonly make: Maker<string>;
};

/**
 * A text with `{columns}` in it; it is missing where one of them is empty. What comes of a column goes through `encode`,
 * unless the column is all there is.
 */
export const readTemplate = (
  text: string,
  at: Place,
  encode: (cell: string) => string = (cell) => cell,
): Template => {
  const columns = [...text.matchAll(COLUMN)].map(([, column]) => column as string);
  const literals = text.replace(COLUMN, '\u0000').split('\u0000');
  if (literals.some((literal) => /[{}]/.test(literal))) {
    return { columns, make: wrong(at, 'A brace stands alone; columns are written {column}.') };
  }
  for (const column of columns) useColumn(at, column);
  const missing = new Map<string, Missing>(columns.map((column) => [column, { missing: column }]));
  const isWhole = columns.length === 1 && literals.every((literal) => literal === '');
  const make: Maker<string> = (row) => {
    let made = literals[0] as string;
    for (const [place, column] of columns.entries()) {
      const cell = row.cell(column);
      if (cell === '') return missing.get(column) as Missing;
      made += (isWhole ? cell : encode(cell)) + literals[place + 1];
    }
    return made;
  };
  return { columns, make };
};
