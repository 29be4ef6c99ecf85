/** Places of a table that are looked at before a map is. */
const PLACES = 1 << 12;

/** So many are remembered; then it begins anew. */
const MOST = 100_000;

/** What is found for whole numbers, each of which is looked for once; those near each other are had without a look-up. */
export const remembered = (find: (number: number) => number): ((number: number) => number) => {
  const found = new Map<number, number>();
  const numbers = new Float64Array(PLACES).fill(Number.NaN);
  const values = new Float64Array(PLACES);
  return (number) => {
    const place = number & (PLACES - 1);
    if (numbers[place] === number) return values[place] as number;
    const value = found.get(number) ?? find(number);
    if (found.size >= MOST) found.clear();
    found.set(number, value);
    numbers[place] = number;
    values[place] = value;
    return value;
  };
};
