import type { Dimension } from '../grains/grain.ts';
import { roughNumbers, roughWholes, scratchBytes } from '../scratch.ts';
import { columnOver, type NumberOf, numbersAt, type WholeOf } from './row-columns.ts';

/*
 * What `from`, `map` and `filter` of typed arrays do, several times as quickly: those walk by an iterator, or ask for
 * the array's species. What every question does with all rows (ranges, filters, moments) has a loop of its own where it
 * stands: a function that differs from call to call costs as much again.
 */

/** A whole number (below 2³²) of each row. */
export const wholesOf = (rows: Uint32Array, of: WholeOf): Uint32Array => {
  if (of.all !== undefined) return columnOver(rows, of.all());
  const found = roughWholes(rows.length);
  for (let at = 0; at < rows.length; at += 1) found[at] = of(rows[at] as number);
  return found;
};

/** What a dimension says of each row. */
export const codesOf = (rows: Uint32Array, { code, codes }: Dimension): Uint32Array =>
  codes === undefined ? wholesOf(rows, code) : codes(rows);

/** A number of each row. */
export const numbersOf = (rows: Uint32Array, of: NumberOf): Float64Array => {
  if (of.all !== undefined) return numbersAt(rows, of.all());
  const found = roughNumbers(rows.length);
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
  const found = roughWholes(size);
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
  const found = roughWholes(rows.length);
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
  const found = roughWholes(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    if (!is(at)) continue;
    found[n] = rows[at] as number;
    n += 1;
  }
  return found.subarray(0, n);
};
