import { type Estimate, type Interval, Z95 } from './interval.ts';
import { wilson } from './wilson.ts';

export type Difference = Interval & { readonly difference: number };

/**
 * The difference a − b of two independent figures that have intervals of their own, by squaring and adding the
 * distances (Newcombe 1998, method 10; Zou and Donner 2008). Wilson's intervals, of effective sizes too, go in.
 */
export const differenceOfIndependent = (a: Estimate, b: Estimate): Difference => {
  const difference = a.value - b.value;
  return {
    difference,
    lo: difference - Math.hypot(a.value - a.lo, b.hi - b.value),
    hi: difference + Math.hypot(a.hi - a.value, b.value - b.lo),
  };
};

/** The difference of two independent rates, k1/n1 − k2/n2, by Newcombe's hybrid score; undefined if an n is 0. */
export const newcombe = (k1: number, n1: number, k2: number, n2: number, z = Z95): Difference | undefined => {
  const [first, second] = [wilson(k1, n1, z), wilson(k2, n2, z)];
  if (first === undefined || second === undefined) return undefined;
  return differenceOfIndependent({ value: k1 / n1, ...first }, { value: k2 / n2, ...second });
};
