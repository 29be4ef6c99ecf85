import { v5 as derivedUuid, parse as uuidBytes } from 'uuid';
import { type Assessment, dayOf, type Presentation } from './oulad-tables.ts';

/** The namespaces (RFC 9562 §5.5) of registrations and statements: never to be changed, see `specs/import.md`. */
const REGISTRATIONS = uuidBytes('906a30a5-3026-414a-8cbc-43349bee4079');
const STATEMENTS = uuidBytes('9967dbec-af10-4ece-8c3c-5da767c72e2e');

const HOME = 'https://oulad.example/';
const VERBS = {
  registered: 'http://adlnet.gov/expapi/verbs/registered',
  unregistered: 'http://id.tincanapi.com/verb/unregistered',
  passed: 'http://adlnet.gov/expapi/verbs/passed',
  failed: 'http://adlnet.gov/expapi/verbs/failed',
  scored: 'https://w3id.org/xapi/tla/verbs/scored',
} as const;

/** To the second, in UTC. */
const timestampOf = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** Each of the few things is described once, not for each of the many statements about it. */
const once = <T extends object, U>(describe: (thing: T) => U): ((thing: T) => U) => {
  const described = new WeakMap<T, U>();
  return (thing) => {
    const known = described.get(thing) ?? describe(thing);
    described.set(thing, known);
    return known;
  };
};

/** One student in one presentation. */
export type Enrolment = { readonly presentation: Presentation; readonly student: string };

/** What is handed in; `score` is between 0 and 100. */
export type Submission = {
  readonly day: number;
  readonly score: number | undefined;
  /** Carried over from an earlier presentation. */
  readonly isBanked: boolean;
};

/** Day `day` counts from the start of the presentation. */
export const registeredStatement = (enrolment: Enrolment, day: number): object =>
  aboutPresentation(enrolment, 'registered', 'registered', dayOf(enrolment.presentation, day));

/** Without a day it is put at the end, and says that its date is not known. */
export const unregisteredStatement = (enrolment: Enrolment, day: number | undefined): object => {
  const { presentation } = enrolment;
  const time = day === undefined ? presentation.end : dayOf(presentation, day);
  const unknown = day === undefined ? { extensions: { 'urn:cairn:date-unknown': true } } : {};
  return aboutPresentation(enrolment, 'unregistered', 'unregistered', time, unknown);
};

/** `grade` is Pass, Distinction or Fail. */
export const gradedStatement = (enrolment: Enrolment, grade: string): object => ({
  ...aboutPresentation(
    enrolment,
    'result',
    grade === 'Fail' ? 'failed' : 'passed',
    enrolment.presentation.end,
  ),
  result: { success: grade !== 'Fail', completion: true, response: grade },
});

/** Without a score it says that something was handed in. */
export const scoredStatement = (assessment: Assessment, student: string, submission: Submission): object => {
  const { presentation } = assessment;
  const { day, score, isBanked } = submission;
  const result = score === undefined ? {} : { result: { score: scoreOf(score) } };
  return {
    id: derivedUuid(`scored|${assessment.id}|${student}`, STATEMENTS),
    ...saying('scored', student),
    object: assessmentActivity(assessment),
    ...result,
    context: {
      registration: registrationOf({ presentation, student }),
      contextActivities: { grouping: [presentationActivity(presentation), moduleActivity(presentation)] },
      ...(isBanked ? { extensions: { 'urn:cairn:carried-over': true } } : {}),
    },
    timestamp: timestampOf(dayOf(presentation, day)),
  };
};

const aboutPresentation = (
  enrolment: Enrolment,
  row: string,
  verb: keyof typeof VERBS,
  time: number,
  more: object = {},
): object => {
  const { presentation, student } = enrolment;
  const activity = presentationActivity(presentation);
  return {
    id: derivedUuid(`${row}|${nameOf(enrolment)}`, STATEMENTS),
    ...saying(verb, student),
    object: activity,
    context: {
      registration: registrationOf(enrolment),
      contextActivities: { grouping: [{ id: activity.id }, moduleActivity(presentation)] },
      ...more,
    },
    timestamp: timestampOf(time),
  };
};

const saying = (verb: keyof typeof VERBS, student: string): object => ({
  actor: { objectType: 'Agent', account: { homePage: HOME, name: student } },
  verb: { id: VERBS[verb], display: { en: verb } },
});

const nameOf = ({ presentation: { module, code }, student }: Enrolment): string =>
  `${module}|${code}|${student}`;

const registrationOf = (enrolment: Enrolment): string => derivedUuid(nameOf(enrolment), REGISTRATIONS);

const scoreOf = (score: number): object => ({ scaled: score / 100, raw: score, min: 0, max: 100 });

const presentationActivity = once(({ module, code, start, end }: Presentation) => ({
  id: `${HOME}modules/${encodeURIComponent(module)}/presentations/${code}`,
  definition: {
    name: { en: `${module} ${code}` },
    type: 'http://adlnet.gov/expapi/activities/course',
    extensions: { 'urn:cairn:start': timestampOf(start), 'urn:cairn:end': timestampOf(end) },
  },
}));

const moduleActivity = once(({ module }: Presentation): object => ({
  id: `${HOME}modules/${encodeURIComponent(module)}`,
  definition: { name: { en: module }, type: 'urn:cairn:type:program' },
}));

const assessmentActivity = once(({ id, kind, presentation, due }: Assessment): object => ({
  id: `${HOME}assessments/${encodeURIComponent(id)}`,
  definition: {
    name: { en: `${presentation.module} ${presentation.code} ${kind} ${id}` },
    type: 'http://adlnet.gov/expapi/activities/assessment',
    extensions: {
      'urn:cairn:kind': kind,
      ...(due === undefined ? {} : { 'urn:cairn:due': timestampOf(due) }),
    },
  },
}));
