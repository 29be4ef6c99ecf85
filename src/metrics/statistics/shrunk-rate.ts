import { betaQuantile } from './beta.ts';
import { type Estimate, Z95 } from './interval.ts';
import { normalCdf } from './normal.ts';
import { wilson } from './wilson.ts';

/** The beta distribution of the rates of groups; all have one and the same rate where `strength` is infinite. */
export type BetaPrior = {
  readonly mean: number;
  /** As many rows as the prior weighs, α + β; at least 1, which is as little as Jeffreys' prior knows. */
  readonly strength: number;
  /** Rows of all groups. */
  readonly rows: number;
};

const sum = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i] as number;
  return total;
};

/**
 * The prior of groups with k successes in n rows each, by the method of moments, weighted by their rows (Kleinman
 * 1973); undefined if there are no rows. If the groups differ no more than chance makes them, or chance cannot be
 * told since none has two rows, the strength is infinite.
 */
export const betaPrior = (k: ArrayLike<number>, n: ArrayLike<number>): BetaPrior | undefined => {
  const rows = sum(n);
  if (rows === 0) return undefined;
  const mean = sum(k) / rows;
  let [between, byChance, byRows] = [0, 0, 0];
  for (let i = 0; i < n.length; i += 1) {
    const own = n[i] as number;
    if (own === 0) continue;
    const weight = 1 - own / rows;
    between += own * ((k[i] as number) / own - mean) ** 2;
    byChance += weight;
    byRows += own * weight;
  }
  const chance = mean * (1 - mean);
  const excess = between - chance * byChance;
  const most = chance * (byRows - byChance);
  const strength = excess > 0 && most > 0 ? Math.max(1, most / excess - 1) : Number.POSITIVE_INFINITY;
  return { mean, strength, rows };
};

/** The rate of a group, drawn towards that of all groups the more the fewer rows it has, and how sure that is. */
export const shrunkRate = ({ mean, strength, rows }: BetaPrior, k: number, n: number, z = Z95): Estimate => {
  if (strength === Number.POSITIVE_INFINITY)
    return { value: mean, ...(wilson(mean * rows, rows, z) ?? { lo: 0, hi: 1 }) };
  const [a, b] = [k + mean * strength, n - k + (1 - mean) * strength];
  const tail = normalCdf(-z);
  return { value: a / (a + b), lo: betaQuantile(tail, a, b), hi: betaQuantile(1 - tail, a, b) };
};
