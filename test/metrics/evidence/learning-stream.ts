import { personAt, type Said, said, voidingOf } from './said.ts';

/** Learners of a small academy in the first half of 2025: what their tools and teachers tell of them. */

const TYPE = 'http://adlnet.gov/expapi/activities/';
const ADL = 'http://adlnet.gov/expapi/verbs/';
const W3ID = 'https://w3id.org/xapi/adl/verbs/';
const TLA = 'https://w3id.org/xapi/tla/verbs/';
const CAIRN = 'urn:cairn:verb:';

const activity = (name: string, type?: string, extensions?: object) => ({
  id: `https://academy.example/${name}`,
  ...(type === undefined && extensions === undefined
    ? {}
    : { definition: { ...(type === undefined ? {} : { type }), ...(extensions ? { extensions } : {}) } }),
});
const PROGRAM = activity('programme', 'urn:cairn:type:program');
const COURSE_A = activity('course-a', `${TYPE}course`);
export const COURSE_B = activity('course-b', `${TYPE}course`);
/** A course of which the installation says how it is made. */
export const COURSE_C = activity('course-c', `${TYPE}course`);
export const [UNIT_1, UNIT_2] = [activity('course-c/1'), activity('course-c/2')];
const QUIZ = activity('quiz', `${TYPE}assessment`, {
  'urn:cairn:kind': 'Quiz',
  'urn:cairn:due': '2025-03-01T00:00:00Z',
});
const PRETEST = activity('pretest', `${TYPE}assessment`, { 'urn:cairn:kind': 'pretest' });
const POSTTEST = activity('posttest', `${TYPE}assessment`, { 'urn:cairn:kind': 'posttest' });
const WEBINAR = activity('webinar', `${TYPE}meeting`);
const SKILL = activity('skills/welding', 'https://w3id.org/xapi/tla/activity-types/competency');
export const SKILL_ID = SKILL.id;
const item = (name: string) => activity(`items/${name}`, `${TYPE}question`);

const inCourse = (course: object) => ({ contextActivities: { grouping: [course] } });
const inProgram = inCourse(PROGRAM);
const LEARNERS = Array.from({ length: 30 }, (_, at) => at);

/** One registration for every second learner; the others have none. */
const registered = (at: number): object =>
  at % 2 === 0 ? {} : { registration: `00000000-0000-4000-9000-${String(at).padStart(12, '0')}` };

/** Some statement, of every so manieth learner. */
const every = (at: number, size: number, rest: number, make: () => Said): readonly Said[] =>
  at % size === rest ? [make()] : [];

const courseA = LEARNERS.flatMap((at): Said[] => {
  const context = { ...inProgram, ...registered(at) };
  const tell = (verb: string, day: number, more: object = {}) =>
    said(at, verb, COURSE_A, day, { context, ...more });
  const verdict = (verb: string) => () => tell(`${ADL}${verb}`, at + 12);
  return [
    tell(`${ADL}registered`, at),
    tell(`${ADL}${at % 6 === 5 ? 'launched' : 'initialized'}`, at + 1),
    ...every(at, 4, 0, () =>
      tell(`${ADL}terminated`, at + 1.1, { result: { duration: at === 4 ? 'PT9H' : 'PT1H30M' } }),
    ),
    // Tells of time that the end of the session tells already.
    ...every(at, 8, 0, () => tell(`${ADL}experienced`, at + 1.05, { result: { duration: 'PT45M' } })),
    ...every(at, 3, 0, () => tell(`${ADL}completed`, at + 10)),
    ...every(at, 6, 1, () => tell(`${ADL}completed`, at + 10, { result: { completion: false } })),
    ...every(at, 6, 0, verdict('passed')),
    ...every(at, 6, 3, verdict('failed')),
    ...every(at, 7, 4, () => tell('http://id.tincanapi.com/verb/unregistered', at + 5)),
    ...every(at, 12, 8, () => tell(`${W3ID}waived`, at + 3)),
    ...every(at, 30, 15, () => tell(`${TLA}revoked`, 60)),
  ];
});

const courseB = LEARNERS.slice(0, 20).flatMap((at): Said[] => {
  const tell = (verb: string, day: number, extensions?: object) =>
    said(at, verb, COURSE_B, day, { context: { ...inProgram, ...(extensions ? { extensions } : {}) } });
  return [
    tell(`${ADL}registered`, 60 + at, {
      'urn:cairn:due': new Date(Date.UTC(2025, 0, 81 + at)).toISOString(),
    }),
    ...(at % 3 === 0 ? [tell(`${ADL}completed`, 75 + at)] : []),
    ...(at % 3 === 1 ? [tell(`${ADL}completed`, 95 + at)] : []),
  ];
});

const courseC = LEARNERS.slice(0, 8).flatMap((at): Said[] => {
  const tell = (verb: string, object: object, day: number) =>
    said(at, verb, object, day, { context: inCourse(COURSE_C) });
  return [
    said(at, `${ADL}registered`, COURSE_C, 20 + at),
    tell(`${ADL}completed`, UNIT_1, 25 + at),
    ...(at % 2 === 0 ? [tell(`${ADL}passed`, UNIT_1, 26 + at)] : []),
    ...(at % 4 < 2 ? [tell(`${ADL}completed`, UNIT_2, 30 + at)] : []),
    ...(at === 6 ? [tell(`${W3ID}waived`, UNIT_2, 31)] : []),
    // Says so itself, but that is not how the course is made.
    ...(at === 7 ? [said(at, `${ADL}completed`, COURSE_C, 40)] : []),
  ];
});

const score = (scaled: number, more: object = {}) => ({ score: { scaled }, ...more });

const quizzes = LEARNERS.slice(0, 26).flatMap((at): Said[] => {
  const context = { ...inCourse(COURSE_A), ...registered(at) };
  const tell = (verb: string, day: number, result: object, more: object = {}) =>
    said(at, verb, QUIZ, day, { context: { ...context, ...more }, result });
  const first = at % 3 === 0 ? 0.9 : 0.3 + at / 100;
  return [
    tell(`${ADL}${at % 3 === 0 ? 'passed' : 'failed'}`, 40 + at, score(first)),
    ...(at % 3 === 1 ? [tell(`${ADL}passed`, 50 + at, score(0.75))] : []),
    ...(at === 5 ? [tell(`${ADL}failed`, 52, score(0.4)), tell(`${ADL}passed`, 53, score(0.82))] : []),
    ...(at === 11 ? [tell(`${TLA}scored`, 70, { score: { raw: 12 } })] : []),
    ...(at === 14
      ? [tell(`${TLA}scored`, 72, score(0.66), { extensions: { 'urn:cairn:carried-over': true } })]
      : []),
  ];
});

const gains = LEARNERS.slice(0, 8).flatMap((at): Said[] => [
  said(at, `${TLA}scored`, PRETEST, 5, { result: score(0.2 + at / 50) }),
  ...(at < 6 ? [said(at, `${TLA}scored`, POSTTEST, 65, { result: score(0.6 + at / 25) })] : []),
]);

/** Questions of one test, answered once or twice, and again after a week. */
const items = LEARNERS.slice(0, 18).flatMap((at): Said[] => {
  const answer = (name: string, day: number, success: boolean, response: string, more: object = {}) =>
    said(at, `${ADL}answered`, item(name), day, { result: { success, response, ...more } });
  return [
    answer('1', 100, at % 2 === 0, at % 2 === 0 ? 'b' : 'c', { duration: 'PT1M' }),
    ...(at % 2 === 0 ? [answer('1', 107, at % 4 === 0, at % 4 === 0 ? 'b' : 'a')] : []),
    ...(at === 2 ? [answer('1', 109, true, 'b')] : []),
    ...(at < 4 ? [answer('2', 100.01, true, 'a'), answer('2', 100.03, at !== 3, 'a')] : []),
    ...(at === 5 ? [answer('1', 100.5, true, 'b')] : []),
  ];
});

const events = LEARNERS.slice(0, 15).flatMap((at): Said[] => [
  said(at, 'https://w3id.org/xapi/acrossx/verbs/was-assigned', WEBINAR, 30),
  ...(at < 4 ? [said(at, `${ADL}attended`, WEBINAR, 33)] : []),
  ...(at > 3 && at < 7 ? [said(at, `${CAIRN}missed`, WEBINAR, 33)] : []),
  ...(at === 6 ? [said(at, `${W3ID}waived`, WEBINAR, 32)] : []),
]);

const aboutSkill = { contextActivities: { category: [SKILL] } };
const TASK = activity('task', `${TYPE}performance`);
const skills = LEARNERS.slice(0, 10).flatMap((at): Said[] => {
  const mentor = personAt(29);
  return [
    said(at, `${ADL}passed`, activity('welding-test'), 80 + at, {
      context: at < 3 ? { ...aboutSkill, extensions: { 'urn:cairn:level': 2 } } : aboutSkill,
    }),
    ...(at % 3 === 0
      ? [
          said(at, 'https://w3id.org/xapi/dod-isd/verbs/performed', TASK, 100 + at, {
            context: { ...aboutSkill, instructor: mentor },
          }),
        ]
      : []),
    // Reports of themselves do not count.
    ...(at % 3 === 1
      ? [
          said(at, 'https://w3id.org/xapi/dod-isd/verbs/performed', TASK, 100 + at, {
            context: { ...aboutSkill, instructor: personAt(at) },
          }),
        ]
      : []),
    // Before it was trained.
    ...(at === 6
      ? [
          said(at, 'https://w3id.org/xapi/dod-isd/verbs/performed', TASK, 70, {
            context: { ...aboutSkill, instructor: mentor },
          }),
        ]
      : []),
  ];
});

const others: readonly Said[] = [
  said(1, 'https://odd.example/verbs/pondered', activity('thought'), 15),
  said(2, 'https://odd.example/verbs/pondered', activity('thought'), 15.5),
  // The same twice, within a second.
  said(3, `${ADL}experienced`, activity('page'), 16),
  said(3, `${ADL}experienced`, activity('page'), 16),
  // A group that has a name is a team, and one without has members.
  {
    ...said(0, `${ADL}registered`, COURSE_A, 3),
    actor: {
      objectType: 'Group',
      name: 'Night shift',
      account: { homePage: 'https://hr.example', name: 'team-1' },
    },
  },
  {
    ...said(0, `${ADL}attended`, activity('briefing', `${TYPE}meeting`), 34),
    actor: { objectType: 'Group', member: [personAt(21), personAt(22)] },
  },
  // A plan is no deed.
  said(
    0,
    'http://activitystrea.ms/schema/1.0/author',
    { objectType: 'SubStatement', actor: personAt(9), verb: { id: `${ADL}completed` }, object: COURSE_A },
    35,
  ),
  // Told by a mentor of the learner.
  said(29, 'https://w3id.org/xapi/dod-isd/verbs/observed', { objectType: 'Agent', ...personAt(23) }, 90, {
    context: { contextActivities: { category: [SKILL], parent: [TASK] } },
  }),
];

const timely: readonly Said[] = [
  ...courseA,
  ...courseB,
  ...courseC,
  ...quizzes,
  ...gains,
  ...items,
  ...events,
  ...skills,
  ...others,
];

const completedBy = (at: number, course: { readonly id: string }): Said =>
  timely.find(
    ({ actor, verb, object }) =>
      JSON.stringify(actor) === JSON.stringify(personAt(at)) &&
      verb.id === `${ADL}completed` &&
      object.id === course.id,
  ) as Said;

const back = voidingOf(completedBy(18, COURSE_A));
/** What is taken back; the last one tries to take back a void, which counts for nothing. */
const voids: readonly Said[] = [voidingOf(completedBy(12, COURSE_A)), back, voidingOf(back)];

/** As they are sent: some things are told weeks after others that happened later. */
export const STREAM: readonly Said[] = [
  ...timely.filter((_, at) => at % 11 !== 3),
  ...voids,
  ...timely.filter((_, at) => at % 11 === 3),
];
