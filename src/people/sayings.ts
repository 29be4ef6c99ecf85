import type {
  ActivitySkill,
  Course,
  CoursesRecord,
  RoleSkill,
  SignedRecord,
  Skill,
  SkillsRecord,
  Target,
} from './record.ts';

/** What was said last of each thing that is called by a name, or by several. */
export type Sayings = {
  /** By activity and skill, by role and skill, by skill, by metric and scope, by course. */
  readonly activities: ReadonlyMap<string, ActivitySkill>;
  readonly roles: ReadonlyMap<string, RoleSkill>;
  readonly skills: ReadonlyMap<string, Skill>;
  readonly targets: ReadonlyMap<string, Target>;
  readonly courses: ReadonlyMap<string, Course>;
  /** Takes in a record of the log, in their order; one of another kind changes nothing. */
  take(record: SignedRecord): void;
};

export const sayings = (): Sayings => {
  const activities = new Map<string, ActivitySkill>();
  const roles = new Map<string, RoleSkill>();
  const skills = new Map<string, Skill>();
  const targets = new Map<string, Target>();
  const courses = new Map<string, Course>();

  const takeSkills = (record: SkillsRecord): void => {
    for (const one of record.activities ?? []) activities.set(keyOf(one.activity, one.skill), one);
    for (const one of record.roles ?? []) roles.set(keyOf(one.role, one.skill), one);
    for (const one of record.skills ?? []) skills.set(one.id, one);
  };

  const takeTargets = (some: readonly Target[]): void => {
    for (const one of some) {
      const scope = Object.entries(one.scope ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
      const key = keyOf(one.metric, ...scope.flat());
      if (one.value === null) targets.delete(key);
      else targets.set(key, one);
    }
  };

  const takeCourses = (record: CoursesRecord): void => {
    for (const id of record.remove ?? []) courses.delete(id);
    for (const one of record.courses ?? []) courses.set(one.id, one);
  };

  const take = (record: SignedRecord): void => {
    if (record.record === 'skills') takeSkills(record);
    if (record.record === 'targets') takeTargets(record.targets);
    if (record.record === 'courses') takeCourses(record);
  };

  return { activities, roles, skills, targets, courses, take };
};

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);
