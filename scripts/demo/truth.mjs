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
import { courseIri, PLACES, PLATFORMS, skillIri } from './vocabulary.mjs';

/**
 * A question and its true answer, a parameter of the model and not what happened to be drawn. All are closed forms of
 * model.mjs: what persons have in common (their traits) leaves every marginal distribution as it is planted.
 * @typedef {object} Truth
 * @property {string} id
 * @property {string} question
 * @property {string} metric of Cairn's catalogue
 * @property {Record<string, any>} params
 * @property {object} [filters] as in a query
 * @property {string} [dimension]
 * @property {string | boolean | readonly [string, string] | readonly [boolean, boolean]} [group] of two groups: the
 *   first minus the second
 * @property {{ day: number } | 'start' | 'curve'} [reads] what of the cell it is, if it is not its value: the incidence
 *   on a day, where the fitted curve starts, or all of that curve, of which `value` is the exponent
 * @property {number} value
 */

/** When the questions are asked. */
export const AS_OF = iso(END);

const rounded = (value) => Math.round(value * 1e6) / 1e6;
const middle = ([low, high]) => (low + high) / 2;
const among = (dim, values) => ({ dim, op: 'in', values });
const courses = (ids) => among('course', ids.map(courseIri));
const skills = (ids) => among('skill', ids.map(skillIri));
const test = (course) => `${courseIri(course)}/au/test`;
const MANDATORY = courses(Object.keys(COURSES));

const byDepartment = Object.keys(DEPARTMENTS).flatMap((department) => [
  {
    id: `completion-${department}`,
    question: `How many of ${department} complete a course within 30 days of its assignment?`,
    metric: 'completion.rate',
    params: { window: 30 },
    filters: MANDATORY,
    dimension: 'department',
    group: department,
    value: DEPARTMENTS[department].completes,
  },
  {
    id: `on-time-${department}`,
    question: `How many of ${department} complete a course until it is due?`,
    metric: 'completion.rate',
    params: { window: 'due' },
    filters: MANDATORY,
    dimension: 'department',
    group: department,
    value: everCompletes(department) * completedBy(DUE_DAYS),
  },
  {
    id: `currency-${department}`,
    question: `How many of ${department} have data protection at the end of the year, and not so long ago that it does not hold any more?`,
    metric: 'skill.coverage',
    params: {},
    filters: skills(['data-protection']),
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
    metric: 'assessment.first_time_pass',
    params: {},
    dimension: 'activity',
    group: test(course),
    value: passes,
  },
  {
    id: `score-${course}`,
    question: `What is the mean score of first attempts at ${name}?`,
    metric: 'assessment.score',
    params: { unit: 'scaled' },
    filters: among('first', [true]),
    dimension: 'activity',
    group: test(course),
    value: (1 - passes) * middle(SCORES.failed) + passes * middle(SCORES.passed),
  },
]);

const channel = {
  id: 'phone-against-lms',
  question: 'Do more people complete a course on the phone than in the LMS?',
  metric: 'completion.rate',
  params: { window: 30 },
  filters: courses(Object.keys(COURSES).filter((course) => COURSES[course].phone)),
  dimension: 'platform',
  group: [PLATFORMS.phone, PLATFORMS.lms],
  value: 0,
};

const allHazards = QUALIFYING.reaches + QUALIFYING.leaves;
const reachedShare = QUALIFYING.reaches / allHazards;
const PATH = {
  metric: 'competency.time',
  params: { criterion: { skill: skillIri('press-operation'), level: 2 } },
  filters: courses(['operator-qualification']),
};

const competency = [
  ...[30, 60, 90].map((day) => ({
    id: `competent-by-${day}`,
    question: `How many can operate a press ${day} days after they were assigned the qualification?`,
    ...PATH,
    reads: { day },
    value: reachedShare * (1 - Math.exp(-allHazards * day)),
  })),
  {
    id: 'competent-median',
    question: 'After how many days can half of them?',
    ...PATH,
    value: -Math.log(1 - 0.5 / reachedShare) / allHazards,
  },
];

const DAILY = { filters: among('course', [DECK.id]) };
const AFTER_A_MONTH = { metric: 'retention.rate_at', params: { day: 30 }, ...DAILY };
const CURVE = { metric: 'retention.curve', params: {}, ...DAILY };
const memory = [
  ...[7, 30, 90].map((day) => ({
    id: `retention-${day}`,
    question: `How much is still known ${day} days after it was last right?`,
    ...AFTER_A_MONTH,
    params: { day },
    value: recall(day),
  })),
  {
    id: 'retention-m',
    question: 'What is m of the power curve R = m (1 + d)^-a, d in days: how much is known at once?',
    ...CURVE,
    reads: 'start',
    value: MEMORY.m,
  },
  {
    id: 'retention-a',
    question: 'What is a, how fast it is forgotten?',
    ...CURVE,
    reads: 'curve',
    value: MEMORY.a,
  },
  {
    id: 'retention-assembly-against-warehouse',
    question: 'Does Assembly remember better than Warehouse after 30 days?',
    ...AFTER_A_MONTH,
    dimension: 'department',
    group: ['Assembly', 'Warehouse'],
    value: 0,
  },
];

const VR_SKILLS = { filters: skills(['loto', 'forklift']) };
const { vr, plain, practises } = APPLYING;
const application = [
  { id: 'application', value: practises * vr + (1 - practises) * plain },
  { id: 'application-after-vr', dimension: 'practised', group: true, value: vr },
  { id: 'application-without-vr', dimension: 'practised', group: false, value: plain },
  { id: 'application-vr-effect', dimension: 'practised', group: [true, false], value: vr - plain },
  {
    id: 'application-first-aid',
    filters: skills(['first-aid']),
    value: COURSES['first-aid'].applies,
  },
].map((entry) => ({
  question: 'How many were seen to use the skill at work within 60 days of the training?',
  metric: 'application.rate',
  params: { window: 60 },
  ...VR_SKILLS,
  ...entry,
}));

const NO_SHOW = ATTENDING.missed / (1 - ATTENDING.excused);
const others = [
  {
    id: 'attendance',
    question: 'How many of those who were expected, and not excused, attended?',
    metric: 'attendance.rate',
    params: {},
    value: 1 - NO_SHOW,
  },
  {
    id: 'no-show',
    question: 'How many of those who were expected, and not excused, did not come?',
    metric: 'attendance.no_show',
    params: {},
    value: NO_SHOW,
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
    metric: 'learning.gain',
    params: { pre: 'pretest', post: 'posttest' },
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
