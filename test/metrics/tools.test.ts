import { ADL, ADL_TYPE, activity, checkShapes, MENTOR, type Part, said, type ToolShape } from './facts-of.ts';

const CMI5 = 'https://w3id.org/xapi/cmi5';
const TINCAN = 'http://id.tincanapi.com';
const course = activity('course', `${ADL_TYPE}course`);
const ROOT = 'https://lms.example/course';
const interaction = (name: string): Part => ({
  id: `https://lms.example/${name}`,
  definition: {
    type: `${ADL_TYPE}cmi.interaction`,
    interactionType: 'choice',
    correctResponsesPattern: ['1'],
  },
});
const inCourse = { contextActivities: { parent: [course] } };

const AUTHORING: readonly ToolShape[] = [
  [
    'Storyline: the end of a course',
    said(`${ADL}passed`, {
      object: course,
      result: {
        completion: true,
        success: true,
        duration: 'PT4M12.5S',
        score: { raw: 80, min: 0, max: 100 },
      },
    }),
    ['completed', 'passed', 'submitted'],
    { scaled: 0.8, duration: 252_500, success: true, completion: true, root: ROOT },
  ],
  [
    'Storyline: a question',
    said(`${ADL}answered`, {
      object: interaction('course-q1'),
      result: { response: '1', success: true, duration: 'PT3S' },
      context: { contextActivities: { parent: course, grouping: activity('course-objective') } },
    }),
    ['answered'],
    { root: ROOT, response: '1', success: true },
  ],
  [
    'Storyline: a slide',
    said(`${ADL}experienced`, { object: activity('slide', `${ADL_TYPE}module`), context: inCourse }),
    ['experienced'],
    { root: ROOT, byOthers: false },
  ],
  [
    'Rise: progress',
    said(`${ADL}progressed`, {
      object: course,
      result: {
        extensions: { [`${CMI5}/result/extensions/progress`]: 40 },
        completion: false,
        duration: 'PT63.2S',
      },
    }),
    ['progressed'],
    { progress: 0.4, completion: false, duration: 63_200 },
  ],
  ['iSpring: suspended', said(`${ADL}suspended`, { object: course }), ['terminated']],
  [
    'H5P: a question within content says completion of itself',
    said(`${ADL}answered`, {
      object: {
        id: 'https://site/h5p/embed/7?subContentId=6d2f',
        definition: { interactionType: 'choice', correctResponsesPattern: ['1'] },
      },
      context: {
        contextActivities: {
          parent: [{ id: 'https://site/h5p/embed/7' }],
          category: [{ id: 'http://h5p.org/libraries/H5P.MultiChoice-1.16' }],
        },
      },
      result: {
        score: { min: 0, max: 1, raw: 1, scaled: 1 },
        completion: true,
        success: true,
        duration: 'PT5.37S',
        response: '1',
      },
    }),
    ['answered'],
    { scaled: 1, completion: true },
  ],
  [
    'H5P: a question that is all of the content',
    said(`${ADL}answered`, {
      object: interaction('h5p'),
      result: { score: { min: 0, max: 1, raw: 0, scaled: 0 }, completion: true, success: false },
    }),
    ['answered', 'completed', 'failed', 'submitted'],
    { scaled: 0 },
  ],
  ['H5P: interacted', said(`${ADL}interacted`), ['experienced']],
];

const PLATFORMS: readonly ToolShape[] = [
  [
    'Moodle: a course completed, without a result',
    said(`${ADL}completed`, { object: activity('course', `${CMI5}/activitytype/course`) }),
    ['completed'],
    { root: ROOT },
  ],
  [
    'Moodle: a quiz handed in',
    said(`${ADL}completed`, {
      object: activity('quiz', `${ADL_TYPE}assessment`),
      result: {
        score: { raw: 7, min: 0, max: 10, scaled: 0.7 },
        success: true,
        completion: true,
        duration: 'PT300S',
      },
      context: { contextActivities: { parent: [activity('attempt', `${ADL_TYPE}attempt`), course] } },
    }),
    ['completed', 'passed', 'submitted'],
    { root: ROOT, scaled: 0.7 },
  ],
  [
    'Moodle: graded by a teacher',
    said(`${ADL}scored`, { result: { score: { scaled: 0.5 } }, context: { instructor: MENTOR } }),
    ['submitted'],
    { byOthers: true, scaled: 0.5 },
  ],
  ['Moodle: a quiz review', said('http://activitystrea.ms/schema/1.0/receive'), ['reviewed']],
  [
    'Open edX: a problem attempted in the browser',
    said(`${ADL}attempted`, { object: interaction('p'), context: inCourse }),
    ['started'],
  ],
  [
    'Open edX: a problem evaluated',
    said('https://w3id.org/xapi/acrossx/verbs/evaluated', {
      object: {
        id: 'https://lms.example/p',
        definition: {
          type: `${ADL_TYPE}cmi.interaction`,
          extensions: { [`${TINCAN}/extension/attempt-id`]: 3 },
        },
      },
      result: { response: '["a"]', success: false, score: { scaled: 0, raw: 0, min: 0, max: 2 } },
      context: inCourse,
    }),
    ['answered'],
    { session: '3', root: ROOT, success: false },
  ],
  ['Open edX: passed a course, without a result', said(`${ADL}passed`, { object: course }), ['passed']],
  [
    'Open edX: all blocks complete',
    said(`${ADL}progressed`, {
      object: course,
      result: { completion: true, extensions: { [`${CMI5}/result/extensions/progress`]: 100.0 } },
    }),
    ['completed', 'progressed'],
    { progress: 1 },
  ],
  [
    'Open edX: a grade',
    said(`${TINCAN}/verb/earned`, { object: course, result: { score: { scaled: 0.8 } } }),
    ['submitted'],
    { byOthers: true },
  ],
  ['Open edX: enrolled', said(`${ADL}registered`, { object: course }), ['registered'], { byOthers: true }],
  ['Open edX: left', said(`${TINCAN}/verb/unregistered`, { object: course }), ['withdrawn']],
  [
    'Open edX: weight 0',
    said('https://w3id.org/xapi/acrossx/verbs/evaluated', {
      result: { score: { raw: 0, min: 0, max: 0, scaled: 0 } },
    }),
    ['submitted'],
    { isUnscaled: true },
  ],
];

describe('what authoring tools send', () => checkShapes(AUTHORING));

describe('what learning platforms send', () => checkShapes(PLATFORMS));
