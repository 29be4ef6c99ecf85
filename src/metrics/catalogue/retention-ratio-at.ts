import { excluding, few, interval } from '../cells.ts';
import { PAIR } from '../grains/pair-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { ratioOfSums } from '../statistics/clustered.ts';
import { around, type PairJudge, type PairRows, pairRows, scoreOf } from './pair-rows.ts';
import { DELAY_DEFAULTS, DELAY_IN_WORDS, DELAY_PARAMS, type DelayParams } from './retention-rate-at.ts';

/** M10: how much of the score is left. */
export const retentionRatioAt = metric<DelayParams>({
  id: 'retention.ratio_at',
  version: 1,
  label: 'Score kept after days',
  description:
    'The scores of tests about so many days after mastery, as a share of the scores with which the same people mastered the same things. A ratio of sums: a mean of single ratios would be higher.',
  formula: 'Σ delayed score / Σ score at mastery',
  numerator: 'Scores of the delayed tests.',
  denominator: 'Scores of the tests that mastered it, of the same pairs.',
  interval: 'linearised variance clustered by person',
  kind: 'mean',
  unit: '1',
  minN: 30,
  grain: PAIR,
  params: DELAY_PARAMS,
  paramsInWords: DELAY_IN_WORDS,
  defaults: DELAY_DEFAULTS,
  counted: (of) => scored(of).row,
  measure: (of) => {
    const { kept, of: first, person, excluded } = scored(of);
    const beside = excluding(excluded);
    const ratio = ratioOfSums({ num: kept, den: first, person });
    if (ratio === undefined) return { value: null, n: 0, ci: null, persons: 0, ...beside };
    const { value, lo, hi, clusters } = ratio;
    const ci = lo === null || hi === null ? null : interval(lo, hi, 'taylor-by-person');
    return { value, n: kept.length, ci, persons: clusters, ...few(kept.length), ...beside };
  },
});

const scored = (of: Measuring<DelayParams>): PairRows => {
  const { day, tolerance } = { ...DELAY_DEFAULTS, ...of.params };
  return around(pairRows(of, byBoth(of)), day, tolerance);
};

/** Both scores, of pairs that have both; below 0 they count as 0. */
const byBoth = (of: Measuring<DelayParams>): PairJudge => {
  const { table } = of.scope.world.pairs;
  const score = scoreOf(of);
  return (row, into) => {
    const [first, delayed] = [score(table.mastered[row] as number), score(table.tested[row] as number)];
    into.kept = Math.max(0, delayed);
    into.of = Math.max(0, first);
    return Number.isNaN(first) || Number.isNaN(delayed) ? 'unscored' : undefined;
  };
};
