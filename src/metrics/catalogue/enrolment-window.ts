import { booleanValue, type Members, numberFrom, oneOf, optional, orNull } from '../../xapi/json-reader.ts';
import { excluding, rateCell, successesOf } from '../cells.ts';
import { type EnrolmentDates, enrolmentDates } from '../grains/enrolment-dates.ts';
import type { Measuring } from '../metric.ts';
import { DAY } from '../query/zone.ts';
import { EARLIEST } from '../signals/event-time.ts';
import type { RateCell } from '../views.ts';

/** What rates of enrolments within a time are asked with. */
export type WindowParams = {
  /** Days from the start; `due` for until it is due; null for until the moment of the question. */
  readonly window?: number | 'due' | null;
  readonly start?: 'assigned' | 'started' | 'course';
  readonly includeWaived?: boolean;
  readonly includeImmature?: boolean;
};

const windowReader: Members<WindowParams>['window']['read'] = (value, at, problems) =>
  value === 'due' ? 'due' : orNull(numberFrom(0, 36_500))(value, at, problems);

export const WINDOW_PARAMS: Members<WindowParams> = {
  window: optional(windowReader),
  start: optional(oneOf(['assigned', 'started', 'course'])),
  includeWaived: optional(booleanValue),
  includeImmature: optional(booleanValue),
};

export const WINDOW_DEFAULTS: Required<WindowParams> = {
  window: null,
  start: 'assigned',
  includeWaived: false,
  includeImmature: false,
};

export const WINDOW_IN_WORDS = {
  window:
    'Days from the start within which it has to happen, "due" for by the due date, or null for by the moment of the question.',
  start:
    'Where the window starts: assigned (or enrolled, or else first heard of), started, or the start of the course.',
  includeWaived: 'Whether those who were excused stay in the denominator.',
  includeImmature: 'Whether those whose window has not passed yet are counted.',
};

/** The share of enrolments in which something happened in time (metrics.md M03): who withdrew stays in the denominator. */
export const rateWithin = (
  { scope, grain, rows, params }: Measuring<WindowParams>,
  happened: (dates: EnrolmentDates) => (row: number) => number,
): RateCell => {
  const { window, start, includeWaived, includeImmature } = { ...WINDOW_DEFAULTS, ...params };
  const dates = enrolmentDates(scope);
  const when = happened(dates);
  const from = { assigned: dates.begin, started: dates.started, course: dates.courseStart }[start];
  const end = (row: number): number => {
    if (window === null) return scope.asOf;
    if (window === 'due') return dates.due(row);
    return from(row) < EARLIEST ? Number.NaN : from(row) + window * DAY;
  };
  const isPatient = includeImmature || window === null;
  const latest = isPatient ? Number.POSITIVE_INFINITY : Math.min(scope.completeThrough, scope.asOf);
  const left = { waived: 0, undated: 0, immature: 0 };
  const found = successesOf(grain, rows, (row) => {
    if (!includeWaived && isBefore(dates.waived(row), when(row))) return leave(left, 'waived');
    const until = end(row);
    if (Number.isNaN(until)) return leave(left, 'undated');
    if (until > latest) return leave(left, 'immature');
    return when(row) <= until;
  });
  return rateCell(found, excluding(left).excluded);
};

const isBefore = (one: number, other: number): boolean => !Number.isNaN(one) && !(other < one);

const leave = <Reason extends string>(left: Record<Reason, number>, reason: Reason): undefined => {
  left[reason] += 1;
};
