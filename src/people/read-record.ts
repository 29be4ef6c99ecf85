import {
  booleanValue,
  isObject,
  type JsonReader,
  lineOf,
  listOf,
  type Members,
  mapOf,
  needed,
  numberFrom,
  objectOf,
  optional,
  orNull,
  readAll,
  textOf,
  valueWhere,
} from '../xapi/json-reader.ts';
import { reject } from '../xapi/rejection.ts';
import type { Identifier } from '../xapi/statement.ts';
import { suggestName } from '../xapi/suggest-name.ts';
import { isTimestamp } from '../xapi/timestamp.ts';
import { course, iri } from './read-course.ts';
import { nameOfThing, period, requirementReader } from './read-requirement.ts';
import { identifier, rosterRow } from './read-roster-row.ts';
import { ruleReader } from './read-rule.ts';
import type {
  ActivitySkill,
  CohortRecord,
  CompleteThroughRecord,
  CoursesRecord,
  MergeRecord,
  PeopleRecord,
  RequirementsRecord,
  RoleSkill,
  RosterRecord,
  SignalsRecord,
  Skill,
  SkillsRecord,
  SplitRecord,
  Target,
  TargetsRecord,
} from './record.ts';

/** The kinds of record that there are, each read by name. */
type Kind = PeopleRecord['record'];

/**
 * Reads a record of any kind, or of the one that is asked for, which then need not be named.
 * `signals` are the names that rules may have under `did`, `table` reads what a table of signals adds.
 */
export type ReadRecord = <Wanted extends Kind = Kind>(
  value: unknown,
  kind?: Wanted,
) => Extract<PeopleRecord, { readonly record: Wanted }>;

/** @returns a reader that throws Rejection `body-invalid`, naming everything that is wrong. */
export const recordReader = (signals: readonly string[], table: JsonReader<object>): ReadRecord => {
  const readers = readersOf(signals, table);
  const kinds = Object.keys(readers) as readonly Kind[];
  return (value, kind) => {
    if (!isObject(value)) throw reject('body-invalid', '', 'The record is to be a JSON object.');
    const named = kind ?? kinds.find((one) => one === value['record']);
    if (named === undefined) throw reject('body-invalid', '/record', noSuchKind(value['record'], kinds));
    return readAll(kind === undefined ? value : { record: kind, ...value }, readers[named]) as never;
  };
};

const noSuchKind = (value: unknown, kinds: readonly string[]): string => {
  const meant = typeof value === 'string' ? suggestName(value, kinds) : undefined;
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `Expected one of ${kinds.join(', ')}.${hint}`;
};

const named = <Name extends Kind>(name: Name) =>
  needed<Name>(valueWhere((value) => value === name, JSON.stringify(name)));

const because = { why: needed(lineOf(2000)), evidence: optional(lineOf(2000)) };
const level = numberFrom(0, 100);

/** Nobody goes by more: what would say so is a mistake, and costs everybody who asks. */
const MOST_IDENTIFIERS = 1000;

const identifiersFrom = (least: number): JsonReader<readonly Identifier[]> => {
  const read = listOf(identifier, least);
  return (value, at, problems) => {
    if (!Array.isArray(value) || value.length <= MOST_IDENTIFIERS) return read(value, at, problems);
    problems.push({ pointer: at, message: `Expected a list of ${MOST_IDENTIFIERS} or fewer.` });
    return undefined;
  };
};

const readersOf = (
  signals: readonly string[],
  table: JsonReader<object>,
): Readonly<Record<Kind, JsonReader<PeopleRecord>>> => {
  const rule = ruleReader(signals);
  return {
    merge: objectOf<MergeRecord>({
      record: named('merge'),
      identifiers: needed(identifiersFrom(2)),
      ...because,
    }),
    split: objectOf<SplitRecord>({
      record: named('split'),
      identifiers: needed(identifiersFrom(1)),
      together: optional(booleanValue),
      ...because,
    }),
    roster: objectOf<RosterRecord>({
      record: named('roster'),
      source: optional(lineOf(500)),
      rows: needed(listOf(rosterRow, 1)),
    }),
    requirements: objectOf<RequirementsRecord>({
      record: named('requirements'),
      requirements: optional(listOf(requirementReader(rule))),
      remove: optional(listOf(nameOfThing)),
    }),
    skills: objectOf<SkillsRecord>(SKILLS),
    cohort: cohortReader(rule),
    targets: objectOf<TargetsRecord>({ record: named('targets'), targets: needed(listOf(target, 1)) }),
    courses: objectOf<CoursesRecord>({
      record: named('courses'),
      courses: optional(listOf(course)),
      remove: optional(listOf(iri)),
    }),
    signals: objectOf<SignalsRecord>({
      record: named('signals'),
      table: needed(table),
    }),
    'complete-through': objectOf<CompleteThroughRecord>({
      record: named('complete-through'),
      source: needed(lineOf(500)),
      through: needed(textOf(isTimestamp, 'an ISO 8601 timestamp')),
    }),
  };
};

const cohortReader = (rule: Parameters<typeof requirementReader>[0]): JsonReader<CohortRecord> =>
  objectOf<CohortRecord>(
    {
      record: named('cohort'),
      id: needed(nameOfThing),
      name: optional(lineOf(500)),
      list: optional(listOf(identifier)),
      rule: optional(rule),
      remove: optional(valueWhere<true>((value) => value === true, 'true')),
    },
    ({ list, rule: by, remove }) => {
      const isSaid = list !== undefined || by !== undefined;
      if (remove === true) return isSaid ? 'What is removed has no list and no rule.' : undefined;
      return isSaid ? undefined : 'A cohort has a list, a rule or both.';
    },
  );

const target = objectOf<Target>({
  metric: needed(nameOfThing),
  value: needed(orNull(numberFrom(-1e15, 1e15))),
  scope: optional(mapOf(lineOf(500), (name) => (name === '' ? 'A name is not empty.' : undefined))),
});

const SKILLS: Members<SkillsRecord> = {
  record: named('skills'),
  activities: optional(
    listOf(
      objectOf<ActivitySkill>({ activity: needed(iri), skill: needed(nameOfThing), level: optional(level) }),
    ),
  ),
  roles: optional(
    listOf(
      objectOf<RoleSkill>({
        role: needed(nameOfThing),
        skill: needed(nameOfThing),
        level: optional(level),
        weight: optional(numberFrom(0, 1000)),
      }),
    ),
  ),
  skills: optional(
    listOf(
      objectOf<Skill>({
        id: needed(nameOfThing),
        name: optional(lineOf(500)),
        parent: optional(nameOfThing),
        validFor: optional(period),
      }),
    ),
  ),
};
