import { keyHash } from '../key-hash.ts';
import { type Columns, type ColumnType, columns } from './columns.ts';
import { keyIndex } from './key-index.ts';

const KEY = { person: 'u32', a: 'u32', b: 'u32', older: 'u32' } as const;
type KeyColumns = Columns<typeof KEY>;
type Shape = Readonly<Record<string, ColumnType>>;

/**
 * A state table: rows under a person and two more numbers. All rows of a person can be emptied at once, to be filled
 * again by another fold; a row that nothing fills again stays, and is empty.
 */
export const personRows = <const Of extends Shape>(shape: Of) => {
  const table = columns({ ...KEY, ...shape });
  const fields = Object.keys(shape);
  const newest = columns({ row: 'u32' });
  const key = table as unknown as KeyColumns;
  const index = keyIndex(
    (row, person, a, b) => key.person[row] === person && key.a[row] === a && key.b[row] === b,
    (row) => keyHash(key.person[row] as number, key.a[row] as number, key.b[row] as number),
  );
  const add = (person: number, a: number, b: number): number => {
    const row = table.add();
    while (newest.rows <= person) newest.add();
    key.person[row] = person;
    key.a[row] = a;
    key.b[row] = b;
    key.older[row] = newest.row[person] as number;
    newest.row[person] = row + 1;
    index.add(person, a, b, row);
    return row;
  };
  const forEach = (person: number, visit: (row: number) => void): void => {
    let row = person < newest.rows ? (newest.row[person] as number) : 0;
    for (; row !== 0; row = key.older[row - 1] as number) visit(row - 1);
  };
  const empty = (row: number): void => {
    for (const field of fields)
      (table as unknown as Record<string, Uint32Array>)[field]?.fill(0, row, row + 1);
  };

  return {
    table,
    /** The row of a key, or -1. */
    find: index.find,
    /** The row of a key, made if need be. */
    row: (person: number, a: number, b: number): number => {
      const found = index.find(person, a, b);
      return found === -1 ? add(person, a, b) : found;
    },
    /** The rows of a person, empty ones too. */
    forEach,
    forget: (person: number): void => forEach(person, empty),
  };
};
