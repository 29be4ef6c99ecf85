import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import type { CollectedTimes } from './collect-times.ts';
import { enrolmentClock } from './enrolment-clock.ts';
import {
  ENROLMENT_TIME_DEFAULTS,
  ENROLMENT_TIME_IN_WORDS,
  type EnrolmentTimeParams,
  enrolmentTimeParams,
  enrolmentTimes,
} from './enrolment-times.ts';
import { survivalCell } from './survival-cell.ts';

type SurvivalParams = EnrolmentTimeParams<(typeof CAUSES)[number]>;

const CAUSES = ['completed', 'left'] as const;

const DEFAULTS: Required<SurvivalParams> = ENROLMENT_TIME_DEFAULTS;

/** How long people stay enrolled. */
export const enrolmentSurvival = metric<SurvivalParams>({
  id: 'enrolment.survival',
  version: 1,
  label: 'Still enrolled',
  description:
    'The share of enrolments that have not been withdrawn from, by days since the origin. A result beats a withdrawal; who has one stays until the last day of observation, as does whose withdrawal has no date.',
  formula: 'S(t) = Π (1 − d_i / n_i)',
  numerator: 'Enrolments that were withdrawn from, on the day.',
  denominator: 'Enrolments that were under observation and not withdrawn from until the day.',
  interval: 'Greenwood with log-log band; median: Brookmeyer and Crowley 1982; incidence: Aalen 1978',
  kind: 'survival',
  unit: 'days',
  minN: 30,
  grain: ENROLMENT,
  params: enrolmentTimeParams(CAUSES),
  paramsInWords: ENROLMENT_TIME_IN_WORDS,
  defaults: DEFAULTS,
  counted: (of) => timesOf(of).counted,
  measure: (of) => {
    const { competing, days, meanTo } = { ...DEFAULTS, ...of.params };
    return survivalCell(timesOf(of), { days, meanTo, competes: competing.length > 0 });
  },
});

const timesOf = ({ scope, grain, rows, params }: Measuring<SurvivalParams>): CollectedTimes => {
  const event = enrolmentClock(scope).withdrawn;
  return enrolmentTimes({ scope, grain, rows, params: { ...DEFAULTS, ...params }, causes: CAUSES, event });
};
