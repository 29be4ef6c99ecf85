import { END, iso } from './calendar.mjs';
import {
  APPLYING,
  ATTENDING,
  COURSES,
  completedBy,
  DEPARTMENTS,
  DUE_DAYS,
  everCompletes,
  MEMORY,
  QUALIFYING,
  REPORTS,
  recall,
  SCORES,
  WORKSHOP,
} from './model.mjs';
import { DECK } from './quiz.mjs';
import { courseIri, PLACES, skillIri } from './vocabulary.mjs';

/**
 * A question and its true answer, a parameter of the model and not what happened to be drawn. All are closed forms of
 * model.mjs: what persons have in common (their traits) leaves every marginal distribution as it is planted.
 * @typedef {object} Truth
 * @property {string} id
 * @property {string} question
 * @property {string} metric
 * @property {Record<string, any>} params
 * @property {object} [filters] as in a query
 * @property {string} [dimension]
 * @property {string | readonly [string, string]} [group] of two groups: the first minus the second
 * @property {number} value
 */

const rounded = (value) => Math.round(value * 1e6) / 1e6;
const middle = ([low, high]) => (low + high) / 2;
const among = (dim, values) => ({ dim, op: 'in', values });
const courses = (ids) => among('course', ids.map(courseIri));
const skills = (ids) => among('skill', ids.map(skillIri));
const MANDATORY = courses(Object.keys(COURSES));

const byDepartment = Object.keys(DEPARTMENTS).flatMap((department) => [
  {
    id: `completion-${department}`,
    question: `How many of ${department} complete a course within 30 days of its assignment?`,
    metric: 'completion.rate',
    params: { window: 'P30D', start: 'assigned', waived: 'excluded' },
    filters: MANDATORY,
    dimension: 'department',
    group: department,
    value: DEPARTMENTS[department].completes,
  },
  {
    id: `on-time-${department}`,
    question: `How many of ${department} complete a course until it is due?`,
    metric: 'completion.on_time',
    params: { waived: 'excluded' },
    filters: MANDATORY,
    dimension: 'department',
    group: department,
    value: everCompletes(department) * completedBy(DUE_DAYS),
  },
  {
    id: `currency-${department}`,
    question: `How many of ${department} have a valid certificate of data protection at the end of the year?`,
    metric: 'compliance.currency',
    params: { asOf: iso(END - 1), requirement: 'https://hr.example/requirements/data-protection' },
    dimension: 'department',
    group: department,
    // The first campaign has expired by then; the second was for all who are there, and is over.
    value: everCompletes(department),
  },
]);

const byCourse = Object.entries(COURSES).flatMap(([course, { passes, name }]) => [
  {
    id: `first-attempt-${course}`,
    question: `How many pass the test of ${name} at the first attempt?`,
    metric: 'success.first_attempt',
    params: { grain: 'registration' },
    filters: courses([course]),
    dimension: 'course',
    group: courseIri(course),
    value: passes,
  },
  {
    id: `score-${course}`,
    question: `What is the mean score of first attempts at ${name}?`,
    metric: 'assessment.score',
    params: { attempt: 'first', statistic: 'mean' },
    filters: courses([course]),
    dimension: 'course',
    group: courseIri(course),
    value: (1 - passes) * middle(SCORES.failed) + passes * middle(SCORES.passed),
  },
]);

const channel = {
  id: 'phone-against-lms',
  question: 'Do more people complete a course on the phone than in the LMS?',
  metric: 'completion.rate',
  params: { window: 'P30D', start: 'assigned', waived: 'excluded' },
  filters: courses(Object.keys(COURSES).filter((course) => COURSES[course].phone)),
  dimension: 'platform',
  group: ['Hartwerk Go', 'Hartwerk Academy'],
  value: 0,
};

const allHazards = QUALIFYING.reaches + QUALIFYING.leaves;
const reachedShare = QUALIFYING.reaches / allHazards;
const PATH = {
  origin: 'assigned',
  criterion: { skill: skillIri('press-operation'), level: 2 },
  competing: ['withdrawn'],
};

const competency = [
  ...[30, 60, 90].map((days) => ({
    id: `competent-by-${days}`,
    question: `How many can operate a press ${days} days after they were assigned the qualification?`,
    metric: 'competency.time',
    params: { ...PATH, statistic: 'cif', at: `P${days}D` },
    value: reachedShare * (1 - Math.exp(-allHazards * days)),
  })),
  {
    id: 'competent-median',
    question: 'After how many days can half of them?',
    metric: 'competency.time',
    params: { ...PATH, statistic: 'cif_median', unit: 'day' },
    value: -Math.log(1 - 0.5 / reachedShare) / allHazards,
  },
];

const DAILY = { filters: among('course', [DECK.id]) };
const ITEM = { grain: 'item' };
const memory = [
  ...[7, 30, 90].map((days) => ({
    id: `retention-${days}`,
    question: `How much is still known ${days} days after it was last right?`,
    metric: 'retention.rate_at',
    params: { ...ITEM, at: `P${days}D`, tolerance: 0.3 },
    ...DAILY,
    value: recall(days),
  })),
  ...Object.entries({ m: MEMORY.m, a: MEMORY.a }).map(([parameter, value]) => ({
    id: `retention-${parameter}`,
    question: `What is ${parameter} of the power curve R = m (1 + d)^-a, d in days?`,
    metric: 'retention.curve',
    params: { ...ITEM, model: 'power-with-offset', unit: 'day', loss: 'likelihood', parameter },
    ...DAILY,
    value,
  })),
  {
    id: 'retention-assembly-against-warehouse',
    question: 'Does Assembly remember better than Warehouse after 30 days?',
    metric: 'retention.rate_at',
    params: { ...ITEM, at: 'P30D', tolerance: 0.3 },
    ...DAILY,
    dimension: 'department',
    group: ['Assembly', 'Warehouse'],
    value: 0,
  },
];

const WITHIN_60 = { window: 'P60D', minEvidence: 'E2' };
const VR_SKILLS = { filters: skills(['loto', 'forklift']) };
const PRACTISED = ['practised', 'not practised'];
const { vr, plain, practises } = APPLYING;
const application = [
  { id: 'application', value: practises * vr + (1 - practises) * plain },
  { id: 'application-after-vr', dimension: 'practised', group: PRACTISED[0], value: vr },
  { id: 'application-without-vr', dimension: 'practised', group: PRACTISED[1], value: plain },
  { id: 'application-vr-effect', dimension: 'practised', group: PRACTISED, value: vr - plain },
  {
    id: 'application-first-aid',
    filters: skills(['first-aid']),
    value: COURSES['first-aid'].applies,
  },
].map((entry) => ({
  question: 'How many were seen to use the skill at work within 60 days of the training?',
  metric: 'application.rate',
  params: WITHIN_60,
  ...VR_SKILLS,
  ...entry,
}));

const others = [
  {
    id: 'attendance',
    question: 'How many of those who were expected, and not excused, attended?',
    metric: 'attendance.rate',
    params: { excused: 'excluded' },
    value: (1 - ATTENDING.missed - ATTENDING.excused) / (1 - ATTENDING.excused),
  },
  {
    id: 'no-show',
    question: 'How many of all who were expected did not come and were not excused?',
    metric: 'attendance.no_show',
    params: { excused: 'included' },
    value: ATTENDING.missed,
  },
  {
    id: 'late-reports',
    question: 'How many toolbox reports are handed in late?',
    metric: 'submissions.late',
    params: {},
    filters: among('course', [`${PLACES.lms}/toolbox`]),
    value: REPORTS.late,
  },
  {
    id: 'workshop-gain',
    question: 'How much better is the test after the lifting workshop than the one before it?',
    metric: 'assessment.gain',
    params: { pre: `${courseIri('safe-lifting')}/pre-test`, post: `${courseIri('safe-lifting')}/post-test` },
    value: middle(WORKSHOP.gain),
  },
];

/** @type {readonly Truth[]} */
export const TRUTH = [
  ...byDepartment,
  ...byCourse,
  channel,
  ...competency,
  ...memory,
  ...application,
  ...others,
].map(({ value, ...entry }) => ({ ...entry, value: rounded(value) }));
