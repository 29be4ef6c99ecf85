import { EVIDENCE } from '../../src/metrics/fact.ts';
import { readSignalTable, SIGNAL_TABLE } from '../../src/metrics/signals/signal-table.ts';
import {
  ADL,
  ADL_TYPE,
  activity,
  factOf,
  ISD,
  LEARNER,
  LEARNER_TERM,
  MENTOR,
  MENTOR_TERM,
  type Part,
  said,
  signalsOf,
} from './facts-of.ts';

const PERFORMED = `${ISD}performed`;
const task = activity('loto', `${ADL_TYPE}performance`);
const observed = { instructor: MENTOR };
const score = { score: { scaled: 0.9 } };

/** As §3.2 of the reference has it. */
const OBSERVATION: Part = said(PERFORMED, {
  object: task,
  result: { success: true, ...score, duration: 'PT18M' },
  context: {
    instructor: MENTOR,
    platform: 'shop-floor tablet',
    contextActivities: {
      category: [
        {
          id: 'https://case.example/CFItem/9f',
          definition: { type: 'https://w3id.org/xapi/tla/activity-types/competency' },
        },
      ],
    },
    extensions: { 'urn:cairn:setting': 'on_the_job', 'urn:cairn:level': 3 },
  },
});

it('an observation is all that it says', () => {
  const fact = factOf(OBSERVATION);
  expect(signalsOf(fact)).toEqual(['applied', 'passed', 'submitted']);
  expect(fact).toMatchObject({
    subject: LEARNER_TERM,
    observer: MENTOR_TERM,
    evidence: EVIDENCE.E3,
    skills: ['https://case.example/CFItem/9f'],
    level: 3,
    platform: 'shop-floor tablet',
    scaled: 0.9,
  });
});

describe('a skill', () => {
  const setting = (value: string) => ({ extensions: { 'urn:cairn:setting': value } });
  it.each([
    ['at work, by type', { object: task }, 'applied'],
    ['at work, by setting', { context: setting('on_the_job') }, 'applied'],
    ['in a simulation, by type', { object: activity('s', `${ADL_TYPE}simulation`) }, 'practised'],
    ['in a simulation of a task, by setting', { object: task, context: setting('simulation') }, 'practised'],
    [
      'on the job, though in a simulator',
      { object: activity('s', `${ADL_TYPE}simulation`), context: setting('on_the_job') },
      'applied',
    ],
    [
      'at work, where the object is the competency and its parent a task',
      {
        object: activity('skill', 'https://w3id.org/xapi/tla/activity-types/competency'),
        context: { contextActivities: { parent: [task] } },
      },
      'applied',
    ],
    ['within a task, by something else', { context: { contextActivities: { parent: [task] } } }, 'practised'],
    ['in a quiz', { object: activity('q', `${ADL_TYPE}assessment`) }, 'practised'],
    ['who knows where', {}, 'practised'],
    ['at an unknown setting', { context: setting('elsewhere') }, 'practised'],
  ])('used %s', (_name, change, signal) => {
    const fact = factOf(said(PERFORMED, change));
    expect(signalsOf(fact)).toEqual([signal]);
    expect(fact.evidence !== undefined).toBe(signal === 'applied');
  });

  it('is not applied by a task that is not completed, or passed without success', () => {
    expect(
      signalsOf(factOf(said(`${ADL}completed`, { object: task, result: { completion: false } }))),
    ).toEqual([]);
    expect(signalsOf(factOf(said(`${ADL}passed`, { object: task, result: { success: false } })))).toEqual([
      'failed',
    ]);
    expect(signalsOf(factOf(said(`${ADL}passed`, { object: task })))).toEqual(['applied', 'passed']);
  });
});

describe('evidence', () => {
  const system = readSignalTable({ workPlatforms: ['CRM'] }, SIGNAL_TABLE);
  const evidence = (verb: string, change: Part): number | undefined =>
    factOf(said(verb, { object: task, ...change }), system).evidence;

  it.each([
    ['self-report', PERFORMED, {}, 'E0'],
    ['self-report offline', 'http://id.tincanapi.com/verb/performed-offline', {}, 'E0'],
    ['self-report of success', PERFORMED, { result: { success: true } }, 'E0'],
    ['the learner as instructor', PERFORMED, { context: { instructor: LEARNER }, result: score }, 'E0'],
    ['a score of a tool', PERFORMED, { result: score }, 'E1'],
    ['plainly completed', `${ADL}completed`, {}, 'E1'],
    ['the trace of a system', PERFORMED, { context: { platform: 'CRM' } }, 'E1'],
    ['observed', PERFORMED, { context: observed }, 'E2'],
    ['observed, on the platform', PERFORMED, { context: { ...observed, platform: 'CRM' } }, 'E2'],
    ['observed, with success', PERFORMED, { context: observed, result: { success: false } }, 'E3'],
    ['assessed', `${ISD}assessed`, { context: observed }, 'E3'],
    ['an outcome in a system', PERFORMED, { context: { platform: 'CRM' }, result: score }, 'E3'],
  ] as const)('of %s', (_name, verb, change, level) => {
    expect(evidence(verb, change)).toBe(EVIDENCE[level]);
  });

  it('is given by an observer as object too, and not by oneself', () => {
    const context = { contextActivities: { parent: [task] } };
    const object = { objectType: 'Agent', ...LEARNER };
    const by = (actor: object) => factOf(said(`${ISD}observed`, { actor, object, context }));
    expect(by(MENTOR)).toMatchObject({ subject: LEARNER_TERM, observer: MENTOR_TERM, evidence: EVIDENCE.E2 });
    expect(by(LEARNER)).toMatchObject({ observer: LEARNER_TERM, evidence: EVIDENCE.E0, byOthers: true });
    expect(signalsOf(by(MENTOR))).toEqual(['applied']);
  });

  it('is the highest of all rows that hold: for each observer they stand from the highest down', () => {
    const rows = SIGNAL_TABLE.source.applications ?? [];
    expect(rows.map(({ observer }) => observer)).not.toContain(undefined);
    for (const observer of ['none', 'self', 'other']) {
      const levels = rows.filter((row) => row.observer === observer).map((row) => row.evidence);
      expect(levels.length).toBeGreaterThan(0);
      expect(levels).toEqual([...levels].sort().reverse());
    }
  });
});

describe('the observer', () => {
  const observerOf = (context: Part) => factOf(said(PERFORMED, { context })).observer;
  const extension = (value: unknown) => ({
    extensions: { 'http://id.tincanapi.com/extension/observer': value },
  });

  it('is the instructor, or in the extension of TinCan', () => {
    expect(observerOf(observed)).toBe(MENTOR_TERM);
    expect(observerOf(extension(MENTOR))).toBe(MENTOR_TERM);
    expect(observerOf({ ...extension(LEARNER), ...observed })).toBe(MENTOR_TERM);
    expect(observerOf(extension({ account: { name: 'x' } }))).toBeUndefined();
    expect(observerOf(extension('mailto:ada@example.org'))).toBeUndefined();
  });

  it('is an agent of the context in that role', () => {
    const contextAgents = (type: string) => [
      { objectType: 'contextAgent', agent: LEARNER, relevantTypes: ['https://e.org/other'] },
      { objectType: 'contextAgent', agent: MENTOR, relevantTypes: [type] },
    ];
    const observerAs = (type: string) =>
      factOf(said(PERFORMED, { context: { contextAgents: contextAgents(type) } }), SIGNAL_TABLE, '2.0.0')
        .observer;
    expect(observerAs('urn:cairn:type:observer')).toBe(MENTOR_TERM);
    expect(observerAs('https://e.org/driver')).toBeUndefined();
  });
});

it('an occasion at work has a verb of our own', () => {
  expect(signalsOf(factOf(said('urn:cairn:verb:had-opportunity', { object: task })))).toEqual([
    'opportunity',
  ]);
  expect(signalsOf(factOf(said('urn:cairn:verb:missed')))).toEqual(['missed']);
});
