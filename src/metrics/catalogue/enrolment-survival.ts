import { type JsonReader, oneOf, optional } from '../../xapi/json-reader.ts';
import { ENROLMENT } from '../grains/enrolment-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { type CollectedTimes, collectTimes } from './collect-times.ts';
import {
  COMPETING_IN_WORDS,
  type Competing,
  enrolmentClock,
  HORIZON_IN_WORDS,
  type Horizon,
  ORIGIN_IN_WORDS,
  ORIGINS,
  type Origin,
  unchosen,
} from './enrolment-clock.ts';
import { survivalCell } from './survival-cell.ts';
import {
  daysOrNull,
  listOfWords,
  TIME_DEFAULTS,
  TIME_IN_WORDS,
  TIME_PARAMS,
  type TimeParams,
} from './survival-params.ts';

export type SurvivalParams = TimeParams & {
  readonly origin?: Origin;
  readonly horizon?: Horizon;
  readonly competing?: readonly Exclude<Competing, 'withdrawn'>[];
};

export const horizonReader: JsonReader<Horizon> = (value, at, problems) =>
  value === 'course' ? 'course' : daysOrNull(value, at, problems);

const CAUSES = ['completed', 'left'] as const;

const DEFAULTS: Required<SurvivalParams> = {
  ...TIME_DEFAULTS,
  origin: 'assigned',
  horizon: null,
  competing: [],
};

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
  params: {
    ...TIME_PARAMS,
    origin: optional(oneOf(ORIGINS)),
    horizon: optional(horizonReader),
    competing: optional(listOfWords(CAUSES)),
  },
  paramsInWords: {
    ...TIME_IN_WORDS,
    origin: ORIGIN_IN_WORDS,
    horizon: HORIZON_IN_WORDS,
    competing: COMPETING_IN_WORDS,
  },
  defaults: DEFAULTS,
  counted: (of) => timesOf(of).counted,
  measure: (of) => {
    const { competing, days, meanTo } = { ...DEFAULTS, ...of.params };
    return survivalCell(timesOf(of), { days, meanTo, competes: competing.length > 0 });
  },
});

const timesOf = ({ scope, grain, rows, params }: Measuring<SurvivalParams>): CollectedTimes => {
  const { origin, horizon, competing, prior, entry } = { ...DEFAULTS, ...params };
  const clock = enrolmentClock(scope);
  const from = clock.origin(origin);
  return collectTimes(grain, rows, {
    origin: from,
    event: clock.withdrawn,
    competing: clock.competing(competing),
    until: clock.until(horizon, from, unchosen(CAUSES, competing)),
    prior,
    ...(entry === 'delayed' ? { entry: clock.entry } : {}),
  });
};
