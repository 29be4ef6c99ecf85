import { FIRST, iso } from './calendar.mjs';
import { COURSES } from './model.mjs';
import { DECK } from './quiz.mjs';
import { AS_OF } from './truth.mjs';
import { courseIri, skillIri } from './vocabulary.mjs';

const among = (dim, values) => ({ dim, op: 'in', values });
const MANDATORY = among('course', Object.keys(COURSES).map(courseIri));
/** What an enrolment has come to that is not done. */
const OPEN = among('outcome', ['started', 'failed', 'open']);

const asked = (id, as, params = {}) => ({ id, params, as });

/**
 * What people ask of a year of learning: a question, how Cairn is asked it, and which planted truths answer it.
 * @type {readonly { name: string, question: string, query: object, planted: readonly string[] }[]}
 */
export const QUESTIONS = [
  {
    name: 'in-time',
    question: 'Who completes mandatory courses in time?',
    query: {
      metrics: [asked('completion.rate', 'until due', { window: 'due' })],
      dimensions: ['department'],
      filters: MANDATORY,
    },
    planted: ['Assembly', 'Maintenance', 'Office', 'Quality', 'Warehouse'].map((name) => `on-time-${name}`),
  },
  {
    name: 'remembered',
    question: 'What is still known after 7, 30 and 90 days?',
    query: {
      metrics: [7, 30, 90].map((day) => asked('retention.rate_at', `${day} days`, { day })),
      filters: among('course', [DECK.id]),
      totals: false,
    },
    planted: [7, 30, 90].map((day) => `retention-${day}`),
  },
  {
    name: 'at-work',
    question: 'Who is seen to use it at work within 60 days, with and without practice in VR?',
    query: {
      metrics: [asked('application.rate', 'used at work', { window: 60 })],
      dimensions: ['practised'],
      filters: among('skill', ['loto', 'forklift'].map(skillIri)),
    },
    planted: ['application-without-vr', 'application-after-vr'],
  },
  {
    name: 'overdue',
    question: 'Who is overdue?',
    query: {
      metrics: [asked('enrolments.count', 'overdue courses')],
      dimensions: ['person', 'department.now'],
      time: { by: 'due', range: [iso(FIRST), AS_OF] },
      filters: { and: [MANDATORY, OPEN, among('employed.now', ['employed'])] },
      order: [['overdue courses', 'desc']],
      page: { limit: 5 },
    },
    planted: [],
  },
  {
    name: 'competent',
    question: 'How many days does it take until half of them can operate a press?',
    query: {
      metrics: [
        asked('competency.time', 'days', { criterion: { skill: skillIri('press-operation'), level: 2 } }),
      ],
      filters: among('course', [courseIri('operator-qualification')]),
      totals: false,
    },
    planted: ['competent-median'],
  },
].map(({ query, ...rest }) => ({ ...rest, query: { ...query, asOf: AS_OF } }));
