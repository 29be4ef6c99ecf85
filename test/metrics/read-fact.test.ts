import { readFact } from '../../src/metrics/signals/read-fact.ts';
import { SIGNAL_TABLE } from '../../src/metrics/signals/signal-table.ts';
import type { Statement } from '../../src/xapi/statement.ts';
import {
  ADL,
  ADL_TYPE,
  activity,
  factOf,
  factsOf,
  LEARNER,
  LEARNER_TERM,
  MENTOR,
  MENTOR_TERM,
  STORED,
  said,
  signalsOf,
} from './facts-of.ts';

const PASSED = `${ADL}passed`;
const ada = { mbox: 'mailto:ada@example.org' };
const bo = { mbox: 'mailto:bo@example.org' };
const STORED_MILLIS = Math.floor(Date.parse(STORED));

describe('the time of a fact', () => {
  const timeOf = (timestamp?: string) => {
    const { timestamp: _, ...rest } = said(PASSED);
    const { time, skew } = factOf(timestamp === undefined ? rest : { ...rest, timestamp });
    return { time, skew };
  };

  it.each([
    ['is the timestamp', '2026-03-01T10:00:00.5Z', Date.UTC(2026, 2, 1, 10, 0, 0, 500), undefined],
    ['counts offsets', '2026-03-02T00:30:00+01:00', Date.UTC(2026, 2, 1, 23, 30), undefined],
    ['cuts to milliseconds', '2026-03-01T10:00:00.123999Z', Date.UTC(2026, 2, 1, 10, 0, 0, 123), undefined],
    ['may be 5 minutes ahead', '2026-03-02T14:05:00.123Z', STORED_MILLIS + 300_000, undefined],
    ['is when it was stored if more than that ahead', '2026-03-02T14:05:00.124Z', STORED_MILLIS, 'future'],
    ['is kept before 2000', '1999-12-31T23:59:59.999Z', Date.UTC(2000, 0, 1) - 1, 'past'],
    ['may be the first of 2000', '2000-01-01T00:00:00Z', Date.UTC(2000, 0, 1), undefined],
    ['is when it was stored without a timestamp', undefined, STORED_MILLIS, undefined],
  ])('%s', (_name, timestamp, time, skew) => {
    expect(timeOf(timestamp)).toEqual({ time, skew });
  });

  it('is the same for the two offsets of a night when clocks are set back', () => {
    expect(timeOf('2025-10-26T02:30:00+02:00').time).toBe(Date.UTC(2025, 9, 26, 0, 30));
    expect(timeOf('2025-10-26T02:30:00+01:00').time).toBe(Date.UTC(2025, 9, 26, 1, 30));
  });
});

describe('whom a fact is about', () => {
  it('is the actor by its identifier: the same hash is another term than the address', () => {
    const sha1 = { mbox_sha1sum: 'ABCDEF0123abcdef0123abcdef0123abcdef0123' };
    expect(factOf(said(PASSED, { actor: ada })).subject).toBe('gmbox mailto:ada@example.org');
    expect(factOf(said(PASSED, { actor: sha1 })).subject).toBe(
      'gsha1 abcdef0123abcdef0123abcdef0123abcdef0123',
    );
  });

  it('is a team where a group has an identifier', () => {
    const team = { objectType: 'Group', ...LEARNER, member: [ada] };
    expect(factOf(said(PASSED, { actor: team }))).toMatchObject({ subject: LEARNER_TERM, isTeam: true });
    expect(factOf(said(PASSED))).toMatchObject({ subject: LEARNER_TERM, isTeam: false });
  });

  it.each([
    ['attended', ['attended']],
    ['experienced', ['experienced']],
    ['completed', ['completed']],
  ])('is each identified member of a group without one that %s', (verb, signals) => {
    const actor = { objectType: 'Group', member: [ada, bo, ada] };
    const result = { success: true, score: { scaled: 0.5 }, response: 'x' };
    const facts = factsOf(said(`${ADL}${verb}`, { actor, result }));
    expect(facts.map(({ subject }) => subject)).toEqual([
      'gmbox mailto:ada@example.org',
      'gmbox mailto:bo@example.org',
    ]);
    for (const fact of facts) {
      expect(signalsOf(fact)).toEqual(signals);
      expect(fact).toMatchObject({ isTeam: false, activity: 'https://lms.example/a' });
      expect(Object.keys(fact)).not.toEqual(expect.arrayContaining(['success']));
      expect(Object.keys(fact)).not.toEqual(expect.arrayContaining(['scaled']));
    }
  });

  it('is nobody where a group without an identifier passed', () => {
    const actor = { objectType: 'Group', member: [ada, bo] };
    expect(factsOf(said(PASSED, { actor, result: { completion: true } }))).toEqual([]);
  });

  it('is the one mentored, by the mentor', () => {
    const fact = factOf(
      said('http://id.tincanapi.com/verb/mentored', {
        actor: MENTOR,
        object: { objectType: 'Agent', ...LEARNER },
      }),
    );
    expect(signalsOf(fact)).toEqual(['mentored']);
    expect(fact).toMatchObject({
      subject: LEARNER_TERM,
      observer: MENTOR_TERM,
      byOthers: true,
      activity: '',
      root: '',
    });
  });

  it('is the actor where a person is the object of another verb', () => {
    const fact = factOf(said(`${ADL}interacted`, { object: { objectType: 'Agent', ...MENTOR } }));
    expect(fact).toMatchObject({ subject: LEARNER_TERM, activity: '', byOthers: false });
  });
});

describe('no fact', () => {
  const reference = { objectType: 'StatementRef', id: '00000000-0000-4000-8000-000000000001' };

  it('is made of a void', () => {
    expect(factsOf(said(`${ADL}voided`, { object: reference }))).toEqual([]);
    expect(factsOf(said(`${ADL}commented`, { object: reference }))).toHaveLength(1);
  });

  it('is made of a plan', () => {
    const plan = { objectType: 'SubStatement', actor: LEARNER, verb: { id: PASSED }, object: activity('a') };
    expect(factsOf(said('http://activitystrea.ms/schema/1.0/schedule', { object: plan }))).toEqual([]);
  });
});

describe('verb and result', () => {
  const signals = (verb: string, result: object, type?: string) =>
    signalsOf(factOf(said(verb, { object: activity('a', type), result })));

  it.each([
    ['completed, but not', `${ADL}completed`, { completion: false }, []],
    ['completed', `${ADL}completed`, { completion: true }, ['completed']],
    ['completed, and no word of it', `${ADL}completed`, {}, ['completed']],
    ['passed without success', `${ADL}passed`, { success: false }, ['failed']],
    ['failed with success', `${ADL}failed`, { success: true }, ['passed']],
    ['a score of any verb', 'https://e.org/did', { score: { raw: 3 } }, ['submitted']],
    ['a score without a number', 'https://e.org/did', { score: { max: 3 } }, []],
    ['completion of any verb', 'https://e.org/did', { completion: true }, ['completed']],
    [
      'success of any verb with a score',
      'https://e.org/did',
      { success: true, score: { scaled: 1 } },
      ['passed', 'submitted'],
    ],
    ['success of nothing that is assessed', 'https://e.org/did', { success: true }, []],
  ])('%s', (_name, verb, result, expected) => {
    expect(signals(verb, result)).toEqual(expected);
  });

  it('success of what is assessed is a pass, its opposite a failure', () => {
    expect(signals('https://e.org/did', { success: true }, `${ADL_TYPE}assessment`)).toEqual(['passed']);
    expect(signals('https://e.org/did', { success: false }, `${ADL_TYPE}assessment`)).toEqual(['failed']);
  });

  it('success of what was handed in is a pass, without a score too', () => {
    expect(signals('https://w3id.org/xapi/acrossx/verbs/evaluated', { success: true })).toEqual([
      'passed',
      'submitted',
    ]);
  });

  it('a question within something is answered by any verb with a judgement', () => {
    const context = { contextActivities: { parent: [activity('quiz')] } };
    const question = activity('q', `${ADL_TYPE}question`);
    const of = (result: object) =>
      signalsOf(factOf(said('https://e.org/did', { object: question, context, result })));
    expect(of({ success: false })).toEqual(['answered']);
    expect(of({ score: { raw: 1 } })).toEqual(['answered']);
    expect(of({ completion: true })).toEqual([]);
  });

  it('the result is about an activity only', () => {
    const object = { objectType: 'Agent', ...MENTOR };
    const result = { completion: true, score: { scaled: 1 } };
    expect(signalsOf(factOf(said(`${ADL}interacted`, { object, result })))).toEqual(['experienced']);
  });

  it('a verb that no row names is not mapped, and one that means nothing is', () => {
    expect(factOf(said('https://e.org/did'))).toMatchObject({ isMapped: false, signals: 0 });
    expect(factOf(said(`${ADL}preferred`))).toMatchObject({ isMapped: true, signals: 0 });
  });
});

describe('the course', () => {
  const COURSE = `${ADL_TYPE}course`;
  const rootOf = (object: object, contextActivities: object): string =>
    factOf(said(PASSED, { object, context: { contextActivities } })).root;

  it('is the object, else of grouping, else of parent, else the object', () => {
    const [c1, c2] = [activity('c1', COURSE), activity('c2', COURSE)];
    const lesson = activity('l', `${ADL_TYPE}lesson`);
    expect(rootOf(c1, { grouping: [c2] })).toBe('https://lms.example/c1');
    expect(rootOf(lesson, { parent: [c1], grouping: [activity('x'), c2] })).toBe('https://lms.example/c2');
    expect(rootOf(lesson, { parent: c1, grouping: activity('x') })).toBe('https://lms.example/c1');
    expect(rootOf(lesson, { other: [c1], category: [c2] })).toBe('https://lms.example/l');
  });

  it.each([
    'https://w3id.org/xapi/cmi5/activitytype/course',
    'https://w3id.org/xapi/cmi5/activities/course',
    'http://w3id.org/xapi/cmi5/activitytype/course/',
  ])('is of the type %s too', (type) => {
    expect(rootOf(activity('l'), { parent: [activity('c', type)] })).toBe('https://lms.example/c');
  });
});

it('skills are competencies wherever they stand, each once', () => {
  const skill = (name: string) => activity(name, 'https://w3id.org/xapi/tla/activity-types/competency');
  const contextActivities = {
    category: [skill('s1'), activity('x')],
    grouping: skill('s2'),
    parent: [skill('s1')],
    other: [skill('s3')],
  };
  const { skills } = factOf(said(PASSED, { object: skill('s0'), context: { contextActivities } }));
  expect([...skills].sort()).toEqual(['s0', 's1', 's2', 's3'].map((name) => `https://lms.example/${name}`));
});

it('a programme and an attempt stand in grouping only', () => {
  const programme = activity('p', 'urn:cairn:type:program');
  const attempt = activity('n', `${ADL_TYPE}attempt`);
  const of = (contextActivities: object) => factOf(said(PASSED, { context: { contextActivities } }));
  expect(of({ grouping: [attempt, programme] })).toMatchObject({
    program: 'https://lms.example/p',
    session: 'https://lms.example/n',
  });
  for (const relation of ['parent', 'other', 'category']) {
    expect(Object.keys(of({ [relation]: [attempt, programme] }))).not.toContain('program');
    expect(Object.keys(of({ [relation]: [attempt, programme] }))).not.toContain('session');
  }
});

it('the authority is kept by its terms, those of a pair together', () => {
  const statement = said(PASSED) as unknown as Statement;
  const by = (authority: object): string | undefined =>
    readFact({ ...statement, authority } as Statement, 0, SIGNAL_TABLE)[0]?.authority;
  expect(by(LEARNER)).toBe(LEARNER_TERM);
  expect(by({ objectType: 'Group', member: [MENTOR, LEARNER] })).toBe(`${MENTOR_TERM} ${LEARNER_TERM}`);
  expect(factOf(said(PASSED)).authority).toBe('');
});
