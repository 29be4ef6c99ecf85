import type { CoursePart } from '../state/course-catalogue.ts';
import type { World } from '../state/world.ts';

const MEETING = ['completed', 'passed', 'satisfied', 'waived'] as const;

/**
 * Of an enrolment in a course of which it is known how it is made, the facts by which its parts were met, plus one; 0
 * for none.
 */
export const partFacts = ({ courses, enrolments }: World, row: number): readonly number[] => {
  const { table, units } = enrolments;
  const course = courses.courseOf(table.a[row] as number);
  if (course === undefined) return [];
  const person = table.person[row] as number;
  const cycle = units.cycleIn(course.activity, table.b[row] as number);
  const factsOf = ({ activity, parts }: CoursePart): readonly number[] => {
    const found = units.find(person, activity, cycle);
    const own = found === -1 ? [] : MEETING.map((name) => units.table[name][found] as number);
    return [...own, ...parts.flatMap(factsOf)];
  };
  return factsOf(course);
};
