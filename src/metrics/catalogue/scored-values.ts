import { booleanValue, oneOf, optional } from '../../xapi/json-reader.ts';
import { type AttemptFacts, attemptFacts, attemptRows } from '../grains/attempt-facts.ts';
import type { Measuring } from '../metric.ts';
import { keptClasses } from '../query/kept-classes.ts';
import { numbersOf, rowsAt, wholesOf } from '../query/over-rows.ts';
import { columnOver, wholeColumn } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { scratchNumbers, scratchWholes } from '../scratch.ts';
import { factOrder } from '../state/fact-order.ts';
import { type DenseNumbers, denseNumbers } from '../statistics/dense-numbers.ts';

export const CHOICES = ['all', 'first', 'best', 'last', 'mean'] as const;
export type Choice = (typeof CHOICES)[number];

export type ScoredParams = { readonly attempts?: Choice; readonly includeCarriedOver?: boolean };

export const SCORED_PARAMS = {
  attempts: optional(oneOf(CHOICES)),
  includeCarriedOver: optional(booleanValue),
};
export const SCORED_DEFAULTS: Required<ScoredParams> = { attempts: 'all', includeCarriedOver: true };
export const SCORED_IN_WORDS = {
  attempts:
    'Which scores of a person in one activity count: all (each attempt that has one), the first, the best, the last, or their mean.',
  includeCarriedOver: 'Whether results count that were carried over from before, such as banked ones.',
};

/** Scores between -1 and 1, with whose they are. */
export type ScoredValues = {
  /** The attempts that they are of, in the order in which they were given, and by these the place of the score. */
  readonly some: Uint32Array;
  readonly place: (at: number) => number;
  readonly values: Float64Array;
  readonly person: Uint32Array;
  readonly excluded: Readonly<Record<string, number>>;
};

/** The scores of some attempts: one for each, or one for each person in an activity. */
export const scoredValues = ({ scope, grain, rows, params }: Measuring<ScoredParams>): ScoredValues => {
  const { attempts, includeCarriedOver } = { ...SCORED_DEFAULTS, ...params };
  const known = attemptFacts(scope);
  const { kept, excluded } = scoredRows(known, rows, includeCarriedOver);
  const chosen = attempts === 'all' || attempts === 'mean' ? kept : chooseRows(scope, known, kept, attempts);
  const values = numbersOf(chosen, known.score);
  const person = wholesOf(chosen, grain.person);
  const told = { some: chosen, excluded };
  if (attempts !== 'mean') return { ...told, values, person, place: (at) => at };
  const keys = keysOf(scope, chosen);
  return { ...told, ...meansOf(keys, values, person), place: (at) => keys.numbers[at] as number };
};

/** Those that have a score, and why others have not. */
const scoredRows = (known: AttemptFacts, rows: Uint32Array, includeCarriedOver: boolean) => {
  const excluded = { unscored: 0, unscaled: 0, carriedOver: 0 };
  const kept = scratchWholes(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    if (known.scored(row) === 0) countUnscored(known, row, excluded);
    else if (!includeCarriedOver && known.isCarriedOver(row)) excluded.carriedOver += 1;
    else {
      kept[n] = row;
      n += 1;
    }
  }
  return { kept: kept.subarray(0, n), excluded };
};

const countUnscored = (
  known: AttemptFacts,
  row: number,
  excluded: { unscored: number; unscaled: number },
): void => {
  if (known.handedIn(row) === 0) return;
  if (known.isUnscaled(row)) excluded.unscaled += 1;
  else excluded.unscored += 1;
};

/** Which attempts are of one person at one activity. */
const keysOf = (scope: Scope, rows: Uint32Array): DenseNumbers => {
  const { person, a } = scope.world.attempts.table;
  const keys = [wholeColumn(() => person), wholeColumn(() => a)] as const;
  return denseNumbers(columnOver(rows, keptClasses(scope, 'attempts by activity', attemptRows(scope), keys)));
};

/** One attempt for each person and activity, whichever comes first among the rows. */
const chooseRows = (
  scope: Scope,
  known: AttemptFacts,
  rows: Uint32Array,
  which: 'first' | 'best' | 'last',
): Uint32Array => {
  const { numbers, count } = keysOf(scope, rows);
  const order = factOrder(scope.world.log.facts);
  const isEarlier = (row: number, than: number): boolean =>
    order(known.scored(row) - 1, known.scored(than) - 1) < 0;
  const isBetter = {
    first: isEarlier,
    last: (row: number, than: number) => isEarlier(than, row),
    best: (row: number, than: number) => known.score(row) > known.score(than),
  }[which];
  /** By person and activity, the place of the attempt, plus one. */
  const chosen = scratchWholes(count);
  for (let at = 0; at < rows.length; at += 1) {
    const key = numbers[at] as number;
    const best = chosen[key] as number;
    if (best === 0 || isBetter(rows[at] as number, rows[best - 1] as number)) chosen[key] = at + 1;
  }
  return rowsAt(rows, (at) => chosen[numbers[at] as number] === at + 1);
};

const meansOf = ({ numbers, count }: DenseNumbers, values: Float64Array, person: Uint32Array) => {
  const means = { values: scratchNumbers(count), person: scratchWholes(count) };
  const counts = scratchWholes(count);
  for (let at = 0; at < values.length; at += 1) {
    const key = numbers[at] as number;
    means.values[key] = (means.values[key] as number) + (values[at] as number);
    means.person[key] = person[at] as number;
    counts[key] = (counts[key] as number) + 1;
  }
  for (let key = 0; key < count; key += 1)
    means.values[key] = (means.values[key] as number) / (counts[key] as number);
  return means;
};
