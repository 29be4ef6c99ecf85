import type { Position } from '../statements/statement-query.ts';
import { epochMicros } from '../xapi/timestamp.ts';
import { type Cohorts, cohorts, type Did } from './cohorts.ts';
import { type Moved, type PersonDirectory, personDirectory } from './persons.ts';
import {
  type ActivitySkill,
  type Course,
  type CoursesRecord,
  type RoleSkill,
  recordOf,
  type SignedRecord,
  type Skill,
  type SkillsRecord,
  type Target,
} from './record.ts';
import type { StoredRecord } from './record-store.ts';
import { type Requirements, requirements } from './requirements-in-force.ts';
import { type Roster, roster } from './roster.ts';

/** What all records up to a position say. */
export type PeopleFold = {
  readonly persons: PersonDirectory;
  readonly roster: Roster;
  readonly cohorts: Cohorts;
  readonly requirements: Requirements;
  /** The last that was said of each pair of activity and skill, of role and skill, of each skill, metric and course. */
  activitySkills(): readonly ActivitySkill[];
  roleSkills(): readonly RoleSkill[];
  skills(): readonly Skill[];
  targets(): readonly Target[];
  courses(): readonly Course[];
  /** Takes in the next record and answers which identifiers have another canonical term. */
  apply(stored: StoredRecord): readonly Moved[];
  /** The position of the last one; 0 if there is none. */
  upTo(): Position;
};

/** `did` says what persons have done; without it nobody has done anything. */
export const peopleFold = (did: Did = () => false): PeopleFold => {
  const persons = personDirectory();
  const known = roster(persons);
  const groups = cohorts(persons, known);
  const required = requirements({ roster: known, cohorts: groups, did });
  const said = sayings();
  let upTo: Position = 0;

  const take = (record: SignedRecord, at: number): void => {
    if (record.record === 'roster') known.apply(record, Math.floor(at / 1000));
    else if (record.record === 'cohort') groups.apply(record);
    else if (record.record === 'requirements') required.apply(record);
    else said.take(record);
  };

  return {
    persons,
    roster: known,
    cohorts: groups,
    requirements: required,
    activitySkills: () => [...said.activities.values()],
    roleSkills: () => [...said.roles.values()],
    skills: () => [...said.skills.values()],
    targets: () => [...said.targets.values()],
    courses: () => [...said.courses.values()],
    apply: ({ position, stored, text }) => {
      const record = recordOf(text);
      const at = record.at === undefined ? stored : epochMicros(record.at);
      take(record, at);
      upTo = position;
      return persons.apply(record, position, at);
    },
    upTo: () => upTo,
  };
};

/** What takes the place of what was said before of the same thing. */
const sayings = () => {
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
