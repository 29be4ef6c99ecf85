import { optional } from '../../xapi/json-reader.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import type { CollectedTimes } from './collect-times.ts';
import {
  CRITERION_IN_WORDS,
  type Criterion,
  criterionFact,
  criterionMoment,
  criterionReader,
} from './criterion.ts';
import { enrolmentClock } from './enrolment-clock.ts';
import {
  ENROLMENT_TIME_DEFAULTS,
  ENROLMENT_TIME_IN_WORDS,
  type EnrolmentTimeParams,
  enrolmentTimeParams,
  enrolmentTimes,
} from './enrolment-times.ts';
import { medianOfThoseWhoHadIt, survivalCell } from './survival-cell.ts';

type CompetencyParams = EnrolmentTimeParams<(typeof CAUSES)[number]> & {
  readonly criterion?: Criterion;
};

const CAUSES = ['withdrawn', 'left'] as const;

const DEFAULTS: Required<CompetencyParams> = {
  ...ENROLMENT_TIME_DEFAULTS,
  criterion: { reached: 'passed' },
  competing: ['withdrawn', 'left'],
};

/** M08, for those who are enrolled in something. */
export const competencyTime = metric<CompetencyParams>({
  id: 'competency.time',
  version: 1,
  label: 'Time to competency',
  description:
    'How many days it takes those who are enrolled to meet a criterion. Who has not met it yet counts as far as they have come, and who withdrew or left will not meet it any more. Who had met it before is counted apart (`excluded.prior`, or `beside.atZero` if they count on day 0). The median is that of the incidence: the day by which half of all have met it. `beside.medianOfThoseWhoMetIt` is what is often told instead, and always too short.',
  formula: 'F(t) = Σ S(t_i −) d_i / n_i; S(t) = Π (1 − d_i / n_i)',
  numerator: 'Enrolments whose person met the criterion on the day.',
  denominator: 'Enrolments that were under observation and had not met it until the day.',
  interval: 'Greenwood and Aalen 1978 with log-log bands; median: Brookmeyer and Crowley 1982',
  kind: 'survival',
  unit: 'days',
  minN: 30,
  grain: ENROLMENT,
  params: {
    ...enrolmentTimeParams(CAUSES),
    criterion: optional(criterionReader),
  },
  paramsInWords: {
    ...ENROLMENT_TIME_IN_WORDS,
    criterion: CRITERION_IN_WORDS,
  },
  defaults: DEFAULTS,
  counted: (of) => timesOf(of).counted,
  proof: ({ scope, params }) => {
    const met = criterionFact(scope, { ...DEFAULTS, ...params }.criterion);
    return (row) => (met(row) === 0 ? [] : [met(row) - 1]);
  },
  measure: (of) => {
    const { days, meanTo, competing } = { ...DEFAULTS, ...of.params };
    const times = timesOf(of);
    return survivalCell(times, {
      days,
      meanTo,
      competes: competing.length > 0,
      beside: { medianOfThoseWhoMetIt: medianOfThoseWhoHadIt(times) },
    });
  },
});

const timesOf = ({ scope, grain, rows, params }: Measuring<CompetencyParams>): CollectedTimes => {
  const all = { ...DEFAULTS, ...params };
  const event = criterionMoment(scope, all.criterion, enrolmentClock(scope).dates);
  return enrolmentTimes({ scope, grain, rows, params: all, causes: CAUSES, event });
};
