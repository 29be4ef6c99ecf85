import type { Did } from '../../people/cohorts.ts';
import { type Cohorts, cohorts } from '../../people/cohorts.ts';
import { type PersonDirectory, personDirectory } from '../../people/persons.ts';
import type { ActivitySkill, RoleSkill, SignedRecord, Skill, Target } from '../../people/record.ts';
import { type Requirements, requirements } from '../../people/requirements-in-force.ts';
import { type Roster, roster } from '../../people/roster.ts';
import type { Position } from '../../statements/statement-query.ts';

/** What is said about people, in the order of the log. */
export type PeopleState = {
  readonly directory: PersonDirectory;
  readonly roster: Roster;
  readonly requirements: Requirements;
  readonly cohorts: Cohorts;
  /** By skill's id; by activity and skill; by role and skill. */
  readonly skills: ReadonlyMap<string, Skill>;
  readonly activitySkills: ReadonlyMap<string, ActivitySkill>;
  readonly roleSkills: ReadonlyMap<string, RoleSkill>;
  readonly targets: ReadonlyMap<string, Target>;
  /** Counts up with every record, so that what was derived of them can be known to be old. */
  version(): number;
  /** Takes in a record, in the order of the log; `at` in microseconds since 1970. Answers whom it has moved. */
  apply(record: SignedRecord, position: Position, at: number): ReturnType<PersonDirectory['apply']>;
};

type Of<Kind extends SignedRecord['record']> = Extract<SignedRecord, { readonly record: Kind }>;

const pair = (one: string, other: string): string => JSON.stringify([one, other]);

/** `did` says whether a person had done something at a moment. */
export const peopleState = (did: Did): PeopleState => {
  const directory = personDirectory();
  const rows = roster(directory);
  const groups = cohorts(directory, rows);
  const wanted = requirements({ roster: rows, cohorts: groups, did });
  const skills = new Map<string, Skill>();
  const activitySkills = new Map<string, ActivitySkill>();
  const roleSkills = new Map<string, RoleSkill>();
  const targets = new Map<string, Target>();
  let version = 0;

  const takers: { readonly [Kind in SignedRecord['record']]?: (record: Of<Kind>, at: number) => void } = {
    roster: (record, at) => rows.apply(record, at / 1000),
    requirements: wanted.apply,
    cohort: groups.apply,
    targets: (record) => {
      for (const target of record.targets)
        targets.set(pair(target.metric, JSON.stringify(target.scope ?? {})), target);
    },
    skills: (record) => {
      for (const one of record.skills ?? []) skills.set(one.id, one);
      for (const one of record.activities ?? []) activitySkills.set(pair(one.activity, one.skill), one);
      for (const one of record.roles ?? []) roleSkills.set(pair(one.role, one.skill), one);
    },
  };

  return {
    directory,
    roster: rows,
    requirements: wanted,
    cohorts: groups,
    skills,
    activitySkills,
    roleSkills,
    targets,
    version: () => version,
    apply: (record, position, at) => {
      version += 1;
      (takers[record.record] as ((one: SignedRecord, at: number) => void) | undefined)?.(record, at);
      return directory.apply(record, position, at);
    },
  };
};
