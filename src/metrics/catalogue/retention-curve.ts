import { oneOf, optional } from '../../xapi/json-reader.ts';
import { PAIR } from '../grains/pair-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import {
  byScore,
  bySuccess,
  PAIR_DEFAULTS,
  PAIR_IN_WORDS,
  PAIR_PARAMS,
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
import { FIT_IN_WORDS, type FitParams, LOSSES } from './retention-fit.ts';

type RetentionParams = PairParams & CurveParams & { readonly measure?: 'success' | 'score' };

const FIT: FitParams = {
  model: 'power-offset',
  unit: 'days',
  loss: 'likelihood',
  bounds: 'unit',
  evenIfFew: false,
};

const DEFAULTS: Required<RetentionParams> = {
  ...PAIR_DEFAULTS,
  ...CURVE_DEFAULTS,
  measure: 'success',
  fit: FIT,
};

/** M10: how much of what was mastered is still known, by how long ago that was. */
export const retentionCurve = metric<RetentionParams>({
  id: 'retention.curve',
  version: 1,
  label: 'Knowledge retention',
  description:
    'Of what people had mastered, how much they still knew when they were next tested, by the delay. The value is the share after about so many days (`at`); `beside.atStart` is that within the first hour. Only those who were tested again are seen, and delays are not given out by chance: compare first tests with first tests.',
  formula: 'R(d) = Σ y / #{pairs of delay d}',
  numerator: 'Tests that were passed (or their scores).',
  denominator: 'Tests of what had been mastered before.',
  interval:
    'Wilson with effective n by person (scores: linearised variance); curve: sandwich covariance by person, delta method',
  kind: 'curve',
  unit: '1',
  minN: 30,
  grain: PAIR,
  params: {
    ...PAIR_PARAMS,
    ...curveParams(LOSSES, FIT),
    measure: optional(oneOf(['success', 'score'])),
  },
  paramsInWords: {
    ...PAIR_IN_WORDS,
    ...CURVE_IN_WORDS,
    fit: FIT_IN_WORDS,
    measure: 'success: whether the test was passed; score: its score, 0 to 1.',
  },
  defaults: DEFAULTS,
  counted: (of) => pairsOf(of).row,
  measure: (of) => {
    const all = { ...DEFAULTS, ...of.params };
    return retentionCell(pairsOf(of), all, {
      isRate: all.measure === 'success',
      access: of.scope.access,
    });
  },
});

const pairsOf = (of: Measuring<RetentionParams>): PairRows => {
  const isRate = { ...DEFAULTS, ...of.params }.measure === 'success';
  return pairRows(of, isRate ? bySuccess(of) : byScore(of));
};
