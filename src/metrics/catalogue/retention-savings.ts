import { oneOf, optional } from '../../xapi/json-reader.ts';
import { PAIR, pairDates } from '../grains/pair-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import type { Scope } from '../query/scope.ts';
import { effortFacts } from '../state/effort-facts.ts';
import {
  PAIR_DEFAULTS,
  PAIR_IN_WORDS,
  PAIR_PARAMS,
  type PairJudge,
  type PairParams,
  type PairRows,
  pairRows,
} from './pair-rows.ts';
import {
  CURVE_DEFAULTS,
  CURVE_IN_WORDS,
  type CurveParams,
  curveParams,
  retentionCell,
} from './retention-cell.ts';
import { FIT_IN_WORDS, type FitParams } from './retention-fit.ts';

type SavingsParams = PairParams & CurveParams & { readonly effort?: 'trials' | 'time' };

const FIT: FitParams = {
  model: 'power-offset',
  unit: 'days',
  loss: 'ssd',
  bounds: 'none',
  evenIfFew: false,
};

const DEFAULTS: Required<SavingsParams> = {
  ...PAIR_DEFAULTS,
  ...CURVE_DEFAULTS,
  successes: 'first',
  effort: 'trials',
  fit: FIT,
};

/** M10, by the method of Ebbinghaus: how much less it takes to learn something again. */
export const retentionSavings = metric<SavingsParams>({
  id: 'retention.savings',
  version: 1,
  label: 'Savings in learning again',
  description:
    'How much less it took to learn something again than it had taken at first, by the delay. What it took at first are all tests from the first up to and including the success; what it took again are all from the next test up to and including the next success. Each test is one try, unless its statement tells how many there were (urn:cairn:trials); time is the sum of their durations. Who has not succeeded again is left out.',
  formula: 'savings(d) = (Σ L − Σ L_d) / Σ L',
  numerator: 'Tries (or time) that were saved.',
  denominator: 'Tries (or time) that it took at first.',
  interval: 'linearised variance clustered by person; none of a single person',
  kind: 'curve',
  unit: '1',
  minN: 30,
  grain: PAIR,
  params: {
    ...PAIR_PARAMS,
    ...curveParams(['ssd', 'weighted-ssd'], FIT),
    effort: optional(oneOf(['trials', 'time'])),
  },
  paramsInWords: {
    ...PAIR_IN_WORDS,
    ...CURVE_IN_WORDS,
    fit: FIT_IN_WORDS,
    effort: 'trials: how many tries it took; time: how long they took.',
  },
  defaults: DEFAULTS,
  counted: (of) => pairsOf(of).row,
  proof: ({ scope }) => effortFacts(scope.world),
  measure: (of) => {
    const all = { ...DEFAULTS, ...of.params };
    return retentionCell(pairsOf(of), all, { isRate: false, access: of.scope.access });
  },
});

const pairsOf = (of: Measuring<SavingsParams>): PairRows => {
  const all = { ...DEFAULTS, ...of.params };
  return pairRows({ ...of, params: all }, byEffort(of.scope, all.effort));
};

const byEffort = (scope: Scope, effort: 'trials' | 'time'): PairJudge => {
  const { table } = scope.world.pairs;
  const { relearned } = pairDates(scope);
  return (row, into) => {
    if (Number.isNaN(relearned(row))) return 'notRelearned';
    const learnt = (effort === 'trials' ? table.learntTrials : table.learntMillis)[row] as number;
    const again = (effort === 'trials' ? table.againTrials : table.againMillis)[row] as number;
    into.kept = learnt - again;
    into.of = learnt;
    return learnt > 0 && again >= 0 ? undefined : 'untold';
  };
};
