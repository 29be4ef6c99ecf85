import { keyHash } from '../key-hash.ts';
import { SIGNALS } from '../signal.ts';
import type { CoursePart } from './course-catalogue.ts';
import { textHash } from './fact-columns.ts';
import type { FactLog } from './fact-log.ts';
import { personRows } from './person-rows.ts';

const { completed, passed, satisfied, waived } = SIGNALS;

/** What brings a part of a course nearer to being met. */
export const MEETS = completed | passed | satisfied | waived;

const FIRST = { completed, passed, satisfied, waived } as const;

const MOVES_ON: Readonly<
  Record<NonNullable<CoursePart['moveOn']>, (isCompleted: boolean, isPassed: boolean) => boolean>
> = {
  Passed: (_, isPassed) => isPassed,
  Completed: (isCompleted) => isCompleted,
  CompletedAndPassed: (isCompleted, isPassed) => isCompleted && isPassed,
  CompletedOrPassed: (isCompleted, isPassed) => isCompleted || isPassed,
  NotApplicable: () => true,
};

/**
 * How far somebody is with the parts (`a`) of courses that are made as cmi5 has it, in one cycle of one course (`b`, by
 * `cycleIn`: several courses may share a part). Columns named like signals hold the first fact that says so, plus one.
 */
export const courseUnits = ({ facts, details, activities }: FactLog) => {
  const rows = personRows({ completed: 'u32', passed: 'u32', satisfied: 'u32', waived: 'u32' });
  const { table } = rows;
  /** By course: the same whatever came first, as numbers of activities are not. */
  const hashes = new Map<number, number>();
  const hashOf = (course: number): number => {
    const hash = hashes.get(course) ?? textHash(activities.text(course));
    hashes.set(course, hash);
    return hash;
  };

  const isMet = (person: number, { activity, moveOn, parts }: CoursePart, cycle: number): boolean => {
    const row = rows.find(person, activity, cycle);
    const has = (name: keyof typeof FIRST): boolean => row !== -1 && table[name][row] !== 0;
    if (has('waived') || has('satisfied')) return true;
    if (moveOn === undefined) return parts.every((part) => isMet(person, part, cycle));
    return MOVES_ON[moveOn](has('completed'), has('passed'));
  };

  return {
    ...rows,
    /** A cycle, as enrolments have it, of one course (by its number). */
    cycleIn: (course: number, cycle: number): number => keyHash(hashOf(course), cycle, 0),
    take: (person: number, { activity }: CoursePart, cycle: number, fact: number): void => {
      const row = rows.row(person, activity, cycle);
      for (const [name, bit] of Object.entries(FIRST) as [keyof typeof FIRST, number][])
        if (((facts.signals[fact] as number) & bit) !== 0 && table[name][row] === 0)
          table[name][row] = fact + 1;
    },
    /** Whether a course, block or unit is met: all of its parts are, or an LMS says that it is satisfied or waived. */
    isMet,
    /** Whether a fact says passed with a score that is below what its unit asks for. */
    isBelow: ({ masteryScore }: CoursePart, fact: number): boolean => {
      const detail = (facts.detail[fact] as number) - 1;
      if (masteryScore === undefined || detail < 0 || ((facts.signals[fact] as number) & passed) === 0)
        return false;
      return (details.scaled[detail] as number) < masteryScore;
    },
  };
};
