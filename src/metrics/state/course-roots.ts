import type { CourseCatalogue, PartOfCourse } from './course-catalogue.ts';
import type { FactLog } from './fact-log.ts';

/** What a fact is about, once it is known how courses are made. */
export type CourseRoots = {
  /** The course that a fact counts for: that of which its activity is a part, else what the statement says. */
  rootOf(fact: number): number;
  /** Whether it is about the course itself, and not about a part of it. */
  isOwn(fact: number): boolean;
  partOf(fact: number): PartOfCourse | undefined;
};

export const courseRoots = ({ facts }: Pick<FactLog, 'facts'>, courses: CourseCatalogue): CourseRoots => {
  const partOf = (fact: number): PartOfCourse | undefined =>
    courses.isEmpty()
      ? undefined
      : courses.partOf(facts.activity[fact] as number, facts.root[fact] as number);
  /** A course goes by the id that its structure has. */
  const named = (activity: number): number => courses.courseOf(activity)?.activity ?? activity;
  const rootOf = (fact: number): number => {
    const root = facts.root[fact] as number;
    return courses.isEmpty() ? root : (partOf(fact)?.course ?? named(root));
  };
  return { rootOf, partOf, isOwn: (fact) => named(facts.activity[fact] as number) === rootOf(fact) };
};
