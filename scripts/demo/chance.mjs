import { createUuid, pick } from '../bench/random.mjs';

/**
 * What is drawn, all from one source of numbers.
 * @typedef {ReturnType<typeof createChance>} Chance
 */

/**
 * The normal distribution function to 7.5e-8 (Abramowitz and Stegun 26.2.17): no figure of the demonstration has more
 * than four digits.
 * @param {number} x
 */
const normalShare = (x) => {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return x > 0 ? 1 - tail : tail;
};

/** @param {import('../bench/random.mjs').Random} random */
export const createChance = (random) => {
  const between = (/** @type {number} */ low, /** @type {number} */ high) => low + (high - low) * random();
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return {
    between,
    normal,
    /** A whole number, both ends included. */
    whole: (/** @type {number} */ low, /** @type {number} */ high) => Math.floor(between(low, high + 1)),
    happens: (/** @type {number} */ share) => random() < share,
    /**
     * A number in [0, 1) that leans with a person's trait (standard normal) and is still exactly uniform over persons:
     * a Gaussian copula with one factor. So persons differ, and what is drawn from it keeps its planted distribution.
     * @param {number} trait
     * @param {number} share of the variance that the trait has, the correlation within a person
     */
    leaning: (trait, share) => normalShare(Math.sqrt(share) * trait + Math.sqrt(1 - share) * normal()),
    /** @template T @param {readonly T[]} choices */
    pick: (choices) => pick(random, choices),
    /** @template T @param {readonly T[]} all @returns {T[]} */
    shuffled: (all) => {
      const mixed = [...all];
      for (let at = mixed.length - 1; at > 0; at -= 1) {
        const other = Math.floor(random() * (at + 1));
        [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
      }
      return mixed;
    },
    uuid: () => createUuid(random),
  };
};
