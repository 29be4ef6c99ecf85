/** Buckets of a hundredth each, from 10 µs on. */
const RATIO = Math.log(1.01);
const LEAST = 0.01;
const BUCKETS = 1600;

/** Counts milliseconds in little room; a quantile is exact to a hundredth. */
export const createHistogram = () => {
  const counts = new Uint32Array(BUCKETS);
  let n = 0;
  let max = 0;
  const add = (ms) => {
    const bucket = ms <= LEAST ? 0 : Math.ceil(Math.log(ms / LEAST) / RATIO);
    counts[Math.min(BUCKETS - 1, bucket)] += 1;
    n += 1;
    if (ms > max) max = ms;
  };
  const quantile = (part) => {
    let left = Math.ceil(n * part);
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      left -= counts[bucket];
      if (left <= 0) return Math.min(max, LEAST * Math.exp(bucket * RATIO));
    }
    return max;
  };
  const figures = () => (n === 0 ? { n } : { n, p50: quantile(0.5), p99: quantile(0.99), max });
  return { add, figures };
};
