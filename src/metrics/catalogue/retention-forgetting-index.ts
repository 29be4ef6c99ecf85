import { excluding, few, interval } from '../cells.ts';
import { PAIR } from '../grains/pair-grain.ts';
import { metric } from '../metric.ts';
import { fewestFor } from '../query/as-told.ts';
import { type ClusteredRate, clusteredRate, pairedDifference } from '../statistics/clustered.ts';
import { differenceOfIndependent } from '../statistics/newcombe.ts';
import type { MeanCell } from '../views.ts';
import { around, bySuccess, isAround, only, type PairRows, pairRows } from './pair-rows.ts';
import { DELAY_DEFAULTS, DELAY_IN_WORDS, DELAY_PARAMS, type DelayParams } from './retention-rate-at.ts';

const HOUR = 1 / 24;

/** M10: the share of what is known at once that is not known any more after some days. */
export const retentionForgettingIndex = metric<DelayParams>({
  id: 'retention.forgetting_index',
  version: 1,
  label: 'Forgetting index',
  description:
    'How much of what is still known within the first hour is not known any more after so many days. Measured against that first test, and not against mastery: who has just succeeded would often fail at once. `beside.atStart` and `beside.atDay` are the two shares; without tests within the first hour there is no index.',
  formula: 'FI(d) = 1 − R(d) / R(0)',
  numerator: 'The share that is known after about so many days.',
  denominator: 'The share that is known within the first hour.',
  interval:
    'linearised variance of both shares, paired by person; where all agree, of the intervals of both shares (Newcombe 1998)',
  kind: 'mean',
  unit: '1',
  minN: 30,
  grain: PAIR,
  params: DELAY_PARAMS,
  paramsInWords: DELAY_IN_WORDS,
  defaults: DELAY_DEFAULTS,
  measure: (of) => {
    const { day, tolerance } = { ...DELAY_DEFAULTS, ...of.params };
    const rows = pairRows(of, bySuccess(of));
    return indexOf(
      only(rows, (delay) => delay <= HOUR),
      around(rows, day, tolerance),
      fewestFor(of.scope.access),
    );
  },
  counted: (of) => {
    const { day, tolerance } = { ...DELAY_DEFAULTS, ...of.params };
    const rows = pairRows(of, bySuccess(of));
    return only(rows, (delay) => delay <= HOUR || isAround(delay, day, tolerance)).row;
  },
});

/** Without a start of at least so many persons there is no index: it would tell that start. */
const indexOf = (start: PairRows, delayed: PairRows, fewest: number): MeanCell => {
  const [first, then] = [
    new Set(start.person).size < fewest ? undefined : clusteredRate(start.kept, start.person),
    clusteredRate(delayed.kept, delayed.person),
  ];
  const n = delayed.kept.length;
  const told = {
    n,
    persons: new Set(delayed.person).size,
    ...few(n),
    ...excluding(delayed.excluded),
    beside: { atStart: first?.value ?? null, atDay: then?.value ?? null },
  };
  if (first === undefined || then === undefined || first.value === 0)
    return { value: null, ci: null, ...told };
  const left = then.value / first.value;
  return { value: 1 - left, ci: intervalOf(start, delayed, first, then), ...told };
};

/**
 * The quotient q = R / R₀ moves as R does by 1 / R₀, and as R₀ does by −q / R₀: so scaled, both are the terms of a
 * difference that is 0, and whose error is that of q.
 */
const intervalOf = (
  start: PairRows,
  delayed: PairRows,
  atStart: ClusteredRate,
  atDay: ClusteredRate,
): MeanCell['ci'] => {
  const first = atStart.value;
  const left = atDay.value / first;
  const difference = pairedDifference(
    { num: delayed.kept.map((kept) => kept / first), person: delayed.person },
    { num: start.kept.map((kept) => (kept * left) / first), person: start.person },
  );
  if (difference?.lo == null || difference.hi === null) return null;
  if (difference.se === 0) return withoutSpread(atStart, atDay);
  const half = (difference.hi - difference.lo) / 2;
  return interval(1 - left - half, 1 - left + half, 'taylor-by-person');
};

/** Of the same two terms, each with the interval of its share. */
const withoutSpread = (atStart: ClusteredRate, atDay: ClusteredRate): MeanCell['ci'] => {
  const scaled = ({ value, lo, hi }: ClusteredRate, by: number) => ({
    value: value * by,
    lo: lo * by,
    hi: hi * by,
  });
  const left = atDay.value / atStart.value;
  const { lo, hi } = differenceOfIndependent(
    scaled(atDay, 1 / atStart.value),
    scaled(atStart, left / atStart.value),
  );
  return interval(1 - left - hi, 1 - left - lo, 'newcombe');
};
