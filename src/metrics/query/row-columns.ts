import { roughNumbers, roughWholes } from '../scratch.ts';

/*
 * What is so of rows, reckoned for all of them at once when the first is asked about. Every one of these functions is made
 * in the same place, so that whoever calls several of them still has the call inlined, which is most of what it costs.
 */

/** A number of each row; `all` has those of all rows, where they are had so, for whoever looks at many. */
export type NumberOf = { (row: number): number; readonly all?: () => Float64Array };

/** The same of whole numbers from 0 on. */
export type WholeOf = { (row: number): number; readonly all?: () => Uint32Array };

export type NumberColumn = NumberOf & { readonly all: () => Float64Array };
export type WholeColumn = WholeOf & { readonly all: () => Uint32Array };

/** A number of each row, such as a moment. */
export const numberColumn = (reckon: () => Float64Array): NumberColumn => {
  let made: Float64Array | undefined;
  const of = (row: number): number => {
    made ??= reckon();
    return made[row] as number;
  };
  const all = (): Float64Array => {
    made ??= reckon();
    return made;
  };
  return Object.assign(of, { all });
};

/** A whole number of each row, such as a person or a fact. */
export const wholeColumn = (reckon: () => Uint32Array): WholeColumn => {
  let made: Uint32Array | undefined;
  const of = (row: number): number => {
    made ??= reckon();
    return made[row] as number;
  };
  const all = (): Uint32Array => {
    made ??= reckon();
    return made;
  };
  return Object.assign(of, { all });
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
