import { gammaQuantile } from './chi-square.ts';
import { type Interval, Z95 } from './interval.ts';
import { normalCdf } from './normal.ts';

/** Garwood's exact interval of a Poisson count, at the two-sided level of z. */
export const garwood = (count: number, z = Z95): Interval => {
  const tail = normalCdf(-z);
  return { lo: count === 0 ? 0 : gammaQuantile(tail, count), hi: gammaQuantile(1 - tail, count + 1) };
};

export type PersonTimeRate = Interval & {
  readonly value: number;
  readonly count: number;
  readonly exposure: number;
};

/** Events per unit of exposure (person-months, say), with Garwood's interval; undefined without exposure. */
export const poissonRate = (count: number, exposure: number, z = Z95): PersonTimeRate | undefined => {
  if (!(exposure > 0)) return undefined;
  const { lo, hi } = garwood(count, z);
  return { value: count / exposure, lo: lo / exposure, hi: hi / exposure, count, exposure };
};
