import { booleanValue, oneOf, optional } from '../../xapi/json-reader.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { rowsWhere } from '../query/over-rows.ts';
import { enrolmentClock } from './enrolment-clock.ts';
import {
  ENROLMENT_TIME_DEFAULTS,
  ENROLMENT_TIME_IN_WORDS,
  type EnrolmentTimeParams,
  enrolmentTimeParams,
  enrolmentTimes,
} from './enrolment-times.ts';
import { survivalCell } from './survival-cell.ts';

type IncidenceParams = EnrolmentTimeParams<(typeof CAUSES)[number]> & {
  readonly outcome?: 'completed' | 'passed';
  readonly includeWaived?: boolean;
};

const CAUSES = ['withdrawn', 'left'] as const;

const DEFAULTS: Required<IncidenceParams> = {
  ...ENROLMENT_TIME_DEFAULTS,
  prior: 'zero',
  outcome: 'completed',
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
    ...enrolmentTimeParams(CAUSES),
    outcome: optional(oneOf(['completed', 'passed'])),
    includeWaived: optional(booleanValue),
  },
  paramsInWords: {
    ...ENROLMENT_TIME_IN_WORDS,
    outcome: 'What has to be reached: completed or passed.',
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
  const { dates } = enrolmentClock(scope);
  const [reached, waived] = [dates[all.outcome], dates.waived];
  const isIn = (row: number): boolean => !(waived(row) <= reached(row) || isOnly(waived(row), reached(row)));
  const kept = all.includeWaived ? rows : rowsWhere(rows, isIn);
  const times = enrolmentTimes({ scope, grain, rows: kept, params: all, causes: CAUSES, event: reached });
  return { ...times, excluded: { ...times.excluded, waived: rows.length - kept.length } };
};

const isOnly = (one: number, other: number): boolean => !Number.isNaN(one) && Number.isNaN(other);
