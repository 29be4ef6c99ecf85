import { oneOf, optional } from '../../xapi/json-reader.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { type CollectedTimes, collectTimes } from './collect-times.ts';
import {
  CRITERION_IN_WORDS,
  type Criterion,
  criterionFact,
  criterionMoment,
  criterionReader,
} from './criterion.ts';
import {
  COMPETING_IN_WORDS,
  enrolmentClock,
  HORIZON_IN_WORDS,
  type Horizon,
  ORIGIN_IN_WORDS,
  ORIGINS,
  type Origin,
  unchosen,
} from './enrolment-clock.ts';
import { horizonReader } from './enrolment-survival.ts';
import { medianOfThoseWhoHadIt, survivalCell } from './survival-cell.ts';
import {
  listOfWords,
  TIME_DEFAULTS,
  TIME_IN_WORDS,
  TIME_PARAMS,
  type TimeParams,
} from './survival-params.ts';

type CompetencyParams = TimeParams & {
  readonly criterion?: Criterion;
  readonly origin?: Origin;
  readonly horizon?: Horizon;
  readonly competing?: readonly ('withdrawn' | 'left')[];
};

const CAUSES = ['withdrawn', 'left'] as const;

const DEFAULTS: Required<CompetencyParams> = {
  ...TIME_DEFAULTS,
  criterion: { reached: 'passed' },
  origin: 'assigned',
  horizon: null,
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
    ...TIME_PARAMS,
    criterion: optional(criterionReader),
    origin: optional(oneOf(ORIGINS)),
    horizon: optional(horizonReader),
    competing: optional(listOfWords(CAUSES)),
  },
  paramsInWords: {
    ...TIME_IN_WORDS,
    criterion: CRITERION_IN_WORDS,
    origin: ORIGIN_IN_WORDS,
    horizon: HORIZON_IN_WORDS,
    competing: COMPETING_IN_WORDS,
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
  const clock = enrolmentClock(scope);
  const origin = clock.origin(all.origin);
  return collectTimes(grain, rows, {
    origin,
    event: criterionMoment(scope, all.criterion, clock.dates),
    competing: clock.competing(all.competing),
    until: clock.until(all.horizon, origin, unchosen(CAUSES, all.competing)),
    prior: all.prior,
    ...(all.entry === 'delayed' ? { entry: clock.entry } : {}),
  });
};
