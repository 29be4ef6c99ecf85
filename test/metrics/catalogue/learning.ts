/** Statements of small stories, on days from 2026-01-01. */
type Part = Readonly<Record<string, unknown>>;

const ADL = 'http://adlnet.gov/expapi/verbs/';
const VERBS = {
  registered: `${ADL}registered`,
  unregistered: 'http://id.tincanapi.com/verb/unregistered',
  passed: `${ADL}passed`,
  failed: `${ADL}failed`,
  completed: `${ADL}completed`,
  answered: `${ADL}answered`,
  experienced: `${ADL}experienced`,
  scored: 'https://w3id.org/xapi/tla/verbs/scored',
  revoked: 'https://w3id.org/xapi/tla/verbs/revoked',
  asserted: 'https://w3id.org/xapi/tla/verbs/asserted',
  performed: 'https://w3id.org/xapi/dod-isd/verbs/performed',
  'had-opportunity': 'urn:cairn:verb:had-opportunity',
} as const;

const HOUR = 3_600_000;

/** `day` may have a fraction; noon of day 0 is 2026-01-01T12:00:00Z. */
export const onDay = (day: number): string =>
  new Date(Date.UTC(2026, 0, 1, 12) + day * 24 * HOUR).toISOString();

/** The calendar day of it. */
const date = (day: number): string => onDay(day).slice(0, 10);

export const agent = (who: string) => ({ mbox: `mailto:${who}@example.org` });

export const COURSE = {
  id: 'https://lms.example/course',
  definition: {
    type: 'http://adlnet.gov/expapi/activities/course',
    extensions: { 'urn:cairn:start': onDay(0), 'urn:cairn:end': onDay(100) },
  },
};

export const did = (who: string, verb: keyof typeof VERBS, day: number, change: Part = {}): Part => ({
  actor: agent(who),
  verb: { id: VERBS[verb] },
  object: COURSE,
  timestamp: onDay(day),
  ...change,
});

/** A part of the course. */
export const part = (name: string, kind?: string): Part => ({
  object: {
    id: `https://lms.example/${name}`,
    ...(kind === undefined ? {} : { definition: { extensions: { 'urn:cairn:kind': kind } } }),
  },
});

export const inCourse = (extensions: Part = {}): Part => ({
  contextActivities: { grouping: [COURSE] },
  extensions,
});

export const skill = (name: string): string => `https://skills.example/${name}`;

const COMPETENCY = 'https://w3id.org/xapi/tla/activity-types/competency';

/** A test of a skill, apart from any course. */
export const trainedIn = (who: string, name: string, day: number, level?: number): Part =>
  did(who, 'passed', day, {
    object: { id: `https://lms.example/test-of-${name}` },
    context: aboutSkill(name, level === undefined ? {} : { 'urn:cairn:level': level }),
  });

export const aboutSkill = (name: string, extensions: Part = {}) => ({
  contextActivities: { category: [{ id: skill(name), definition: { type: COMPETENCY } }] },
  extensions,
});

/** Uses a skill at work; `by` is who observes it. */
export const applied = (who: string, name: string, day: number, by?: string, result?: Part): Part =>
  did(who, 'performed', day, {
    object: {
      id: 'https://ops.example/task',
      definition: { type: 'http://adlnet.gov/expapi/activities/performance' },
    },
    context: { ...aboutSkill(name), ...(by === undefined ? {} : { instructor: agent(by) }) },
    ...(result === undefined ? {} : { result }),
  });

/** A roster's row; days are of the calendar. */
export const employed = (
  who: string,
  role: string,
  hired: number,
  { left, from }: { readonly left?: number; readonly from?: number } = {},
) => ({
  identifier: agent(who),
  role,
  hired: date(hired),
  ...(left === undefined ? {} : { left: date(left) }),
  ...(from === undefined ? {} : { effectiveFrom: date(from) }),
});
