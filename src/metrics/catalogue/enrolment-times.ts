import { type JsonReader, type Members, oneOf, optional } from '../../xapi/json-reader.ts';
import type { Moment, Rows } from '../grains/grain.ts';
import type { Scope } from '../query/scope.ts';
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
} from './enrolment-clock.ts';
import {
  daysOrNull,
  listOfWords,
  TIME_DEFAULTS,
  TIME_IN_WORDS,
  TIME_PARAMS,
  type TimeParams,
} from './survival-params.ts';

/** What figures about the times of enrolments are asked with, whatever it is that happens in them. */
export type EnrolmentTimeParams<Cause extends Competing> = TimeParams & {
  readonly origin?: Origin;
  readonly horizon?: Horizon;
  readonly competing?: readonly Cause[];
};

const horizonReader: JsonReader<Horizon> = (value, at, problems) =>
  value === 'course' ? 'course' : daysOrNull(value, at, problems);

/** @param causes what may compete with what happens */
export const enrolmentTimeParams = <Cause extends Competing>(
  causes: readonly Cause[],
): Members<EnrolmentTimeParams<Cause>> => ({
  ...TIME_PARAMS,
  origin: optional(oneOf(ORIGINS)),
  horizon: optional(horizonReader),
  competing: optional(listOfWords(causes)),
});

export const ENROLMENT_TIME_IN_WORDS = {
  ...TIME_IN_WORDS,
  origin: ORIGIN_IN_WORDS,
  horizon: HORIZON_IN_WORDS,
  competing: COMPETING_IN_WORDS,
};

/** Nothing competes. */
export const ENROLMENT_TIME_DEFAULTS = {
  ...TIME_DEFAULTS,
  origin: 'assigned',
  horizon: null,
  competing: [],
} as const satisfies Required<EnrolmentTimeParams<Competing>>;

type Asked<Cause extends Competing> = {
  readonly scope: Scope;
  readonly grain: Pick<Rows, 'person'>;
  readonly rows: Uint32Array;
  readonly params: Required<EnrolmentTimeParams<Cause>>;
  readonly causes: readonly Cause[];
  readonly event: Moment;
};

/** The times until an event. What may compete and is not chosen to ends the observation. */
export const enrolmentTimes = <Cause extends Competing>({
  scope,
  grain,
  rows,
  params: { origin, horizon, competing, prior, entry },
  causes,
  event,
}: Asked<Cause>): CollectedTimes => {
  const clock = enrolmentClock(scope);
  const censoring = causes.filter((one) => !competing.includes(one));
  return collectTimes(grain, rows, {
    origin: clock.origin(origin),
    event,
    competing: clock.competing(competing),
    until: clock.until(horizon, origin, censoring),
    prior,
    ...(entry === 'delayed' ? { entry: clock.entry } : {}),
  });
};
