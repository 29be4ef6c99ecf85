import { booleanValue, oneOf, optional } from '../../xapi/json-reader.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { rowsWhere } from '../query/over-rows.ts';
import { collectTimes } from './collect-times.ts';
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
import { survivalCell } from './survival-cell.ts';
import {
  listOfWords,
  TIME_DEFAULTS,
  TIME_IN_WORDS,
  TIME_PARAMS,
  type TimeParams,
} from './survival-params.ts';

type IncidenceParams = TimeParams & {
  readonly outcome?: 'completed' | 'passed';
  readonly origin?: Origin;
  readonly horizon?: Horizon;
  readonly competing?: readonly ('withdrawn' | 'left')[];
  readonly includeWaived?: boolean;
};

const CAUSES = ['withdrawn', 'left'] as const;

const DEFAULTS: Required<IncidenceParams> = {
  ...TIME_DEFAULTS,
  prior: 'zero',
  outcome: 'completed',
  origin: 'assigned',
  horizon: null,
  competing: ['withdrawn'],
  includeWaived: false,
};

/** M03, by the estimator that takes enrolments whose window has not passed too. */
export const completionIncidence = metric<IncidenceParams>({
  id: 'completion.incidence',
  version: 1,
  label: 'Completed by day',
  description:
    'The share of enrolments that have been completed (or passed), by days since the origin, where those who withdrew will not complete any more. Enrolments that are still under way count as far as they have come. `at` has the share on the days that were asked for.',
  formula: 'F(t) = Σ S(t_i −) d_i / n_i',
  numerator: 'Enrolments that were completed on the day.',
  denominator: 'Enrolments that were under observation, neither completed nor withdrawn from until the day.',
  interval: 'Aalen 1978 with log-log band; median: Brookmeyer and Crowley 1982',
  kind: 'survival',
  unit: 'days',
  minN: 30,
  grain: ENROLMENT,
  params: {
    ...TIME_PARAMS,
    outcome: optional(oneOf(['completed', 'passed'])),
    origin: optional(oneOf(ORIGINS)),
    horizon: optional(horizonReader),
    competing: optional(listOfWords(CAUSES)),
    includeWaived: optional(booleanValue),
  },
  paramsInWords: {
    ...TIME_IN_WORDS,
    outcome: 'What has to be reached: completed or passed.',
    origin: ORIGIN_IN_WORDS,
    horizon: HORIZON_IN_WORDS,
    competing: COMPETING_IN_WORDS,
    includeWaived: 'Whether those who were excused count as under way; else they are left out.',
  },
  defaults: DEFAULTS,
  counted: (of) => timesOf(of).counted,
  measure: (of) => {
    const { days, meanTo } = { ...DEFAULTS, ...of.params };
    return survivalCell(timesOf(of), { days, meanTo, competes: true });
  },
});

const timesOf = ({ scope, grain, rows, params }: Measuring<IncidenceParams>) => {
  const all = { ...DEFAULTS, ...params };
  const clock = enrolmentClock(scope);
  const origin = clock.origin(all.origin);
  const reached = clock.dates[all.outcome];
  const { waived } = clock.dates;
  const isIn = (row: number): boolean => !(waived(row) <= reached(row) || isOnly(waived(row), reached(row)));
  const kept = all.includeWaived ? rows : rowsWhere(rows, isIn);
  const times = collectTimes(grain, kept, {
    origin,
    event: reached,
    competing: clock.competing(all.competing),
    until: clock.until(all.horizon, origin, unchosen(CAUSES, all.competing)),
    prior: all.prior,
    ...(all.entry === 'delayed' ? { entry: clock.entry } : {}),
  });
  return { ...times, excluded: { ...times.excluded, waived: rows.length - kept.length } };
};

const isOnly = (one: number, other: number): boolean => !Number.isNaN(one) && Number.isNaN(other);
