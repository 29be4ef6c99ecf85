import { isAllPast, keptWholes, rowsByNow } from '../query/kept-columns.ts';
import { type WholeOf, wholeColumn } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { DAY } from '../query/zone.ts';
import { FACT } from '../state/fact-columns.ts';
import {
  ACTIVITY,
  activityDimension,
  activityDimensions,
  choiceDimension,
  flagDimension,
  numberDimension,
  textDimension,
} from './dimensions.ts';
import { enrolmentDates, enrolmentRows, OUTCOMES, outcomeOf } from './enrolment-dates.ts';
import { enrolmentFacts, LATEST } from './enrolment-facts.ts';
import type { Grain, Moment } from './grain.ts';
import { partFacts } from './part-facts.ts';
import { PERSON, personDimensions } from './person-dimensions.ts';

/** The columns that name facts which stay, in the order in which evidence tells them; then come the latest. */
const FIRST = [
  'assigned',
  'registered',
  'launched',
  'started',
  'attended',
  'missed',
  'failed',
  'waived',
  'below',
  'active',
  'first',
  'enrols',
] as const;

/** One person in one course, in one cycle of it (metrics.md §0.5). */
export const ENROLMENT: Grain = {
  name: 'enrolment',
  description:
    'One person in one course (or an activity that belongs to none), in one registration or assignment cycle.',
  moments: {
    begin: 'Assigned or enrolled; without that, first heard of.',
    assigned: 'Assigned or enrolled.',
    started: 'First work on the course or any part of it.',
    completed: 'Completed.',
    passed: 'Passed.',
    withdrawn: 'Withdrawn.',
    due: 'Due.',
  },
  dimensions: {
    ...PERSON,
    course: 'The course.',
    ...ACTIVITY,
    outcome: `What it has come to: ${OUTCOMES.join(', ')}. A result is told before a withdrawal.`,
    grade: 'The response of the statement that gave the result, such as Distinction.',
    enrolled: 'Whether a statement says that it was assigned or enrolled in.',
    platform: 'The platform that told of its beginning.',
    'assigned.day': 'Days from the start of the course to the assignment or enrolment.',
    'withdrawn.day': 'Days from the start of the course to the withdrawal, where its date is known.',
    'below.mastery':
      'Whether a unit was passed with a score below the mastery score that the course asks for.',
    'withdrawn.dated': 'Whether the date of the withdrawal is known; nothing without a withdrawal.',
  },
  open: (scope) => {
    const { world } = scope;
    const { table } = world.enrolments;
    const { facts, words } = world.log;
    const dates = enrolmentDates(scope);
    const outcome = outcomeOf(dates);
    const course = wholeColumn(() => table.a);
    const person = wholeColumn(() => table.person);
    const latest = enrolmentFacts(scope);
    const { withdrawn: withdrawal, graded } = latest;
    const isDated = (row: number): boolean =>
      withdrawal(row) !== 0 && ((facts.flags[withdrawal(row) - 1] as number) & FACT.dateUnknown) === 0;
    const sinceStart =
      (of: Moment): Moment =>
      (row) =>
        Math.floor((of(row) - dates.courseStart(row)) / DAY);
    const withdrawnDay = sinceStart(dates.withdrawn);
    const grade = gradeIn(scope, graded);
    const has = (row: number): boolean => !Number.isNaN(dates.enrols(row));
    return {
      size: table.rows,
      has,
      there: () => rowsByNow(scope, 'enrolments', enrolmentRows(scope), has),
      person,
      begin: dates.begin,
      moments: dates,
      dimensions: {
        ...personDimensions(scope, person, dates.begin),
        course: () => activityDimension(scope, course),
        ...activityDimensions(scope, course, course),
        outcome: () => choiceDimension(OUTCOMES, (row) => outcome(row) + 1),
        grade: () => textDimension(words, grade),
        platform: () => textDimension(words, platformIn(scope, dates.begin)),
        enrolled: () => flagDimension((row) => !Number.isNaN(dates.assigned(row))),
        'assigned.day': () => numberDimension(sinceStart(dates.assigned)),
        'below.mastery': () => flagDimension((row) => !Number.isNaN(dates.below(row))),
        'withdrawn.day': () => numberDimension((row) => (isDated(row) ? withdrawnDay(row) : Number.NaN)),
        'withdrawn.dated': () =>
          choiceDimension(['yes', 'no'], (row) => (withdrawal(row) === 0 ? 0 : isDated(row) ? 1 : 2)),
      },
      facts: (row) => {
        const first = FIRST.map((name) => table[name][row] as number);
        return [...new Set([...first, ...LATEST.map((name) => latest[name](row)), ...partFacts(world, row)])]
          .filter((fact) => fact !== 0)
          .map((fact) => fact - 1);
      },
    };
  },
};

/** That of the fact with which an enrolment begins. */
const platformIn = (scope: Scope, begin: Moment): WholeOf => {
  const { table } = scope.world.enrolments;
  const { time, platform } = scope.world.log.facts;
  const beginnings = [table.assigned, table.registered, table.first];
  const of = (row: number): number => {
    const began = begin(row);
    for (const column of beginnings) {
      const fact = (column[row] as number) - 1;
      if (time[fact] === began) return platform[fact] as number;
    }
    return 0;
  };
  if (!isAllPast(scope)) return of;
  return wholeColumn(() => keptWholes(scope, 'enrolment platform', enrolmentRows(scope), of));
};

/** The response of the fact that gave the grade, by its number among words. */
const gradeIn = ({ world }: Scope, graded: (row: number) => number): ((row: number) => number) => {
  const { facts, details } = world.log;
  return (row) => {
    const named = graded(row);
    return named === 0 ? 0 : (details.response[(facts.detail[named - 1] as number) - 1] as number);
  };
};
