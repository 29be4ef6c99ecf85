/** Each at least 0: what it took, in attempts or seconds, to learn something, and to learn it again. */
type Effort = ArrayLike<number>;

const sum = (values: Effort): number => {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i] as number;
  return total;
};

/** Ebbinghaus' savings (Σ L − Σ L_t) / Σ L: below 0 if learning again was harder; undefined without effort. */
export const savings = (learning: Effort, relearning: Effort): number | undefined => {
  const first = sum(learning);
  return first > 0 ? (first - sum(relearning)) / first : undefined;
};
