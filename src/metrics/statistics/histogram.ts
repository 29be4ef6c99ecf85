export type Histogram = {
  /** How many lie from each edge up to, but not at, the next; the last bin includes its upper edge. */
  readonly counts: Float64Array;
  readonly below: number;
  readonly above: number;
};

/** The bin of a value that lies within the edges: the last that does not begin after it. */
const binOf = (edges: ArrayLike<number>, value: number): number => {
  let lo = 0;
  let hi = edges.length - 1;
  while (hi - lo > 1) {
    const middle = (lo + hi) >> 1;
    if ((edges[middle] as number) <= value) lo = middle;
    else hi = middle;
  }
  return lo;
};

/** Counts values between edges, which ascend strictly and are at least two. */
export const histogram = (values: ArrayLike<number>, edges: ArrayLike<number>): Histogram => {
  const counts = new Float64Array(edges.length - 1);
  const [first, last] = [edges[0] as number, edges[edges.length - 1] as number];
  let below = 0;
  let above = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (value < first) below += 1;
    else if (value > last) above += 1;
    else {
      const bin = binOf(edges, value);
      counts[bin] = (counts[bin] as number) + 1;
    }
  }
  return { counts, below, above };
};
