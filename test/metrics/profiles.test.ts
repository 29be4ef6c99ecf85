import { ADL, ADL_TYPE, activity, checkShapes, ISD, said, type ToolShape } from './facts-of.ts';

const VIDEO = 'https://w3id.org/xapi/video';
const CMI5 = 'https://w3id.org/xapi/cmi5';
const TINCAN = 'http://id.tincanapi.com';
const TLA = 'https://w3id.org/xapi/tla';
const course = activity('course', `${ADL_TYPE}course`);
const ROOT = 'https://lms.example/course';
const REGISTRATION = 'ABCDEF00-0000-4000-8000-000000000001';
const cmi5 = {
  registration: REGISTRATION,
  contextActivities: {
    category: [{ id: `${CMI5}/context/categories/cmi5` }, { id: `${CMI5}/context/categories/moveon` }],
    grouping: [{ id: 'https://publisher.example/au' }],
  },
  extensions: { [`${CMI5}/context/extensions/sessionid`]: 'session-1' },
};
const video = {
  object: activity('clip', `${VIDEO}/activity-type/video`),
  context: {
    contextActivities: { category: [{ id: VIDEO }], parent: [course] },
    extensions: { [`${VIDEO}/extensions/session-id`]: 'abb32c5b' },
  },
};

const PROFILES: readonly ToolShape[] = [
  [
    'cmi5: passed',
    said(`${ADL}passed`, {
      context: cmi5,
      result: { score: { scaled: 0.9 }, success: true, duration: 'PT12M' },
    }),
    ['passed', 'submitted'],
    { session: 'session-1', registration: REGISTRATION.toLowerCase() },
  ],
  [
    'cmi5: completed',
    said(`${ADL}completed`, { context: cmi5, result: { completion: true, duration: 'PT12M' } }),
    ['completed'],
  ],
  [
    'cmi5: satisfied, said by the LMS of a course',
    said('https://w3id.org/xapi/adl/verbs/satisfied', {
      object: activity('course', `${CMI5}/activitytype/course`),
    }),
    ['satisfied'],
    { byOthers: true, root: ROOT },
  ],
  [
    'cmi5: waived is neither completed nor passed',
    said('https://w3id.org/xapi/adl/verbs/waived', { result: { completion: true, success: true } }),
    ['waived'],
    { byOthers: true },
  ],
  ['cmi5: abandoned', said('https://w3id.org/xapi/adl/verbs/abandoned'), ['abandoned'], { byOthers: true }],
  ['cmi5: launched', said(`${ADL}launched`), ['launched']],
  ['cmi5: terminated', said(`${ADL}terminated`, { result: { duration: 'PT1H' } }), ['terminated']],
  [
    'SCORM: an attempt named by grouping',
    said(`${ADL}scored`, {
      context: { contextActivities: { grouping: [activity('attempt-2', `${ADL_TYPE}attempt`), course] } },
      result: { score: { raw: 5, max: 10 } },
    }),
    ['submitted'],
    { session: 'https://lms.example/attempt-2', root: ROOT, scaled: 0.5 },
  ],
  [
    'video: paused',
    said(`${VIDEO}/verbs/paused`, {
      ...video,
      result: { extensions: { [`${VIDEO}/extensions/progress`]: 0.472 } },
    }),
    ['experienced', 'progressed'],
    { progress: 0.472, session: 'abb32c5b', root: ROOT },
  ],
  ['video: seeked', said(`${VIDEO}/verbs/seeked`, video), ['experienced']],
  [
    'video: completed',
    said(`${ADL}completed`, {
      ...video,
      result: { completion: true, duration: 'PT60S', extensions: { [`${VIDEO}/extensions/progress`]: 1 } },
    }),
    ['completed'],
    { progress: 1 },
  ],
  ['TinCan: viewed', said(`${TINCAN}/verb/viewed`), ['experienced']],
  ['TinCan: a rating', said(`${TINCAN}/verb/rated`), ['shared']],
  ['TinCan: earned a badge', said(`${TINCAN}/verb/earned`), ['certified'], { byOthers: true }],
  ['acrossx: searched', said('https://w3id.org/xapi/acrossx/verbs/searched'), ['searched']],
  [
    'acrossx: assigned, with the due date of TLA',
    said('https://w3id.org/xapi/acrossx/verbs/was-assigned', {
      context: { extensions: { [`${TLA}/extensions/due_date`]: '2026-04-01T12:00:00Z' } },
    }),
    ['assigned'],
    { byOthers: true, due: Date.UTC(2026, 3, 1, 12) },
  ],
  [
    'acrossx: assigned at work is an opportunity',
    said('https://w3id.org/xapi/acrossx/verbs/was-assigned', {
      object: activity('t', `${TINCAN}/activitytype/checklist`),
    }),
    ['assigned', 'opportunity'],
  ],
  [
    'TLA: a competency asserted',
    said(`${TLA}/verbs/asserted`, {
      object: activity('skill', `${TLA}/activity-types/competency`),
      context: {
        extensions: {
          [`${TLA}/extensions/confidence`]: 0.8,
          [`${TLA}/extensions/expiration`]: '2027-01-01',
          'urn:cairn:level': 3,
        },
      },
    }),
    ['asserted'],
    {
      skills: ['https://lms.example/skill'],
      confidence: 0.8,
      level: 3,
      validUntil: Date.UTC(2027, 0, 2) - 1,
      byOthers: true,
    },
  ],
  [
    'TLA: mastered a competency',
    said(`${TLA}/verbs/mastered`, { object: activity('skill', `${TLA}/activity-types/competency`) }),
    ['asserted', 'passed'],
  ],
  ['TLA: forfeited', said(`${TLA}/verbs/forfeited`), ['revoked'], { byOthers: true }],
  [
    'Open Badges: earned, with the end of the badge',
    said('http://specification.openbadges.org/xapi/verbs/earned', {
      result: {
        extensions: {
          'http://specification.openbadges.org/xapi/extensions/badgeassertion': {
            expires: '2027-03-02T00:00:00Z',
          },
        },
      },
    }),
    ['certified'],
    { validUntil: Date.UTC(2027, 2, 2) },
  ],
  [
    'Activity Streams, the newer spelling',
    said('http://activitystrea.ms/join', { object: activity('m', `${ADL_TYPE}meeting`) }),
    ['attended'],
  ],
  [
    'Activity Streams, the older spelling',
    said('http://activitystrea.ms/schema/1.0/complete'),
    ['completed'],
  ],
  [
    'a meeting completed was attended',
    said(`${ADL}completed`, { object: activity('m', `${ADL_TYPE}meeting`) }),
    ['attended', 'completed'],
  ],
  [
    'serious games: in a level',
    said('https://w3id.org/xapi/seriousgames/verbs/pressed', {
      object: activity('l', 'https://w3id.org/xapi/seriousgames/activity-types/level'),
    }),
    ['experienced', 'practised'],
  ],
  ['dod-isd: navigated', said(`${ISD}navigated`), ['experienced']],
  ['known, and nothing', said('https://w3id.org/xapi/adl/verbs/logged-in'), []],
  [
    'OULAD: a banked score',
    said(`${ADL}scored`, {
      object: activity('assessment', `${ADL_TYPE}assessment`, {
        'urn:cairn:kind': 'TMA',
        'urn:cairn:due': '2014-10-20T00:00:00Z',
      }),
      result: { score: { scaled: 0.78, raw: 78, min: 0, max: 100 } },
      context: {
        contextActivities: {
          grouping: [
            activity('module', 'urn:cairn:type:program'),
            activity('course', `${ADL_TYPE}course`, {
              'urn:cairn:start': '2014-10-01',
              'urn:cairn:end': '2015-06-27',
            }),
          ],
        },
        extensions: { 'urn:cairn:carried-over': true },
      },
    }),
    ['submitted'],
    {
      isCarriedOver: true,
      scaled: 0.78,
      program: 'https://lms.example/module',
      root: ROOT,
      described: [
        {
          id: 'https://lms.example/assessment',
          type: `${ADL_TYPE}assessment`,
          kind: 'TMA',
          due: Date.UTC(2014, 9, 20),
        },
        { id: 'https://lms.example/module', type: 'urn:cairn:type:program' },
        {
          id: ROOT,
          type: `${ADL_TYPE}course`,
          start: Date.UTC(2014, 9, 1),
          end: Date.UTC(2015, 5, 28) - 1,
        },
      ],
    },
  ],
  [
    'OULAD: withdrawn, when is not known',
    said(`${TINCAN}/verb/unregistered`, {
      object: course,
      context: { extensions: { 'urn:cairn:date-unknown': true } },
    }),
    ['withdrawn'],
    { isDateUnknown: true, byOthers: true },
  ],
];

describe('what profiles describe', () => checkShapes(PROFILES));
