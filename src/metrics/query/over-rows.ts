import { scratchBytes, scratchNumbers, scratchWholes } from '../scratch.ts';

/*
 * What `from`, `map` and `filter` of typed arrays do, several times as quickly: those walk by an iterator, or ask for
 * the array's species.
 */

type NumberOf = (row: number) => number;

/** A whole number (below 2³²) of each row. */
export const wholesOf = (rows: Uint32Array, of: NumberOf): Uint32Array => {
  const found = scratchWholes(rows.length);
  for (let at = 0; at < rows.length; at += 1) found[at] = of(rows[at] as number);
  return found;
};

/** A number of each row. */
export const numbersOf = (rows: Uint32Array, of: NumberOf): Float64Array => {
  const found = scratchNumbers(rows.length);
  for (let at = 0; at < rows.length; at += 1) found[at] = of(rows[at] as number);
  return found;
};

/** 1 for each row of which something holds, 0 for the others. */
export const bitsOf = (rows: Uint32Array, is: (row: number) => boolean): Uint8Array => {
  const found = scratchBytes(rows.length);
  for (let at = 0; at < rows.length; at += 1) found[at] = is(rows[at] as number) ? 1 : 0;
  return found;
};

/** The rows below a size of which something holds. */
export const rowsUpTo = (size: number, is: (row: number) => boolean): Uint32Array => {
  const found = scratchWholes(size);
  let n = 0;
  for (let row = 0; row < size; row += 1) {
    if (!is(row)) continue;
    found[n] = row;
    n += 1;
  }
  return found.subarray(0, n);
};

/** The rows of which something holds. */
export const rowsWhere = (rows: Uint32Array, is: (row: number) => boolean): Uint32Array => {
  const found = scratchWholes(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    if (!is(row)) continue;
    found[n] = row;
    n += 1;
  }
  return found.subarray(0, n);
};

/** The rows at whose places something is so. */
export const rowsAt = (rows: Uint32Array, is: (place: number) => boolean): Uint32Array => {
  const found = scratchWholes(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    if (!is(at)) continue;
    found[n] = rows[at] as number;
    n += 1;
  }
  return found.subarray(0, n);
};

/** What stands in a column at each row. */
export const columnOver = (rows: Uint32Array, column: Uint32Array): Uint32Array => {
  const found = scratchWholes(rows.length);
  for (let at = 0; at < rows.length; at += 1) found[at] = column[rows[at] as number] as number;
  return found;
};
