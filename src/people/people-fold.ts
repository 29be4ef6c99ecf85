import type { Position } from '../statements/statement-query.ts';
import { epochMicros } from '../xapi/timestamp.ts';
import { type Cohorts, cohorts, type Did } from './cohorts.ts';
import { type Moved, type PersonDirectory, personDirectory } from './persons.ts';
import {
  type ActivitySkill,
  type Course,
  type RoleSkill,
  recordOf,
  type SignedRecord,
  type Skill,
  type Target,
} from './record.ts';
import type { StoredRecord } from './record-store.ts';
import { type Requirements, requirements } from './requirements-in-force.ts';
import { type Roster, roster } from './roster.ts';
import { type Sayings, sayings } from './sayings.ts';

/** What all records up to a position say. */
export type PeopleFold = {
  readonly persons: PersonDirectory;
  readonly roster: Roster;
  readonly cohorts: Cohorts;
  readonly requirements: Requirements;
  readonly said: Omit<Sayings, 'take'>;
  /** The last that was said of each pair of activity and skill, of role and skill, of each skill, metric and course. */
  activitySkills(): readonly ActivitySkill[];
  roleSkills(): readonly RoleSkill[];
  skills(): readonly Skill[];
  targets(): readonly Target[];
  courses(): readonly Course[];
  /** Takes in the next record and answers which identifiers have another canonical term. */
  apply(stored: StoredRecord): readonly Moved[];
  /** The same with a record that has been read; `stored` in microseconds since 1970. */
  take(record: SignedRecord, position: Position, stored: number): readonly Moved[];
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

  const put = (record: SignedRecord, at: number): void => {
    if (record.record === 'roster') known.apply(record, Math.floor(at / 1000));
    else if (record.record === 'cohort') groups.apply(record);
    else if (record.record === 'requirements') required.apply(record);
    else said.take(record);
  };
  const take = (record: SignedRecord, position: Position, stored: number): readonly Moved[] => {
    const at = record.at === undefined ? stored : epochMicros(record.at);
    put(record, at);
    upTo = position;
    return persons.apply(record, position, at);
  };

  return {
    persons,
    roster: known,
    cohorts: groups,
    requirements: required,
    said,
    activitySkills: () => [...said.activities.values()],
    roleSkills: () => [...said.roles.values()],
    skills: () => [...said.skills.values()],
    targets: () => [...said.targets.values()],
    courses: () => [...said.courses.values()],
    apply: ({ position, stored, text }) => take(recordOf(text), position, stored),
    take,
    upTo: () => upTo,
  };
};
