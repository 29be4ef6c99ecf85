import { isAllPast, numbersByNow } from '../query/kept-columns.ts';
import { momentOf, timesOf } from '../query/moment-of.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import { numberColumn, numbersUpTo, type WholeOf } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { roughNumbers } from '../scratch.ts';
import { type ChangingRows, rowsOfState } from '../state/changing-rows.ts';
import { earlierOf, orElse, unlessSince } from './earlier-moments.ts';
import {
  areOutcomesPlain,
  type EnrolmentFacts,
  enrolmentFacts,
  type Outcome,
  rewrittenOutcomes,
} from './enrolment-facts.ts';
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

/** What others are made of, and what stands by itself. */
const PARTS = ['first', 'enrols', 'assigned', 'registered'] as const;
const SAID = ['launched', 'started', 'failed', 'waived', 'attended', 'missed', 'below', 'active'] as const;
type Said = (typeof SAID | typeof PARTS)[number];

/** A moment of enrolments, reckoned for all of them at once, unless persons would have to be folded again for that. */
export const reckoned = (scope: Scope, name: string, moment: Moment): Moment =>
  areOutcomesPlain(scope)
    ? numberColumn(() => numbersByNow(scope, `enrolment ${name}`, enrolmentRows(scope), moment))
    : moment;

export const enrolmentRows = (scope: Scope): ChangingRows =>
  oncePerScope(scope, 'rows of enrolments', () => rowsOfState(scope.world, scope.world.enrolments));

/** When what happened in an enrolment, as far as it had happened at the query's moment. Milliseconds, NaN for never. */
export const enrolmentDates = (scope: Scope): EnrolmentDates =>
  oncePerScope(scope, 'enrolment dates', () => openDates(scope));

export type EnrolmentDates = ReturnType<typeof openDates>;

const openDates = (scope: Scope) => {
  const { table } = scope.world.enrolments;
  const rows = enrolmentRows(scope);
  const naming = (name: Said) => ({ rows, column: table[name] });
  const said = Object.fromEntries([
    ...SAID.map((name) => [name, momentOf(scope, `enrolment ${name}`, naming(name))]),
    // By other names than those of what is made of them.
    ...PARTS.map((name) => [name, momentOf(scope, `enrolment, by fact, ${name}`, naming(name))]),
  ]) as Record<Said, Moment>;
  const named = enrolmentFacts(scope);
  const latest = (name: Outcome): Moment =>
    !isAllPast(scope) && areOutcomesPlain(scope)
      ? latestBefore(scope, name)
      : momentsOf(scope, table.rows, named[name]);
  const reversed = latest('reversed');
  const assigned = reckoned(scope, 'assigned', earlierOf(said.assigned, said.registered));
  return {
    ...said,
    assigned,
    completed: reckoned(scope, 'completed', unlessSince(latest('completed'), reversed)),
    passed: reckoned(scope, 'passed', unlessSince(latest('passed'), reversed)),
    withdrawn: reckoned(scope, 'withdrawn', latest('withdrawn')),
    reversed: reckoned(scope, 'reversed', reversed),
    /** When it was assigned or enrolled in; without that, when it was first heard of. */
    begin: reckoned(scope, 'begin', orElse(assigned, said.first)),
    ...givenDates(scope, named),
  };
};

const momentsOf = (scope: Scope, size: number, fact: WholeOf): Moment => {
  if (fact.all !== undefined) return timesOf(scope, size, fact);
  const { time } = scope.world.log.facts;
  return (row) => (fact(row) === 0 ? Number.NaN : (time[fact(row) - 1] as number));
};

/** When an outcome was told at the query's moment: as now, but for what came later and what was written over since. */
const latestBefore = (scope: Scope, name: Outcome): Moment => {
  const { table } = scope.world.enrolments;
  const { time } = scope.world.log.facts;
  const naming = { rows: enrolmentRows(scope), column: table[name] };
  const asNow = momentOf(scope, `enrolment, by latest fact, ${name}`, naming);
  return numberColumn(() => {
    const found = roughNumbers(table.rows);
    found.set(asNow.all());
    for (const [row, fact] of rewrittenOutcomes(scope, name))
      found[row] = fact === 0 ? Number.NaN : (time[fact - 1] as number);
    return found;
  });
};

/** Dates that statements and descriptions give, which may lie ahead. */
const givenDates = ({ world }: Scope, { due, valid }: EnrolmentFacts) => {
  const { table } = world.enrolments;
  const { facts, details, described } = world.log;
  const given = (by: WholeOf, name: 'due' | 'validUntil'): Moment => {
    const at = (named: number): number =>
      named === 0 ? Number.NaN : (details[name][(facts.detail[named - 1] as number) - 1] as number);
    const { all } = by;
    if (all === undefined) return (row) => at(by(row));
    return numberColumn(() => {
      const found = roughNumbers(table.rows);
      const named = all();
      for (let row = 0; row < found.length; row += 1) found[row] = at(named[row] as number);
      return found;
    });
  };
  /** What is said of a course holds for all who take it. */
  const ofCourse = (what: 'due' | 'start' | 'end'): Moment =>
    numberColumn(() => {
      const of = numbersUpTo(world.log.activities.size(), (activity) => described.of(what, activity));
      const found = roughNumbers(table.rows);
      for (let row = 0; row < table.rows; row += 1) found[row] = of[table.a[row] as number] as number;
      return found;
    });
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
