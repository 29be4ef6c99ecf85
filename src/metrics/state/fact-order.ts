import { SIGNALS, type Signal } from '../signal.ts';
import type { FactColumns } from './fact-columns.ts';

/** What comes first when several things happened at the same moment. */
const RANKS: readonly Signal[] = [
  'assigned',
  'registered',
  'opportunity',
  'launched',
  'started',
  'experienced',
  'attended',
  'missed',
  'shared',
  'searched',
  'reviewed',
  'mentored',
  'practised',
  'progressed',
  'answered',
  'submitted',
  'applied',
  'failed',
  'passed',
  'completed',
  'satisfied',
  'waived',
  'asserted',
  'certified',
  'terminated',
  'abandoned',
  'withdrawn',
  'expired',
  'revoked',
];

const BITS: readonly number[] = RANKS.map((signal) => SIGNALS[signal]);

/** The rank of the last of several signals; -1 without any. */
const rankOf = (signals: number): number => BITS.findLastIndex((bit) => (signals & bit) !== 0);

/**
 * The one order in which facts are folded: by when they happened, then by what has to come first, then by a hash of
 * their statements' ids. Neither the order of arrival nor `stored` is in it.
 */
export const factOrder =
  (facts: FactColumns) =>
  (a: number, b: number): number =>
    (facts.time[a] as number) - (facts.time[b] as number) || sameTime(facts, a, b);

const sameTime = (facts: FactColumns, a: number, b: number): number =>
  rankOf(facts.signals[a] as number) - rankOf(facts.signals[b] as number) ||
  (facts.hash[a] as number) - (facts.hash[b] as number) ||
  a - b;
