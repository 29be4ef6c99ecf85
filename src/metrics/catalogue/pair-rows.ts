import { type Members, oneOf, optional } from '../../xapi/json-reader.ts';
import { pairDates, passedPairs } from '../grains/pair-grain.ts';
import type { Measuring } from '../metric.ts';
import { columnOver, numbersAt } from '../query/row-columns.ts';
import { scratchNumbers, scratchWholes } from '../scratch.ts';

/** Which pairs a figure is about. */
export type PairParams = {
  readonly of?: 'item' | 'skill';
  readonly pairs?: 'clean' | 'reinforced' | 'all';
  readonly successes?: 'all' | 'first';
};

export const PAIR_PARAMS: Members<PairParams> = {
  of: optional(oneOf(['item', 'skill'])),
  pairs: optional(oneOf(['clean', 'reinforced', 'all'])),
  successes: optional(oneOf(['all', 'first'])),
};

export const PAIR_DEFAULTS: Required<PairParams> = { of: 'item', pairs: 'clean', successes: 'all' };

export const PAIR_IN_WORDS = {
  of: 'item: what was mastered and tested is an activity; skill: a skill.',
  pairs:
    'clean: nothing was met again between mastering it and the test; reinforced: something was, and the delay is that since then; all.',
  successes:
    'all, or first: only the test after the first success. Later delays are chosen by how well something is known, which bends the curve.',
};

/** Pairs as a figure takes them: `kept` of `of` for each, such as 1 of 1; the delay in days. */
export type PairRows = {
  /** The rows of the grain, in their order. */
  readonly row: Uint32Array;
  readonly delay: Float64Array;
  readonly kept: Float64Array;
  readonly of: Float64Array;
  readonly person: Uint32Array;
  readonly excluded: Readonly<Record<string, number>>;
};

/** Judges a pair: writes what was kept, and of how much, and answers why it is left out, if it is. */
export type PairJudge = (row: number, into: { kept: number; of: number }) => string | undefined;

/** Pairs that are not asked for are none of the rows; those that cannot be judged are counted as excluded. */
export const pairRows = (
  { scope, grain, rows, params }: Measuring<PairParams>,
  judge: PairJudge,
): PairRows => {
  const isMeant = meantBy(scope.world.pairs.table, { ...PAIR_DEFAULTS, ...params });
  const { delay: delayOf } = pairDates(scope);
  const columns = [scratchNumbers(rows.length), scratchNumbers(rows.length)] as const;
  const delay = scratchNumbers(rows.length);
  const [row, person] = [scratchWholes(rows.length), scratchWholes(rows.length)];
  const excluded: Record<string, number> = {};
  const judged = { kept: 0, of: 1 };
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const one = rows[at] as number;
    if (!isMeant(one)) continue;
    judged.of = 1;
    const why = judge(one, judged);
    if (why !== undefined) {
      excluded[why] = (excluded[why] ?? 0) + 1;
      continue;
    }
    row[n] = one;
    delay[n] = delayOf(one);
    columns[0][n] = judged.kept;
    columns[1][n] = judged.of;
    person[n] = grain.person(one);
    n += 1;
  }
  return {
    row: row.subarray(0, n),
    delay: delay.subarray(0, n),
    kept: columns[0].subarray(0, n),
    of: columns[1].subarray(0, n),
    person: person.subarray(0, n),
    excluded,
  };
};

type Table = Measuring<PairParams>['scope']['world']['pairs']['table'];

const meantBy = (table: Table, { of, pairs, successes }: Required<PairParams>) => {
  const isSkill = of === 'skill' ? 1 : 0;
  return (row: number): boolean => {
    if (table.isSkill[row] !== isSkill) return false;
    if (successes === 'first' && table.successes[row] !== 1) return false;
    return pairs === 'all' || (table.exposed[row] === 0) === (pairs === 'clean');
  };
};

/** Whether the test was passed. */
export const bySuccess = ({ scope }: Measuring<PairParams>): PairJudge => {
  const passed = passedPairs(scope);
  return (row, into) => {
    into.kept = passed[row] as number;
    return undefined;
  };
};

/** The score of a fact, by its number plus one; NaN if it has none. */
export const scoreOf =
  ({ scope }: Measuring<PairParams>) =>
  (named: number): number => {
    const { facts, details } = scope.world.log;
    const detail = facts.detail[named - 1] as number;
    return detail === 0 ? Number.NaN : (details.scaled[detail - 1] as number);
  };

/** The score of the test; one below 0 counts as 0. */
export const byScore = (of: Measuring<PairParams>): PairJudge => {
  const { table } = of.scope.world.pairs;
  const score = scoreOf(of);
  return (row, into) => {
    const scaled = score(table.tested[row] as number);
    into.kept = Math.max(0, scaled);
    return Number.isNaN(scaled) ? 'unscored' : undefined;
  };
};

/** Only the pairs whose delay is within a share of so many days. */
export const around = (rows: PairRows, day: number, tolerance: number): PairRows =>
  only(rows, (delay) => isAround(delay, day, tolerance));

export const isAround = (delay: number, day: number, tolerance: number): boolean =>
  delay >= day * (1 - tolerance) && delay <= day * (1 + tolerance);

/** Only the pairs of which something holds: of the delay, or the place among the pairs. */
export const only = (rows: PairRows, isIn: (delay: number, place: number) => boolean): PairRows => {
  const places = scratchWholes(rows.delay.length);
  let n = 0;
  for (let at = 0; at < rows.delay.length; at += 1) {
    if (!isIn(rows.delay[at] as number, at)) continue;
    places[n] = at;
    n += 1;
  }
  const picked = places.subarray(0, n);
  const pick = (values: Float64Array): Float64Array => numbersAt(picked, values);
  return {
    row: columnOver(picked, rows.row),
    delay: pick(rows.delay),
    kept: pick(rows.kept),
    of: pick(rows.of),
    person: columnOver(picked, rows.person),
    excluded: rows.excluded,
  };
};
