import { type Members, numberFrom, optional } from '../../xapi/json-reader.ts';
import { PAIR } from '../grains/pair-grain.ts';
import { unitsOver } from '../judged.ts';
import { metric } from '../metric.ts';
import {
  around,
  bySuccess,
  PAIR_DEFAULTS,
  PAIR_IN_WORDS,
  PAIR_PARAMS,
  type PairParams,
  pairRows,
} from './pair-rows.ts';

/** Which delay a single figure is about. */
export type DelayParams = PairParams & { readonly day?: number; readonly tolerance?: number };

export const DELAY_PARAMS: Members<DelayParams> = {
  ...PAIR_PARAMS,
  day: optional(numberFrom(0, 36_500)),
  tolerance: optional(numberFrom(0, 1)),
};

export const DELAY_DEFAULTS: Required<DelayParams> = { ...PAIR_DEFAULTS, day: 7, tolerance: 0.3 };

export const DELAY_IN_WORDS = {
  ...PAIR_IN_WORDS,
  day: 'The delay in days.',
  tolerance: 'How far from it, as a share of it, delays still count.',
};

/** M10: what is still known after so many days. */
export const retentionRateAt = metric<DelayParams>({
  id: 'retention.rate_at',
  version: 1,
  label: 'Retention after days',
  description:
    'Of the tests of what had been mastered about so many days before, how many were passed. Tests after other delays are no part of it.',
  formula: 'R(d) = #{passed, delay ≈ d} / #{delay ≈ d}',
  numerator: 'Tests about that long after mastery that were passed.',
  denominator: 'Tests about that long after mastery.',
  interval: 'Wilson 1927; effective n by design effect where persons have several pairs',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: PAIR,
  params: DELAY_PARAMS,
  paramsInWords: DELAY_IN_WORDS,
  defaults: DELAY_DEFAULTS,
  judge: (of) => {
    const { day, tolerance } = { ...DELAY_DEFAULTS, ...of.params };
    const { row, kept, person, excluded } = around(pairRows(of, bySuccess(of)), day, tolerance);
    return { num: kept, person, units: () => unitsOver(of.rows, row, (at) => at + 1), excluded };
  },
});
