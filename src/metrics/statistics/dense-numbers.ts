/** Numbers from 0 on without gaps, in the order in which they are first met. */
export type DenseNumbers = { readonly numbers: Int32Array; readonly count: number };

/** As long as the largest number is not further than this from how many there are, a table is quicker than a map. */
const SPARSE = 8;

const byTable = (given: ArrayLike<number>, largest: number): DenseNumbers => {
  const table = new Int32Array(largest + 1);
  const numbers = new Int32Array(given.length);
  let count = 0;
  for (let i = 0; i < given.length; i += 1) {
    const number = given[i] ?? 0;
    let dense = table[number] ?? 0;
    if (dense === 0) {
      count += 1;
      table[number] = count;
      dense = count;
    }
    numbers[i] = dense - 1;
  }
  return { numbers, count };
};

const byMap = (given: ArrayLike<number>): DenseNumbers => {
  const known = new Map<number, number>();
  const numbers = new Int32Array(given.length);
  for (let i = 0; i < given.length; i += 1) {
    const number = given[i] ?? 0;
    const dense = known.get(number) ?? known.size;
    if (dense === known.size) known.set(number, dense);
    numbers[i] = dense;
  }
  return { numbers, count: known.size };
};

/** Persons or items renumbered without gaps; they are given as whole numbers from 0 on, with any gaps. */
export const denseNumbers = (given: ArrayLike<number>): DenseNumbers => {
  let largest = 0;
  for (let i = 0; i < given.length; i += 1) largest = Math.max(largest, given[i] ?? 0);
  return largest <= SPARSE * given.length + 1024 ? byTable(given, largest) : byMap(given);
};
