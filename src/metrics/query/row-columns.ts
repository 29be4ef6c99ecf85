import { scratchNumbers } from '../scratch.ts';

/*
 * What is so of rows, reckoned for all of them at once when the first is asked about. Every one of these functions is made
 * in the same place, so that whoever calls several of them still has the call inlined, which is most of what it costs.
 */

/** A number of each row, such as a moment. */
export const numberColumn = (reckon: () => Float64Array): ((row: number) => number) => {
  let made: Float64Array | undefined;
  return (row) => {
    made ??= reckon();
    return made[row] as number;
  };
};

/** A whole number of each row, such as a person or a fact. */
export const wholeColumn = (reckon: () => Uint32Array): ((row: number) => number) => {
  let made: Uint32Array | undefined;
  return (row) => {
    made ??= reckon();
    return made[row] as number;
  };
};

/** A number of each row below a size. */
export const numbersUpTo = (size: number, numberOf: (row: number) => number): Float64Array => {
  const found = scratchNumbers(size);
  for (let row = 0; row < size; row += 1) found[row] = numberOf(row);
  return found;
};
