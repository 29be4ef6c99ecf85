/** Each bucket is so much wider than the one before: quantiles are right within 2 %. */
const GROWTH = Math.log(1.02);

/** How late what a source tells comes, in seconds: counts by buckets that grow with the delay (DDSketch, Masson 2019). */
export const lateness = () => {
  const counts: number[] = [];
  let n = 0;
  return {
    n: (): number => n,
    add: (seconds: number): void => {
      const bucket = seconds <= 1 ? 0 : Math.ceil(Math.log(seconds) / GROWTH);
      while (counts.length <= bucket) counts.push(0);
      counts[bucket] = (counts[bucket] as number) + 1;
      n += 1;
    },
    /** What a share of all does not exceed; null without any. */
    quantile: (share: number): number | null => {
      if (n === 0) return null;
      let left = Math.ceil(share * n);
      const bucket = counts.findIndex((count) => {
        left -= count;
        return left <= 0;
      });
      return Math.exp(bucket * GROWTH);
    },
  };
};
