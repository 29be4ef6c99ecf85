import { after, earlierOf, notBefore, untilAt, upTo } from '../grains/earlier-moments.ts';
import { type EnrolmentDates, enrolmentDates, reckoned } from '../grains/enrolment-dates.ts';
import { areOutcomesPlain, enrolmentFacts } from '../grains/enrolment-facts.ts';
import type { Moment } from '../grains/grain.ts';
import { type RosterDates, rosterDates } from '../grains/roster-dates.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import { numberColumn, numbersUpTo } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { DAY } from '../query/zone.ts';
import { EARLIEST } from '../signals/event-time.ts';
import { FACT } from '../state/fact-columns.ts';

/** Where the time of an enrolment starts. */
export const ORIGINS = [
  'course',
  'assigned',
  'started',
  'first',
  'hired',
  'role',
  'role-or-assigned',
] as const;
export type Origin = (typeof ORIGINS)[number];

export const ORIGIN_IN_WORDS =
  'Where the time starts: course (its first day), assigned (or enrolled, or else first heard of), started, first (first heard of), hired, role (the day the person took the role that they held when it was assigned), role-or-assigned (the later of the two).';

export const HORIZON_IN_WORDS =
  'The last day of observation: course (the end of the course), a number of days from the origin, or null for the moment of the question.';

export type Horizon = number | 'course' | null;

/** What can forestall what happens in an enrolment. */
export const COMPETING = ['withdrawn', 'completed', 'left'] as const;
export type Competing = (typeof COMPETING)[number];

export const COMPETING_IN_WORDS =
  'What forestalls it: withdrawn (with a date, and without a result), completed (completed, passed or failed), left (the company). Those that are not named count as censored.';

const later = Math.max;

/** The moments between which the times of enrolments run. */
export const enrolmentClock = (scope: Scope): EnrolmentClock =>
  oncePerScope(scope, 'enrolment clock', () => openClock(scope));

type EnrolmentClock = ReturnType<typeof openClock>;

const openClock = (scope: Scope) => {
  const dates = enrolmentDates(scope);
  const roster = rosterDates(scope.world);
  const { table } = scope.world.enrolments;
  const isPlain = areOutcomesPlain(scope);
  /** Of one question alone, for all its groups. */
  const shared = (name: string, make: () => Moment): Moment =>
    isPlain
      ? oncePerScope(scope, `enrolment clock, ${name}`, () => {
          const moment = make();
          return numberColumn(() => numbersUpTo(table.rows, moment));
        })
      : make();
  const person = (row: number): number => table.person[row] as number;
  /** The result, whatever it is. */
  const result = reckoned(scope, 'result', earlierOf(dates.completed, earlierOf(dates.passed, dates.failed)));
  const { dated, vanished } = withdrawals(scope, dates, result);
  /** When the person left, or will leave. */
  const leaves = reckoned(scope, 'leaving', (row) =>
    roster.knows(person(row)) ? roster.left(person(row), dates.begin(row)) : Number.NaN,
  );
  const left = shared('left', () => upTo(leaves, scope.asOf));
  /** What began before anybody could have told of it lies in no window. */
  const originAt = (name: Origin): Moment => {
    const origin = notBefore(originOf(dates, roster, person)(name), EARLIEST);
    // A course may be described as another one at any time.
    return name === 'course'
      ? shared('origin course', () => origin)
      : reckoned(scope, `origin ${name}`, origin);
  };
  const told = { withdrawn: dated, completed: result };
  return {
    dates,
    person,
    /** A result beats a withdrawal; one without a date is no event. */
    withdrawn: dated,
    origin: originAt,
    competing: (names: readonly Competing[]): Moment =>
      shared(`competing ${JSON.stringify(names)}`, () => competingOf({ ...told, left })(names)),
    /** The last moment at which an enrolment was seen. `censoring`: what ends that, as it is not chosen to compete. */
    until: (horizon: Horizon, origin: Origin, censoring: readonly Competing[]): Moment => {
      const name = `until ${JSON.stringify([horizon, origin, censoring])}`;
      return shared(name, () => {
        /** A withdrawal of unknown date ends it at the latest moment it can have, and so does what censors it. */
        const ended = reckoned(
          scope,
          `ended or ${JSON.stringify(censoring)}`,
          earlierOf(vanished, competingOf({ ...told, left: leaves })(censoring)),
        );
        const seen = untilAt(ended, scope.asOf);
        if (horizon === null) return seen;
        if (horizon === 'course') return earlierOf(dates.courseEnd, seen);
        return earlierOf(after(originAt(origin), horizon * DAY), seen);
      });
    },
    entry: dates.begin,
  };
};

/** Withdrawals of those who have no result: when, and of which the date is not known the latest moment that it can have. */
const withdrawals = (scope: Scope, dates: EnrolmentDates, result: Moment) => {
  const withdrawal = enrolmentFacts(scope).withdrawn;
  const { flags } = scope.world.log.facts;
  const withdrawn: Moment = (row) => {
    if (withdrawal(row) === 0) return Number.NaN;
    return Number.isNaN(result(row)) ? dates.withdrawn(row) : Number.NaN;
  };
  const isDated = (row: number): boolean => ((flags[withdrawal(row) - 1] as number) & FACT.dateUnknown) === 0;
  const dated: Moment = (row) => {
    const time = withdrawn(row);
    return Number.isNaN(time) || isDated(row) ? time : Number.NaN;
  };
  return {
    dated: reckoned(scope, 'dated withdrawal', dated),
    vanished: reckoned(scope, 'undated withdrawal', (row) => (isDated(row) ? Number.NaN : withdrawn(row))),
  };
};

const originOf =
  (dates: EnrolmentDates, roster: RosterDates, person: Moment) =>
  (origin: Origin): Moment => {
    const role: Moment = (row) =>
      roster.spells.from[roster.spellAt(person(row), dates.begin(row))] ?? Number.NaN;
    switch (origin) {
      case 'course':
        return dates.courseStart;
      case 'assigned':
        return dates.begin;
      case 'hired':
        return (row) => roster.hired(person(row), dates.begin(row));
      case 'role':
        return role;
      case 'role-or-assigned':
        return (row) => later(role(row), dates.begin(row));
      default:
        return dates[origin];
    }
  };

const competingOf =
  (causes: Readonly<Record<Competing, Moment>>) =>
  (names: readonly Competing[]): Moment => {
    const chosen = names.map((name) => causes[name]);
    const [one = never, other] = chosen;
    return other === undefined ? one : earlierOf(one, other);
  };

const never: Moment = () => Number.NaN;
