export type Moments = {
  readonly n: number;
  readonly mean: number;
  /** Of the sample (n − 1); null of a single value. */
  readonly variance: number | null;
};

/** Mean and variance, in two passes; undefined of no values. */
export const moments = (values: ArrayLike<number>): Moments | undefined => {
  const n = values.length;
  if (n === 0) return undefined;
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += values[i] as number;
  const mean = sum / n;
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < n; i += 1) {
    const deviation = (values[i] as number) - mean;
    squares += deviation * deviation;
    rest += deviation;
  }
  return { n, mean, variance: n === 1 ? null : (squares - (rest * rest) / n) / (n - 1) };
};
