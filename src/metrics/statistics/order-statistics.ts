import { roughNumbers, scratchBytes, scratchWholes } from '../scratch.ts';

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
const selectOrderStatistic = (values: Float64Array, k: number, from = 0, to = values.length - 1): void => {
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

/** Each is looked for only beyond the one before, which is why the lowest comes first. */
const selectedAt = (values: Float64Array, places: readonly number[]): ReadonlyMap<number, number> => {
  const found = new Map<number, number>();
  let from = 0;
  for (const place of places) {
    selectOrderStatistic(values, place, from);
    found.set(place, values[place] as number);
    from = place + 1;
  }
  return found;
};

/** Of more values than these, those that can be meant are picked first. */
const MANY = 1 << 16;
/** Values are told apart by the upper half of what a number of 32 bits has: sign, exponent, and a little more. */
const BUCKETS = 1 << 16;
const NEGATIVE = 1 << 15;

/** What values are as numbers of 32 bits, to be written over. */
let floats = new Float32Array(0);

const bitsOf = (values: ArrayLike<number>): Uint32Array => {
  if (values.length > floats.length) floats = new Float32Array(values.length);
  floats.set(values);
  return new Uint32Array(floats.buffer, 0, values.length);
};

/** The bucket that a value lies in: of two values the greater one lies in none before that of the other. */
const bucketOf = (bits: number): number => {
  const upper = bits >>> 16;
  return upper < NEGATIVE ? upper | NEGATIVE : BUCKETS - 1 - upper;
};

const sizesOf = (bits: Uint32Array): Uint32Array => {
  const sizes = scratchWholes(BUCKETS);
  for (let at = 0; at < bits.length; at += 1) {
    const bucket = bucketOf(bits[at] as number);
    sizes[bucket] = (sizes[bucket] as number) + 1;
  }
  return sizes;
};

/** In which buckets some places (ascending) are, and which they are among the values of those alone. */
const bucketsWith = (sizes: Uint32Array, places: readonly number[]) => {
  const isMeant = scratchBytes(BUCKETS);
  const among: number[] = [];
  let [before, left] = [0, 0];
  for (let bucket = 0; bucket < BUCKETS && among.length < places.length; bucket += 1) {
    const end = before + (sizes[bucket] as number);
    for (let place = places[among.length]; place !== undefined && place < end; place = places[among.length]) {
      isMeant[bucket] = 1;
      among.push(place - left);
    }
    if (isMeant[bucket] === 0) left += end - before;
    before = end;
  }
  return { isMeant, among, size: before - left };
};

/** The values that lie where some places are, and which places these have among them. */
const picked = (values: ArrayLike<number>, places: readonly number[]) => {
  const bits = bitsOf(values);
  const { isMeant, among, size } = bucketsWith(sizesOf(bits), places);
  const some = roughNumbers(size);
  let n = 0;
  for (let at = 0; at < bits.length; at += 1) {
    if (isMeant[bucketOf(bits[at] as number)] === 0) continue;
    some[n] = values[at] as number;
    n += 1;
  }
  return { some, among };
};

/** To be moved about. */
const copyOf = (values: ArrayLike<number>): Float64Array => {
  const copy = roughNumbers(values.length);
  copy.set(values);
  return copy;
};

/** By place (from 0 on and below how many there are), what stands there once values are sorted; none of them NaN. They are left as they are. */
export const orderStatistics = (
  values: ArrayLike<number>,
  places: readonly number[],
): ReadonlyMap<number, number> => {
  const wanted = [...new Set(places)].sort((a, b) => a - b);
  if (values.length <= MANY) return selectedAt(copyOf(values), wanted);
  const { some, among } = picked(values, wanted);
  const found = selectedAt(some, among);
  return new Map(wanted.map((place, at) => [place, found.get(among[at] as number) as number]));
};
