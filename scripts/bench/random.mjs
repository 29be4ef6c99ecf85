/**
 * A source of numbers in [0, 1) that a seed decides completely.
 * @typedef {() => number} Random
 */

/** Numbers that are thrown away, until the seed is spread over the whole state. */
const SPREAD = 32;

/**
 * Marsaglia's xorshift with 128 bits of state: enough that two seeds never make the same UUID.
 * @param {number} seed
 * @returns {Random}
 */
export const createRandom = (seed) => {
  let [x, y, z, w] = [Math.imul(seed + 1, 0x9e3779b1), seed ^ 0x6c078965, 0x243f6a88, 0x13198a2e];
  const random = () => {
    const mixed = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = w ^ (w >>> 19) ^ mixed ^ (mixed >>> 8);
    return (w >>> 0) / 0x100000000;
  };
  for (let thrown = 0; thrown < SPREAD; thrown += 1) random();
  return random;
};

/**
 * @template T
 * @param {Random} random
 * @param {readonly T[]} choices at least one
 * @returns {T}
 */
export const pick = (random, choices) => /** @type {T} */ (choices[Math.floor(random() * choices.length)]);

/**
 * A sampler of indexes 0 … weights.length − 1, each as often as its weight says.
 * @param {readonly number[]} weights
 * @returns {(random: Random) => number}
 */
export const createSampler = (weights) => {
  let sum = 0;
  const sums = Float64Array.from(weights, (weight) => {
    sum += weight;
    return sum;
  });
  return (random) => {
    const wanted = random() * sum;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {number} */ (sums[middle]) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
};

/**
 * Weights 1 / rank^exponent.
 * @param {number} size
 * @param {number} exponent
 */
export const zipfWeights = (size, exponent) =>
  Array.from({ length: size }, (_, rank) => 1 / (rank + 1) ** exponent);

/** @param {Random} random */
const word = (random) =>
  Math.floor(random() * 0x100000000)
    .toString(16)
    .padStart(8, '0');

/**
 * A version 4 UUID, lower case.
 * @param {Random} random
 */
export const createUuid = (random) => {
  const [a, b, c, d] = [word(random), word(random), word(random), word(random)];
  const variant = '89ab'[Math.floor(random() * 4)];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
};
