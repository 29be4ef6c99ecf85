/** Below this a part is not sampled before it is split. */
const LARGE = 600;

const swap = (values: Float64Array, i: number, j: number): void => {
  const kept = values[i] as number;
  values[i] = values[j] as number;
  values[j] = kept;
};

/** Splits what lies between by the value at `k`; gives back where the value then stands. */
const partition = (values: Float64Array, left: number, right: number, k: number): number => {
  const pivot = values[k] as number;
  let i = left;
  let j = right;
  swap(values, left, k);
  const isFirst = (values[right] as number) > pivot;
  if (isFirst) swap(values, right, left);
  while (i < j) {
    swap(values, i, j);
    i += 1;
    j -= 1;
    while ((values[i] as number) < pivot) i += 1;
    while ((values[j] as number) > pivot) j -= 1;
  }
  if (values[left] === pivot) swap(values, left, j);
  else {
    j += 1;
    swap(values, j, right);
  }
  return j;
};

/**
 * Moves the k-th smallest (from 0) of the values from `left` to `right` to place k, all smaller ones before it and all
 * greater ones after it (Floyd and Rivest 1975, Algorithm 489): in time proportional to how many there are. No NaN.
 */
export const selectOrderStatistic = (
  values: Float64Array,
  k: number,
  from = 0,
  to = values.length - 1,
): void => {
  let [left, right] = [from, to];
  while (right > left) {
    if (right - left > LARGE) {
      const n = right - left + 1;
      const i = k - left + 1;
      const z = Math.log(n);
      const s = 0.5 * Math.exp((2 * z) / 3);
      const sd = 0.5 * Math.sqrt((z * s * (n - s)) / n) * Math.sign(i - n / 2);
      const lower = Math.max(left, Math.floor(k - (i * s) / n + sd));
      const upper = Math.min(right, Math.floor(k + ((n - i) * s) / n + sd));
      selectOrderStatistic(values, k, lower, upper);
    }
    const at = partition(values, left, right, k);
    if (at <= k) left = at + 1;
    if (k <= at) right = at - 1;
  }
};
