import { createHash } from 'node:crypto';
import fc from 'fast-check';

/** Small streams in which everything that could change a figure happens often: few people, courses and moments. */

export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5, 9);
/** When things happen: often at the same moment, and around the half hour that keeps attempts apart. */
export const MOMENTS = [0, 0, HOUR / 6, HOUR / 2, HOUR / 2 + 1, HOUR, 24 * HOUR, 40 * 24 * HOUR].map(
  (after) => START + after,
);
/** When all of it is asked for. */
export const NOW = START + 400 * 24 * HOUR;

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
const account = (name: string, home = 'https://hr.example') => ({ account: { homePage: home, name } });

/** Of three people or so, as long as nobody says otherwise. */
const IDENTIFIERS = [
  account('ann'),
  { mbox: 'mailto:ann@example.org' },
  { mbox_sha1sum: sha1('mailto:ann@example.org') },
  account('ann', 'https://lms.example'),
  { mbox: 'mailto:bob@example.org' },
  { openid: 'https://id.example/bob' },
  { mbox_sha1sum: sha1('mailto:bob@example.org') },
  account('zoe'),
] as const;
export const identifier = fc.constantFrom(...IDENTIFIERS);

const TEAM = { objectType: 'Group', ...account('team') };
const crowd = fc
  .uniqueArray(identifier, { minLength: 1, maxLength: 4, selector: (one) => JSON.stringify(one) })
  .map((member) => ({ objectType: 'Group', member }));
const actor = fc.oneof(
  { weight: 12, arbitrary: identifier },
  { weight: 1, arbitrary: fc.constant(TEAM) },
  { weight: 2, arbitrary: crowd },
);

export const ADL = 'http://adlnet.gov/expapi/verbs/';
const TLA = 'https://w3id.org/xapi/tla/verbs/';
const COURSE = 'http://adlnet.gov/expapi/activities/course';
const VERBS = [
  ...[
    'registered',
    'registered',
    'launched',
    'initialized',
    'progressed',
    'completed',
    'completed',
    'passed',
  ],
  ...['passed', 'failed', 'failed', 'answered', 'scored', 'experienced', 'terminated', 'attended'],
].map((name) => `${ADL}${name}`);
const OTHERS = [
  ...['satisfied', 'waived', 'abandoned'].map((name) => `https://w3id.org/xapi/adl/verbs/${name}`),
  ...['revoked', 'expired', 'certified', 'asserted', 'deselected'].map((name) => `${TLA}${name}`),
  'https://w3id.org/xapi/acrossx/verbs/was-assigned',
  'https://w3id.org/xapi/dod-isd/verbs/performed',
  'http://id.tincanapi.com/verb/mentored',
  'urn:cairn:verb:had-opportunity',
  'urn:cairn:verb:missed',
  'https://example.org/verbs/unheard-of',
];
const verb = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom(...VERBS) },
    { weight: 2, arbitrary: fc.constantFrom(...OTHERS) },
  )
  .map((id) => ({ id }));

const course = fc
  .constantFrom('c1', 'c2')
  .chain((name) =>
    fc
      .constantFrom(
        {},
        { 'urn:cairn:due': '2026-01-20' },
        { 'urn:cairn:kind': 'Exam', 'urn:cairn:start': '2026-01-01' },
        { 'urn:cairn:kind': 'TMA' },
      )
      .map((extensions) => ({ id: `https://lms.example/${name}`, definition: { type: COURSE, extensions } })),
  );
export const SKILLS = ['s1', 's2'].map((name) => ({
  id: `https://skills.example/${name}`,
  definition: { type: 'https://w3id.org/xapi/tla/activity-types/competency' },
}));
const unit = fc.constantFrom(
  { id: 'https://lms.example/u1', definition: { type: 'http://adlnet.gov/expapi/activities/assessment' } },
  { id: 'https://lms.example/u2', definition: { type: 'http://adlnet.gov/expapi/activities/performance' } },
  { id: 'https://lms.example/q1', definition: { type: 'http://adlnet.gov/expapi/activities/question' } },
  { id: 'https://lms.example/e1', definition: { type: 'http://adlnet.gov/expapi/activities/meeting' } },
  { id: 'https://lms.example/none' },
);
const plan = fc.record({
  objectType: fc.constant('SubStatement'),
  actor: identifier,
  verb: fc.constant({ id: `${ADL}completed` }),
  object: course,
});
const object = fc.oneof(
  { weight: 10, arbitrary: course },
  { weight: 8, arbitrary: unit },
  { weight: 2, arbitrary: fc.constantFrom(...SKILLS) },
  { weight: 2, arbitrary: identifier.map((one) => ({ objectType: 'Agent', ...one })) },
  { weight: 1, arbitrary: fc.constant({ objectType: 'StatementRef', id: idOf(1) }) },
  { weight: 1, arbitrary: plan },
);

/** What is there so many times as often as it is not. */
export const some = <Value>(arbitrary: fc.Arbitrary<Value>, times = 2) =>
  fc.option(arbitrary, { nil: undefined, freq: times + 1 });

const result = fc.record({
  success: some(fc.boolean()),
  completion: some(fc.boolean(), 1),
  score: some(fc.constantFrom({ scaled: 0.4 }, { scaled: 0.9 }, { raw: 7 }, { raw: 5, max: 10 }), 1),
  duration: some(fc.constantFrom('PT10M', 'PT1.25S'), 1),
  response: some(fc.constantFrom('Pass', 'x'.repeat(65), ''), 1),
  extensions: some(fc.constantFrom({ 'urn:cairn:trials': 3 }, { 'urn:cairn:trials': 24.75 }), 1),
});

const activities = fc.record({
  grouping: some(fc.array(fc.oneof(course, fc.constantFrom(...SKILLS)), { minLength: 1, maxLength: 2 })),
  parent: some(fc.array(fc.oneof(course, unit), { minLength: 1, maxLength: 1 }), 1),
  category: some(fc.array(fc.constantFrom(...SKILLS), { minLength: 1, maxLength: 1 }), 1),
});
const SESSION = 'https://w3id.org/xapi/cmi5/context/extensions/sessionid';
const extensions = fc.record({
  [SESSION]: some(fc.constantFrom('one', 'two')),
  'urn:cairn:level': some(fc.constantFrom(0.3, 3), 1),
  'urn:cairn:due': some(fc.constantFrom('2026-01-06', '2026-03-01'), 1),
  'urn:cairn:valid-until': some(fc.constantFrom('2027-01-01', '2026-02-01'), 1),
  'urn:cairn:setting': some(fc.constantFrom('on_the_job', 'simulation'), 1),
});
const context = fc.record({
  registration: some(
    fc.constantFrom('00000000-0000-4000-8000-0000000000A1', '00000000-0000-4000-8000-0000000000b2'),
    1,
  ),
  instructor: some(identifier, 1),
  contextActivities: some(activities),
  extensions: some(extensions),
});

const AUTHORITIES = [
  undefined,
  account('first', 'https://keys.example'),
  account('second', 'https://keys.example'),
];
export const authority = fc.constantFrom(...AUTHORITIES);

const millis = (time: number): string => new Date(time).toISOString();
export const timestamp = fc
  .oneof(
    { weight: 12, arbitrary: fc.constantFrom(...MOMENTS) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, Date.UTC(1999, 4, 1), START + 999 * 24 * HOUR) },
  )
  .map((time) => (time === undefined ? undefined : millis(time)));

/** One person in one course that is begun, ended and begun again, in one registration or another. */
const LIFE = [
  ...['registered', 'completed', 'passed', 'failed', 'progressed'].map((name) => `${ADL}${name}`),
  ...['deselected', 'revoked', 'expired'].map((name) => `${TLA}${name}`),
  'https://w3id.org/xapi/acrossx/verbs/was-assigned',
  'https://w3id.org/xapi/adl/verbs/waived',
];
export const cycling = fc.record({
  actor: fc.constantFrom(...IDENTIFIERS.slice(0, 2)),
  verb: fc.constantFrom(...LIFE).map((id) => ({ id })),
  object: fc.constant({ id: 'https://lms.example/c1', definition: { type: COURSE } }),
  context: fc.record({
    registration: some(fc.constantFrom('00000000-0000-4000-8000-0000000000A1'), 1),
    extensions: some(fc.constantFrom({ 'urn:cairn:due': '2026-03-01' }), 1),
  }),
  timestamp: fc.constantFrom(...MOMENTS).map(millis),
});

/** One person at one exercise: attempts, and what is known at the next. */
export const trying = fc.record({
  actor: fc.constant(IDENTIFIERS[0]),
  verb: fc
    .constantFrom('initialized', 'passed', 'failed', 'answered', 'scored', 'terminated', 'experienced')
    .map((name) => ({ id: `${ADL}${name}` })),
  object: fc.constant({ id: 'https://lms.example/u1' }),
  result: fc.record({
    success: some(fc.boolean(), 1),
    score: some(fc.constantFrom({ scaled: 0.4 }, { scaled: 0.9 }), 1),
  }),
  context: fc.record({ extensions: some(fc.record({ [SESSION]: fc.constantFrom('one', 'two') }), 1) }),
  timestamp: fc.constantFrom(...MOMENTS).map(millis),
});

export const learning = fc.record({
  actor,
  verb,
  object,
  result: some(result),
  context: some(context),
  authority,
  timestamp,
});
