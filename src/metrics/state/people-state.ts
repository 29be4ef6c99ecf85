import type { Cohorts, Did } from '../../people/cohorts.ts';
import { peopleFold } from '../../people/people-fold.ts';
import type { Moved, PersonDirectory } from '../../people/persons.ts';
import type { ActivitySkill, Course, RoleSkill, SignedRecord, Skill, Target } from '../../people/record.ts';
import type { Requirements } from '../../people/requirements-in-force.ts';
import type { Roster } from '../../people/roster.ts';
import type { Position } from '../../statements/statement-query.ts';

/** What is said about people, in the order of the log. */
export type PeopleState = {
  readonly directory: PersonDirectory;
  readonly roster: Roster;
  readonly requirements: Requirements;
  readonly cohorts: Cohorts;
  /** By skill's id; by activity and skill; by role and skill; by metric and scope; by course's id. */
  readonly skills: ReadonlyMap<string, Skill>;
  readonly activitySkills: ReadonlyMap<string, ActivitySkill>;
  readonly roleSkills: ReadonlyMap<string, RoleSkill>;
  readonly targets: ReadonlyMap<string, Target>;
  readonly courses: ReadonlyMap<string, Course>;
  /** Counts up with every record of {@link ABOUT_PEOPLE}, so that what was derived of them can be known to be old. */
  version(): number;
  /** Counts up with every record that says whom rules mean. */
  rules(): number;
  /** Takes in a record, in the order of the log; `at` in microseconds since 1970. Answers whom it has moved. */
  apply(record: SignedRecord, position: Position, at: number): readonly Moved[];
};

/** What requirements, rosters and cohorts are derived of; targets, say, are none of it. */
const ABOUT_PEOPLE: ReadonlySet<SignedRecord['record']> = new Set([
  'roster',
  'merge',
  'split',
  'cohort',
  'requirements',
  'skills',
  'courses',
]);

/** `did` says whether a person had done something at a moment. */
export const peopleState = (did: Did): PeopleState => {
  const { persons, roster, requirements, cohorts, said, take } = peopleFold(did);
  let version = 0;
  let rules = 0;
  return {
    directory: persons,
    roster,
    requirements,
    cohorts,
    skills: said.skills,
    activitySkills: said.activities,
    roleSkills: said.roles,
    targets: said.targets,
    courses: said.courses,
    version: () => version,
    rules: () => rules,
    apply: (record, position, at) => {
      if (ABOUT_PEOPLE.has(record.record)) version += 1;
      if (record.record === 'requirements' || record.record === 'cohort') rules += 1;
      return take(record, position, at);
    },
  };
};
