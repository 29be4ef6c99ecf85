import { oncePerScope } from '../query/once-per-scope.ts';
import { momentOf, type Scope } from '../query/scope.ts';
import { type EnrolmentFacts, enrolmentFacts } from './enrolment-facts.ts';
import type { Moment } from './grain.ts';

/** What an enrolment has come to, in the order in which one is told before another. */
export const OUTCOMES = [
  'passed',
  'failed',
  'completed',
  'revoked',
  'withdrawn',
  'waived',
  'missed',
  'started',
  'open',
] as const;

const SAID = [
  'first',
  'enrols',
  'assigned',
  'registered',
  'launched',
  'started',
  'failed',
  'waived',
  'attended',
  'missed',
  'below',
  'active',
] as const;
type Said = (typeof SAID)[number];

const either =
  (one: Moment, other: Moment): Moment =>
  (row) => {
    const [a, b] = [one(row), other(row)];
    return Number.isNaN(a) || b < a ? b : a;
  };

/** What came first is not always what counts: the other only where there is none of the one. */
const orElse =
  (one: Moment, other: Moment): Moment =>
  (row) => {
    const time = one(row);
    return Number.isNaN(time) ? other(row) : time;
  };

/** When what happened in an enrolment, as far as it had happened at the query's moment. Milliseconds, NaN for never. */
export const enrolmentDates = (scope: Scope): EnrolmentDates =>
  oncePerScope(scope, 'enrolment dates', () => openDates(scope));

export type EnrolmentDates = ReturnType<typeof openDates>;

const openDates = (scope: Scope) => {
  const { table } = scope.world.enrolments;
  const said = Object.fromEntries(SAID.map((name) => [name, momentOf(scope, table[name])])) as Record<
    Said,
    Moment
  >;
  const named = enrolmentFacts(scope);
  const { time } = scope.world.log.facts;
  const latest =
    (name: keyof EnrolmentFacts): Moment =>
    (row) => {
      const fact = named[name](row);
      return fact === 0 ? Number.NaN : (time[fact - 1] as number);
    };
  const reversed = latest('reversed');
  /** What has been taken back does not stand. */
  const standing =
    (of: Moment): Moment =>
    (row) => {
      const time = of(row);
      return reversed(row) >= time ? Number.NaN : time;
    };
  const assigned = either(said.assigned, said.registered);
  return {
    ...said,
    assigned,
    completed: standing(latest('completed')),
    passed: standing(latest('passed')),
    withdrawn: latest('withdrawn'),
    reversed,
    /** When it was assigned or enrolled in; without that, when it was first heard of. */
    begin: orElse(assigned, said.first),
    ...givenDates(scope, named),
  };
};

/** Dates that statements and descriptions give, which may lie ahead. */
const givenDates = ({ world }: Scope, { due, valid }: EnrolmentFacts) => {
  const { table } = world.enrolments;
  const { facts, details, described } = world.log;
  const given =
    (by: (row: number) => number, name: 'due' | 'validUntil'): Moment =>
    (row) => {
      const named = by(row);
      return named === 0 ? Number.NaN : (details[name][(facts.detail[named - 1] as number) - 1] as number);
    };
  const ofCourse =
    (what: 'due' | 'start' | 'end'): Moment =>
    (row) =>
      described.of(what, table.a[row] as number);
  return {
    /** What is said of the subject wins over what is said of everybody. */
    due: orElse(given(due, 'due'), ofCourse('due')),
    validUntil: given(valid, 'validUntil'),
    courseStart: ofCourse('start'),
    courseEnd: ofCourse('end'),
  };
};

/** What an enrolment has come to, as its place in {@link OUTCOMES}. */
export const outcomeOf = (dates: EnrolmentDates): ((row: number) => number) => {
  const { passed, failed, completed, reversed, withdrawn, waived, missed, started } = dates;
  const told = [passed, failed, completed, reversed, withdrawn, waived, missed, started];
  return (row) => {
    for (let at = 0; at < told.length; at += 1) if (!Number.isNaN(told[at]?.(row))) return at;
    return told.length;
  };
};
