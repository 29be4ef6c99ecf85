import { oneOf, optional } from '../../xapi/json-reader.ts';
import { excluding } from '../cells.ts';
import { distributionCell } from '../distribution-cell.ts';
import { ATTEMPT } from '../grains/attempt-grain.ts';
import { metric } from '../metric.ts';
import {
  SCORED_DEFAULTS,
  SCORED_IN_WORDS,
  SCORED_PARAMS,
  type ScoredParams,
  scoredValues,
} from './scored-values.ts';

type Unit = 'percent' | 'scaled';
type Params = ScoredParams & { readonly unit?: Unit };

const DEFAULTS: Required<Params> = { ...SCORED_DEFAULTS, unit: 'percent' };

/** Tenths, from 0 on, or from -1 on where there are scores below 0. */
const edgesFor =
  (best: number) =>
  (least: number): readonly number[] => {
    const from = least < 0 ? -10 : 0;
    return Array.from({ length: 11 - from }, (_, at) => ((at + from) * best) / 10);
  };

/** Free of the last bits, so that scores which were whole percents are whole. */
const percent = (scaled: number): number => Math.round(scaled * 1e10) / 1e8;

/** M06: how well people have done. */
export const assessmentScore = metric<Params>({
  id: 'assessment.score',
  version: 1,
  label: 'Assessment score',
  description:
    'The scores of assessments: their mean, their spread and how they lie. One value for each attempt that has a score, or one for each person in an activity (attempts). What was handed in without a score, or with a raw score that no range is known for, is left out and counted.',
  formula: 'Σ score / n; quantiles of type 7 (linear between order statistics)',
  numerator: 'The sum of scores: scaled, or (raw − min) / (max − min).',
  denominator: 'How many scores there are.',
  interval:
    'linearised (Taylor) variance clustered by person, with Student’s t (Woodruff 1971; Särndal et al. 1992)',
  kind: 'distribution',
  unit: '%',
  minN: 30,
  grain: ATTEMPT,
  params: { ...SCORED_PARAMS, unit: optional(oneOf(['percent', 'scaled'])) },
  paramsInWords: { ...SCORED_IN_WORDS, unit: 'percent (of the best score, 100), or scaled (the best is 1).' },
  defaults: DEFAULTS,
  counted: (of) => scoredValues(of).some,
  measure: (of) => {
    const { unit } = { ...DEFAULTS, ...of.params };
    const { values, person, excluded } = scoredValues(of);
    const told = unit === 'percent' ? values.map(percent) : values;
    return distributionCell(
      told,
      person,
      edgesFor(unit === 'percent' ? 100 : 1),
      excluding(excluded).excluded,
    );
  },
});
