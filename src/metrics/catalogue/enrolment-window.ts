import { booleanValue, type Members, numberFrom, oneOf, optional, orNull } from '../../xapi/json-reader.ts';
import { type EnrolmentDates, enrolmentDates } from '../grains/enrolment-dates.ts';
import { enrolmentDue } from '../grains/enrolment-due.ts';
import { type Judged, judgeRows, type Verdict } from '../judged.ts';
import type { Measuring } from '../metric.ts';
import { DAY } from '../query/zone.ts';
import { EARLIEST } from '../signals/event-time.ts';

/** What rates of enrolments within a time are asked with. */
export type WindowParams = {
  /** Days from the start; `due` for until it is due; null for until the moment of the question. */
  readonly window?: number | 'due' | null;
  readonly start?: 'assigned' | 'started' | 'course';
  readonly includeWaived?: boolean;
  readonly includeImmature?: boolean;
  readonly includeNotApplicable?: boolean;
};

const windowReader: Members<WindowParams>['window']['read'] = (value, at, problems) =>
  value === 'due' ? 'due' : orNull(numberFrom(0, 36_500))(value, at, problems);

export const WINDOW_PARAMS: Members<WindowParams> = {
  window: optional(windowReader),
  start: optional(oneOf(['assigned', 'started', 'course'])),
  includeWaived: optional(booleanValue),
  includeImmature: optional(booleanValue),
  includeNotApplicable: optional(booleanValue),
};

export const WINDOW_DEFAULTS: Required<WindowParams> = {
  window: null,
  start: 'assigned',
  includeWaived: false,
  includeImmature: false,
  includeNotApplicable: false,
};

export const WINDOW_IN_WORDS = {
  window:
    'Days from the start within which it has to happen, "due" for by the due date, or null for by the moment of the question.',
  start:
    'Where the window starts: assigned (or enrolled, or else first heard of), started, or the start of the course.',
  includeWaived: 'Whether those who were excused stay in the denominator.',
  includeImmature: 'Whether those whose window has not passed yet are counted.',
  includeNotApplicable:
    'Whether courses of which, by their structure, nothing has to be done are counted; they are completed from the start.',
};

type Happened = (dates: EnrolmentDates) => (row: number) => number;

/**
 * Judges by the share of enrolments in which something happened in time (metrics.md M03): who withdrew stays in the
 * denominator.
 */
export const within =
  (happened: Happened) =>
  (of: Measuring<WindowParams>): Judged =>
    judgeRows(of, happenedWithin(of, happened));

/** Judges one enrolment by whether something happened in time. */
export const happenedWithin = (
  { scope, params }: Pick<Measuring<WindowParams>, 'scope' | 'params'>,
  happened: Happened,
): ((row: number) => Verdict) => {
  const asked = { ...WINDOW_DEFAULTS, ...params };
  const { window, start, includeWaived, includeImmature, includeNotApplicable } = asked;
  const dates = enrolmentDates(scope);
  const when = happened(dates);
  const from = { assigned: dates.begin, started: dates.started, course: dates.courseStart }[start];
  const due = window === 'due' ? enrolmentDue(scope) : dates.due;
  const end = (row: number): number => {
    if (window === null) return scope.asOf;
    if (window === 'due') return due(row);
    return from(row) < EARLIEST ? Number.NaN : from(row) + window * DAY;
  };
  const isPatient = includeImmature || window === null;
  const { courses, enrolments } = scope.world;
  const course = (row: number): number => enrolments.table.a[row] as number;
  const through = scope.completeThroughOf ?? (() => scope.completeThrough);
  const latest = (row: number): number =>
    isPatient ? Number.POSITIVE_INFINITY : Math.min(through(course(row)), scope.asOf);
  return (row) => {
    if (!includeNotApplicable && courses.isNotApplicable(course(row))) return 'notApplicable';
    if (!includeWaived && isBefore(dates.waived(row), when(row))) return 'waived';
    const until = end(row);
    if (Number.isNaN(until)) return 'undated';
    if (until > latest(row)) return 'immature';
    return when(row) <= until;
  };
};

const isBefore = (one: number, other: number): boolean => !Number.isNaN(one) && !(other < one);
