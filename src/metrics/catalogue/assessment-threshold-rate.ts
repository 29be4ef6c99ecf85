import { numberFrom, optional } from '../../xapi/json-reader.ts';
import { ATTEMPT } from '../grains/attempt-grain.ts';
import { unitsOver } from '../judged.ts';
import { metric } from '../metric.ts';
import { scratchBytes } from '../scratch.ts';
import {
  SCORED_DEFAULTS,
  SCORED_IN_WORDS,
  SCORED_PARAMS,
  type ScoredParams,
  scoredValues,
} from './scored-values.ts';

type Params = ScoredParams & { readonly threshold?: number };

const DEFAULTS: Required<Params> = { ...SCORED_DEFAULTS, threshold: 0.8 };

/** M06: the share of scores that are good enough. */
export const assessmentThresholdRate = metric<Params>({
  id: 'assessment.threshold_rate',
  version: 1,
  label: 'Scores at or above a threshold',
  description:
    'Of all scores, how many reach a threshold, which the question sets: it is not what a tool calls passed.',
  formula: '#{score ≥ threshold} / #{scores}',
  numerator: 'Scores of the threshold or more.',
  denominator: 'Scores; what has none is left out.',
  interval: 'Wilson 1927; effective n by design effect where persons have several scores',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: ATTEMPT,
  params: { ...SCORED_PARAMS, threshold: optional(numberFrom(-1, 1)) },
  paramsInWords: { ...SCORED_IN_WORDS, threshold: 'The least score that counts, scaled: 0.4 is 40 %.' },
  defaults: DEFAULTS,
  judge: (of) => {
    const { threshold } = { ...DEFAULTS, ...of.params };
    const { values, person, some, place, excluded } = scoredValues(of);
    const num = scratchBytes(values.length);
    for (let at = 0; at < num.length; at += 1) num[at] = (values[at] as number) >= threshold ? 1 : 0;
    return { num, person, units: () => unitsOver(of.rows, some, (at) => place(at) + 1), excluded };
  },
});
