import { SIGNALS } from '../signal.ts';
import type { CourseCatalogue, CoursePart, PartOfCourse } from './course-catalogue.ts';
import { courseRoots } from './course-roots.ts';
import { courseUnits, MEETS } from './course-units.ts';
import { currentCycle } from './cycles.ts';
import { type EnrolmentRows, enrolmentRows } from './enrolment-rows.ts';
import { FACT } from './fact-columns.ts';
import type { FactLog } from './fact-log.ts';
import type { Projection } from './fold.ts';
import { placedFacts } from './placed-facts.ts';

const { assigned, registered, completed, passed, failed, satisfied, waived, withdrawn } = SIGNALS;
const BEGINS = assigned | registered;
const COMPLETES = completed | satisfied;
const BACK = SIGNALS.revoked | SIGNALS.expired;
const OUTCOME = COMPLETES | passed | failed | waived | withdrawn | BACK;

/** Any of these shows that the learner has begun. */
const WORKS =
  SIGNALS.started |
  SIGNALS.progressed |
  SIGNALS.experienced |
  SIGNALS.answered |
  SIGNALS.submitted |
  SIGNALS.attended |
  completed |
  passed |
  failed;

/** What is done in passing, with what nobody takes part in: a topic, a single question, somebody else's page. */
const IN_PASSING =
  SIGNALS.answered |
  SIGNALS.shared |
  SIGNALS.searched |
  SIGNALS.reviewed |
  SIGNALS.mentored |
  SIGNALS.applied |
  SIGNALS.practised |
  SIGNALS.opportunity |
  SIGNALS.asserted;

const isInPassing = (signals: number): boolean => signals !== 0 && (signals & ~IN_PASSING) === 0;

/** What is taken from the first fact that says it. */
const FIRST = [
  ['assigned', assigned],
  ['registered', registered],
  ['launched', SIGNALS.launched],
  ['failed', failed],
  ['waived', waived],
  ['attended', SIGNALS.attended],
  ['missed', SIGNALS.missed],
] as const;

/**
 * Folds enrolments. A signal changes only the state of its own object: what is said of a part of a course shows that
 * the course has been started, and nothing else (metrics.md §11), unless it is known how the course is made. Then it is
 * completed once all of its parts are met, or an LMS says that it is satisfied, and by nothing else.
 */
export const enrolments = (log: FactLog, courses: CourseCatalogue) => {
  const rows = enrolmentRows();
  const units = courseUnits(log);
  const roots = courseRoots(log, courses);
  const rowOf = currentCycle(log, rows, roots);
  const { table } = rows;
  const placed = placedFacts();
  const { facts } = log;

  const takePart = (person: number, row: number, { course, part }: PartOfCourse, fact: number): void => {
    units.take(person, part, units.cycleIn(course, table.b[row] as number), fact);
    if (table.below[row] === 0 && units.isBelow(part, fact)) table.below[row] = fact + 1;
  };
  const rollUp = (person: number, row: number, course: CoursePart, fact: number): void => {
    if (units.isMet(person, course, units.cycleIn(course.activity, table.b[row] as number)))
      complete(table, row, fact);
  };
  /** What has happened to a part of the course, or that there is a course of which nothing has to be done. */
  const takeStructure = (person: number, row: number, course: CoursePart, fact: number): void => {
    const part = roots.partOf(fact);
    const meets = part !== undefined && ((facts.signals[fact] as number) & MEETS) !== 0;
    if (meets) takePart(person, row, part, fact);
    if (meets || (table.first[row] === fact + 1 && courses.isNotApplicable(course.activity)))
      rollUp(person, row, course, fact);
  };
  const take = (person: number, fact: number): void => {
    const row = rowOf(person, fact);
    const course = courses.courseOf(table.a[row] as number);
    const isOwn = roots.isOwn(fact);
    count(table, row, fact, isOwn && isInPassing(facts.signals[fact] as number));
    placed.put(fact, row);
    if (isOwn) takeOwn(log, table, row, fact, course === undefined ? COMPLETES : satisfied);
    if (course !== undefined) takeStructure(person, row, course, fact);
    if (((facts.flags[fact] as number) & FACT.byOthers) === 0) takeWork(log, table, row, fact, isOwn);
  };
  const projection: Projection = {
    forget: (person) => {
      rows.forget(person);
      units.forget(person);
    },
    /** What is about no activity is in no course. */
    take: (person, fact) => {
      if (facts.root[fact] !== 0) take(person, fact);
    },
    leave: placed.leave,
  };
  const tells: Tells = (name, fact) => TOLD[name](log, fact) && roots.isOwn(fact);
  return { ...rows, units, placed: placed.rows, tells, projection };
};

type Table = EnrolmentRows['table'];

/** Whether a fact tells something of an enrolment that the last to tell it decides. */
export type Tells = (name: Told, fact: number) => boolean;
export type Told = keyof typeof TOLD;

/** In the facts that are about the course itself. */
const TOLD = {
  due: ({ facts, details }: FactLog, fact: number): boolean => {
    const detail = facts.detail[fact] as number;
    return detail !== 0 && !Number.isNaN(details.due[detail - 1]);
  },
  valid: ({ facts, details }: FactLog, fact: number): boolean => {
    const detail = facts.detail[fact] as number;
    return detail !== 0 && !Number.isNaN(details.validUntil[detail - 1]);
  },
  graded: ({ facts, details }: FactLog, fact: number): boolean => {
    const detail = facts.detail[fact] as number;
    const isOutcome = ((facts.signals[fact] as number) & OUTCOME) !== 0;
    return isOutcome && detail !== 0 && details.response[detail - 1] !== 0;
  },
};
export const TOLD_LAST = ['due', 'valid', 'graded'] as const satisfies readonly Told[];

const count = (table: Table, row: number, fact: number, inPassing: boolean): void => {
  table.facts[row] = (table.facts[row] as number) + 1;
  if (table.first[row] === 0) table.first[row] = fact + 1;
  if (table.enrols[row] === 0 && !inPassing) table.enrols[row] = fact + 1;
};

const takeOwn = (log: FactLog, table: Table, row: number, fact: number, completes: number): void => {
  const signals = log.facts.signals[fact] as number;
  for (const [name, bit] of FIRST) {
    if ((signals & bit) !== 0 && table[name][row] === 0) table[name][row] = fact + 1;
  }
  if ((signals & BEGINS) !== 0) put(table, 'withdrawn', row, fact, 0);
  if ((signals & OUTCOME) !== 0) takeOutcome(table, row, fact, signals, completes);
  takeDetail(log, table, row, fact);
};

/** Writes over what is there of the outcome, and keeps that it did. */
const put = (
  table: Table,
  name: 'withdrawn' | 'reversed',
  row: number,
  fact: number,
  value = fact + 1,
): void => {
  if (table[name][row] !== 0) table.rewritten[row] = fact + 1;
  table[name][row] = value;
};

const takeDetail = (log: FactLog, table: Table, row: number, fact: number): void => {
  if (log.facts.detail[fact] === 0) return;
  for (const name of TOLD_LAST) if (TOLD[name](log, fact)) table[name][row] = fact + 1;
};

/** What was reached stays reached, until all of it is taken back; then it can be reached again. */
const takeOutcome = (table: Table, row: number, fact: number, signals: number, completes: number): void => {
  if ((signals & completes) !== 0) complete(table, row, fact);
  if ((signals & passed) !== 0) pass(table, row, fact);
  if ((signals & failed) !== 0) table.failures[row] = (table.failures[row] as number) + 1;
  if ((signals & withdrawn) !== 0) put(table, 'withdrawn', row, fact);
  if ((signals & BACK) !== 0) put(table, 'reversed', row, fact);
};

/** What was taken back does not come back with what is reached now. */
const reopen = (table: Table, row: number, fact: number): void => {
  if (table.reversed[row] === 0) return;
  table.rewritten[row] = fact + 1;
  table.completed[row] = 0;
  table.passed[row] = 0;
  table.reversed[row] = 0;
};

const complete = (table: Table, row: number, fact: number): void => {
  reopen(table, row, fact);
  if (table.completed[row] === 0) table.completed[row] = fact + 1;
};

const pass = (table: Table, row: number, fact: number): void => {
  reopen(table, row, fact);
  if (table.passed[row] === 0) table.passed[row] = fact + 1;
};

const takeWork = (log: FactLog, table: Table, row: number, fact: number, isOwn: boolean): void => {
  const { facts, details } = log;
  table.active[row] = fact + 1;
  const signals = facts.signals[fact] as number;
  const begins = (signals & WORKS) !== 0 || !isOwn;
  if (begins && table.started[row] === 0) table.started[row] = fact + 1;
  const detail = (facts.detail[fact] as number) - 1;
  const duration = detail < 0 ? Number.NaN : (details.duration[detail] as number);
  if (Number.isNaN(duration)) return;
  const where = (signals & SIGNALS.terminated) !== 0 ? table.sessions : table.others;
  where[row] = (where[row] as number) + duration;
};
