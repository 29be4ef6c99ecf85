import type { Identifier } from '../xapi/statement.ts';
import type { Rule } from './rule.ts';

/** These identifiers are one person's. */
export type MergeRecord = {
  readonly record: 'merge';
  readonly identifiers: readonly Identifier[];
  readonly why: string;
  /** What proves it, such as a ticket or a document. */
  readonly evidence?: string;
};

/** These identifiers are taken out of the person that they are of: each on its own, or all `together` as another. */
export type SplitRecord = {
  readonly record: 'split';
  readonly identifiers: readonly Identifier[];
  readonly together?: boolean;
  readonly why: string;
  readonly evidence?: string;
};

/**
 * What is known of a person from a day on. What a row does not mention stays as it was; null says that there is none.
 * Days are `YYYY-MM-DD`, in UTC.
 */
export type RosterRow = {
  readonly identifier: Identifier;
  /** Unless given: when the person was hired, for the first row about somebody; else when the row was stored. */
  readonly effectiveFrom?: string;
  readonly name?: string | null;
  readonly department?: string | null;
  readonly role?: string | null;
  readonly region?: string | null;
  readonly manager?: Identifier | null;
  /** The first day of employment, and the last. */
  readonly hired?: string | null;
  readonly left?: string | null;
  /** Whatever else an installation keeps, by names of its own. */
  readonly attributes?: Readonly<Record<string, string | null>>;
};

export type RosterRecord = {
  readonly record: 'roster';
  /** Where the rows come from, such as a file's name. */
  readonly source?: string;
  readonly rows: readonly RosterRow[];
};

/** By when: so many days after a person was hired or assigned, or on a day; its last moment is still in time. */
export type Due = { readonly days: number; readonly of: 'hire' | 'assignment' } | { readonly on: string };

/** What some persons have to have done, or to be able to. */
export type Requirement = {
  readonly id: string;
  readonly name?: string;
  /** Of these two it has one: an activity's IRI, or a skill's id. */
  readonly activity?: string;
  readonly skill?: string;
  /** Everybody who is employed, unless given. */
  readonly appliesTo?: Rule;
  readonly due?: Due;
  /** How long it holds once it is met, and how long after that it is still tolerated: ISO 8601 durations. */
  readonly validFor?: string;
  readonly grace?: string;
  /** The first day on which it is in force, and the last. */
  readonly from?: string;
  readonly until?: string;
};

/** Requirements by their ids: one of an id that is known takes its place. */
export type RequirementsRecord = {
  readonly record: 'requirements';
  readonly requirements?: readonly Requirement[];
  readonly remove?: readonly string[];
};

/** That an activity shows or teaches a skill, at a level if that is said. */
export type ActivitySkill = { readonly activity: string; readonly skill: string; readonly level?: number };
/** What a role needs. */
export type RoleSkill = {
  readonly role: string;
  readonly skill: string;
  readonly level?: number;
  readonly weight?: number;
};
export type Skill = {
  readonly id: string;
  readonly name?: string;
  readonly parent?: string;
  /** An ISO 8601 duration. */
  readonly validFor?: string;
};

/** What is said of a pair of activity and skill, of role and skill, or of a skill, takes the place of what was said before. */
export type SkillsRecord = {
  readonly record: 'skills';
  readonly activities?: readonly ActivitySkill[];
  readonly roles?: readonly RoleSkill[];
  readonly skills?: readonly Skill[];
};

/** A set of persons with a name: some by name, others by a rule, or taken away. */
export type CohortRecord = {
  readonly record: 'cohort';
  readonly id: string;
  readonly name?: string;
  readonly list?: readonly Identifier[];
  readonly rule?: Rule;
  readonly remove?: true;
};

/** What a metric is to reach, for everybody or for some, such as `{"department":"Sales"}`; null takes it away. */
export type Target = {
  readonly metric: string;
  readonly value: number | null;
  readonly scope?: Readonly<Record<string, string>>;
};
export type TargetsRecord = { readonly record: 'targets'; readonly targets: readonly Target[] };

export const MOVE_ON = [
  'Passed',
  'Completed',
  'CompletedAndPassed',
  'CompletedOrPassed',
  'NotApplicable',
] as const;

/** An assignable unit of cmi5 (13.1.4). */
export type CourseUnit = {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly title?: string;
  readonly moveOn?: (typeof MOVE_ON)[number];
  /** Between 0 and 1. */
  readonly masteryScore?: number;
};
export type CourseBlock = {
  readonly id: string;
  readonly title?: string;
  readonly units?: readonly CourseUnit[];
  readonly blocks?: readonly CourseBlock[];
};
/** How a course is made: its id is the one that the LMS uses, its publisher's are aliases. */
export type Course = CourseBlock & { readonly aliases?: readonly string[] };
export type CoursesRecord = {
  readonly record: 'courses';
  readonly courses?: readonly Course[];
  readonly remove?: readonly string[];
};

/** What an installation puts before the built-in table of signals; the last one counts. Metrics know what it says. */
export type SignalsRecord = { readonly record: 'signals'; readonly table: object };

/** Up to when a source (an authority by the name of its account, such as `import`) has told everything. */
export type CompleteThroughRecord = {
  readonly record: 'complete-through';
  readonly source: string;
  /** An ISO 8601 timestamp. */
  readonly through: string;
};

/** What is entered by hand, or comes from another system, and cannot be derived from statements. */
export type PeopleRecord =
  | MergeRecord
  | SplitRecord
  | RosterRecord
  | RequirementsRecord
  | SkillsRecord
  | CohortRecord
  | TargetsRecord
  | CoursesRecord
  | SignalsRecord
  | CompleteThroughRecord;

/** A record as an entry of the log says it. */
export type SignedRecord = PeopleRecord & {
  /** A credential's id, or `control` for an operator's command. */
  readonly by: string;
  /** When it was recorded first, if it was carried over from another log; else that is when the entry was stored. */
  readonly at?: string;
};

/** So many rows of a roster stand in one entry. */
const MOST_ROWS = 500;

/** What the texts of a record's entries hold: a large roster takes several. */
export const recordTexts = (record: PeopleRecord, by: string): readonly string[] => {
  if (record.record !== 'roster') return [JSON.stringify({ ...record, by })];
  const texts: string[] = [];
  for (let from = 0; from < record.rows.length; from += MOST_ROWS)
    texts.push(JSON.stringify({ ...record, rows: record.rows.slice(from, from + MOST_ROWS), by }));
  return texts;
};

/** Reads one of {@link recordTexts}. */
export const recordOf = (text: string): SignedRecord => JSON.parse(text) as SignedRecord;
