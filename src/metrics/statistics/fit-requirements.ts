/** What a retention curve would be fitted to. */
export type FitBasis = {
  readonly pairs: number;
  readonly persons: number;
  /** The delays of the bins that have pairs. */
  readonly binDelays: ArrayLike<number>;
};

const PAIRS = 30;
const BINS = 3;
const RATIO = 10;
const PERSONS = 10;

/** Why no curve is to be fitted, as a sentence; undefined if one is. */
export const refuseFit = ({ pairs, persons, binDelays }: FitBasis): string | undefined => {
  const delays = Array.from(binDelays);
  if (pairs < PAIRS) return `A curve needs ${PAIRS} pairs of mastery and later test; there are ${pairs}.`;
  if (persons < PERSONS) return `A curve needs ${PERSONS} persons; there are ${persons}.`;
  if (delays.length < BINS)
    return `A curve needs tests after ${BINS} different delays; there are ${delays.length}.`;
  const [longest, shortest] = [Math.max(...delays), Math.min(...delays)];
  if (longest < RATIO * shortest)
    return `A curve needs a longest delay of ${RATIO} times the shortest; they are ${inWords(longest)} and ${inWords(shortest)}.`;
  return undefined;
};

/** Means of delays depend on the order of pairs in their last digits, which nobody is told. */
const inWords = (delay: number): string => String(Number(delay.toPrecision(3)));
