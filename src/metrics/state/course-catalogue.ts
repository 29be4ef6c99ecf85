import type { Course, CourseBlock, CourseUnit } from '../../people/record.ts';
import type { Dictionary } from './dictionary.ts';
import type { PeopleState } from './people-state.ts';

/** A part of a course by the number of its activity: what an assignable unit needs to move on, or what a block holds. */
export type CoursePart = {
  readonly activity: number;
  /** Of a unit; cmi5 says NotApplicable where nothing is said (13.1.4). */
  readonly moveOn?: NonNullable<CourseUnit['moveOn']>;
  readonly masteryScore?: number;
  /** Of a block or a course. */
  readonly parts: readonly CoursePart[];
};

/** A course, by the number of the activity that its id names, and a part of it. */
export type PartOfCourse = { readonly course: number; readonly part: CoursePart };

/** How courses are made, as the installation's records have it; by numbers of activities. */
export type CourseCatalogue = {
  /** Whether no course is known. */
  isEmpty(): boolean;
  /** The course that an activity is, by its id or an alias; undefined if it is none of those. */
  courseOf(activity: number): CoursePart | undefined;
  /** What an activity is part of: of several courses that of `root`, else the first by its id. */
  partOf(activity: number, root: number): PartOfCourse | undefined;
  /** All activities that are the same as one: its aliases, those whose alias it is, and itself. */
  namesOf(activity: number): readonly number[];
  /** Whether an activity is a course of which nothing has to be done. */
  isNotApplicable(activity: number): boolean;
};

/** Made anew after each `refresh`. */
export const courseCatalogue = (
  activities: Dictionary,
  { courses }: Pick<PeopleState, 'courses'>,
): CourseCatalogue & { refresh(): void } => {
  const byActivity = new Map<number, CoursePart>();
  const parts = new Map<number, PartOfCourse[]>();

  const names = new Map<number, readonly number[]>();

  const addNames = (ids: readonly string[]): readonly number[] => {
    const numbers = ids.map(activities.number);
    for (const number of numbers) names.set(number, [...new Set([...(names.get(number) ?? []), ...numbers])]);
    return numbers;
  };
  const addPart = (course: number, part: CoursePart, ids: readonly string[]): CoursePart => {
    for (const number of addNames(ids)) {
      parts.set(number, [...(parts.get(number) ?? []), { course, part }]);
    }
    return part;
  };
  const unit = (
    course: number,
    { id, aliases = [], moveOn = 'NotApplicable', masteryScore }: CourseUnit,
  ): CoursePart =>
    addPart(
      course,
      {
        activity: activities.number(id),
        moveOn,
        ...(masteryScore === undefined ? {} : { masteryScore }),
        parts: [],
      },
      [id, ...aliases],
    );
  const partsIn = (course: number, { units = [], blocks = [] }: CourseBlock): readonly CoursePart[] => [
    ...units.map((one) => unit(course, one)),
    ...blocks.map((one) =>
      addPart(course, { activity: activities.number(one.id), parts: partsIn(course, one) }, [one.id]),
    ),
  ];
  const take = (one: Course): void => {
    const activity = activities.number(one.id);
    const course = { activity, parts: partsIn(activity, one) };
    for (const number of addNames([one.id, ...(one.aliases ?? [])])) byActivity.set(number, course);
  };

  return {
    isEmpty: () => byActivity.size === 0,
    courseOf: (activity) => byActivity.get(activity),
    partOf: (activity, root) => {
      const found = parts.get(activity);
      if (found === undefined) return undefined;
      const named = byActivity.get(root)?.activity;
      return found.find(({ course }) => course === named) ?? found[0];
    },
    namesOf: (activity) => names.get(activity) ?? [activity],
    isNotApplicable: (activity) => {
      const course = byActivity.get(activity);
      return course !== undefined && asksNothing(course);
    },
    refresh: () => {
      byActivity.clear();
      parts.clear();
      names.clear();
      for (const one of [...courses.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) take(one);
    },
  };
};

const asksNothing = ({ moveOn, parts }: CoursePart): boolean =>
  moveOn === undefined ? parts.every(asksNothing) : moveOn === 'NotApplicable';
