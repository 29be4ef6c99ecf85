import { roughNumbers, roughWholes, toLast } from '../scratch.ts';

/*
 * What is so of rows, reckoned for all of them at once when the first is asked about. Every one of these functions is made
 * in the same place, so that whoever calls several of them still has the call inlined, which is most of what it costs.
 */

/**
 * A number of each row. Where they are had so, `all` has those of all rows, for whoever looks at many, and `among` those of
 * some rows, without having reckoned the others.
 */
export type NumberOf = {
  (row: number): number;
  readonly all?: () => Float64Array;
  readonly among?: (rows: Uint32Array) => Float64Array;
};

/** The same of whole numbers from 0 on. */
export type WholeOf = {
  (row: number): number;
  readonly all?: () => Uint32Array;
  readonly among?: (rows: Uint32Array) => Uint32Array;
};

export type NumberColumn = Required<Pick<NumberOf, 'all' | 'among'>> & NumberOf;
export type WholeColumn = Required<Pick<WholeOf, 'all' | 'among'>> & WholeOf;

/** A number of each row, such as a moment; `among` reckons those of some rows alone. */
export const numberColumn = (
  reckon: () => Float64Array,
  among?: (rows: Uint32Array) => Float64Array,
): NumberColumn => {
  let made: Float64Array | undefined;
  const of = (row: number): number => {
    made ??= toLast(reckon);
    return made[row] as number;
  };
  const all = (): Float64Array => {
    made ??= toLast(reckon);
    return made;
  };
  return Object.assign(of, { all, among: among ?? ((rows) => numbersAt(rows, all())) });
};

/** A whole number of each row, such as a person or a fact. */
export const wholeColumn = (
  reckon: () => Uint32Array,
  among?: (rows: Uint32Array) => Uint32Array,
): WholeColumn => {
  let made: Uint32Array | undefined;
  const of = (row: number): number => {
    made ??= toLast(reckon);
    return made[row] as number;
  };
  const all = (): Uint32Array => {
    made ??= toLast(reckon);
    return made;
  };
  return Object.assign(of, { all, among: among ?? ((rows) => columnOver(rows, all())) });
};

/** What stands in a column at some rows. */
export const numbersAt = (rows: Uint32Array, column: Float64Array): Float64Array => {
  const found = roughNumbers(rows.length);
  for (let at = 0; at < rows.length; at += 1) found[at] = column[rows[at] as number] as number;
  return found;
};

/** The same of whole numbers. */
export const columnOver = (rows: Uint32Array, column: Uint32Array): Uint32Array => {
  const found = roughWholes(rows.length);
  for (let at = 0; at < rows.length; at += 1) found[at] = column[rows[at] as number] as number;
  return found;
};

/** A number of each row below a size: where all are had so, those themselves, which nobody may write to. */
export const numbersUpTo = (size: number, numberOf: NumberOf): Float64Array => {
  if (numberOf.all !== undefined) return numberOf.all();
  const found = roughNumbers(size);
  for (let row = 0; row < size; row += 1) found[row] = numberOf(row);
  return found;
};

/** The same of whole numbers. */
export const wholesUpTo = (size: number, wholeOf: WholeOf): Uint32Array => {
  if (wholeOf.all !== undefined) return wholeOf.all();
  const found = roughWholes(size);
  for (let row = 0; row < size; row += 1) found[row] = wholeOf(row);
  return found;
};

/** A number of each of some rows. */
export const numbersAmong = (rows: Uint32Array, of: NumberOf): Float64Array => {
  if (of.among !== undefined) return of.among(rows);
  const found = roughNumbers(rows.length);
  for (let at = 0; at < rows.length; at += 1) found[at] = of(rows[at] as number);
  return found;
};

/** The same of whole numbers. */
export const wholesAmong = (rows: Uint32Array, of: WholeOf): Uint32Array => {
  if (of.among !== undefined) return of.among(rows);
  const found = roughWholes(rows.length);
  for (let at = 0; at < rows.length; at += 1) found[at] = of(rows[at] as number);
  return found;
};
