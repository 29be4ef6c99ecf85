import { recordReader } from '../../src/people/read-record.ts';
import { recordOf, recordTexts } from '../../src/people/record.ts';
import { Rejection } from '../../src/xapi/rejection.ts';

const read = recordReader(['completed', 'passed'], (value) => value as object);
const mbox = { mbox: 'mailto:a@example.org' };
const account = { account: { homePage: 'https://hr.example.org', name: '17' } };
const because = { why: 'same employee number', evidence: 'HR-4711' };

/** Pointers and sentences of what is wrong. */
const problemsOf = (value: unknown): readonly string[] => {
  try {
    read(value);
    return [];
  } catch (error) {
    if (!(error instanceof Rejection) || error.reason !== 'body-invalid') throw error;
    return error.problems.map(({ pointer, message }) => `${pointer}: ${message}`);
  }
};

const GOOD = [
  { record: 'merge', identifiers: [mbox, account], ...because },
  { record: 'split', identifiers: [account], together: true, why: 'two people' },
  {
    record: 'roster',
    source: 'hr.csv',
    rows: [
      {
        identifier: account,
        effectiveFrom: '2026-02-28',
        name: 'Ada',
        department: null,
        manager: mbox,
        hired: '2020-02-29',
        left: null,
        attributes: { site: 'Berlin', 'Kostenstelle 1': null },
      },
    ],
  },
  {
    record: 'requirements',
    requirements: [
      { id: 'loto', activity: 'https://example.org/loto', due: { days: 30, of: 'hire' }, validFor: 'P1Y' },
      {
        id: 'gdpr',
        skill: 'privacy',
        due: { on: '2026-06-30' },
        appliesTo: {
          all: [
            { attr: 'region', op: 'in', value: ['EU', 'UK'] },
            { not: { cohort: 'contractors' } },
            { any: [{ did: 'completed', object: 'https://example.org/c', within: 'P90D', of: 'hire' }] },
          ],
        },
        from: '2026-01-01',
        until: '2026-12-31',
      },
    ],
    remove: ['old'],
  },
  {
    record: 'skills',
    activities: [{ activity: 'https://example.org/a', skill: 's', level: 2 }],
    roles: [{ role: 'Welder', skill: 's', level: 3, weight: 0.5 }],
    skills: [{ id: 's', name: 'Welding', parent: 'm', validFor: 'P2Y' }],
  },
  { record: 'cohort', id: 'eu', list: [mbox], rule: { attr: 'region', op: 'eq', value: 'EU' } },
  { record: 'cohort', id: 'eu', remove: true },
  { record: 'targets', targets: [{ metric: 'completion.rate', value: 0.9, scope: { department: 'Sales' } }] },
  {
    record: 'courses',
    courses: [
      {
        id: 'https://lms.example.org/17',
        aliases: ['https://publisher.example.org/c'],
        units: [{ id: 'https://example.org/au', moveOn: 'CompletedOrPassed', masteryScore: 0.8 }],
        blocks: [{ id: 'https://example.org/block', title: 'One', units: [] }],
      },
    ],
  },
  { record: 'signals', table: { rows: [] } },
];

describe('a record about people', () => {
  it.each(GOOD)('is read as it is: %j', (record) => {
    expect(read(record)).toEqual(record);
    expect(recordTexts(read(record), 'ada').map(recordOf)).toEqual([{ ...record, by: 'ada' }]);
  });

  it('takes an entry for each 500 rows of a roster', () => {
    const rows = Array.from({ length: 1001 }, (_, at) => ({
      identifier: { mbox: `mailto:a${at}@example.org` },
    }));
    const records = recordTexts({ record: 'roster', source: 'hr', rows }, 'ada').map(recordOf);
    expect(records.map((one) => one.record === 'roster' && one.rows.length)).toEqual([500, 500, 1]);
    expect(records.flatMap((one) => (one.record === 'roster' ? one.rows : []))).toEqual(rows);
    expect(records.map(({ by }) => by)).toEqual(['ada', 'ada', 'ada']);
  });

  it.each(['merge', 'split'])('names no more than 1000 identifiers of a person: %s', (record) => {
    const identifiers = Array.from({ length: 1000 }, (_, at) => ({ mbox: `mailto:a${at}@example.org` }));
    expect(problemsOf({ record, identifiers, ...because })).toEqual([]);
    expect(problemsOf({ record, identifiers: [...identifiers, mbox], ...because })).toEqual([
      '/identifiers: Expected a list of 1000 or fewer.',
    ]);
  });

  it('need not name its kind where one is asked for', () => {
    const { record, ...rest } = GOOD[0] as (typeof GOOD)[number];
    expect(read(rest, 'merge')).toEqual({ record, ...rest });
    expect(() => read(GOOD[1], 'merge')).toThrow('Expected "merge".');
  });

  it('keeps of an identifier what identifies, and makes days a duration', () => {
    const agent = { ...mbox, name: 'Ada', objectType: 'Agent' };
    expect(read({ record: 'cohort', id: 'c', list: [agent] })).toEqual({
      record: 'cohort',
      id: 'c',
      list: [mbox],
    });
    const requirement = { id: 'r', skill: 's', validFor: 365 };
    expect(read({ record: 'requirements', requirements: [requirement] })).toMatchObject({
      requirements: [{ validFor: 'P365D' }],
    });
  });

  it('tells everything that is wrong at once, with what was probably meant', () => {
    expect(
      problemsOf({ record: 'merge', identifiers: [{ mbox: 'ada' }, { name: 'Ada' }], wy: 'x', because: 1 }),
    ).toEqual([
      expect.stringMatching(/^\/identifiers\/0\/mbox: /),
      expect.stringMatching(/^\/identifiers\/1: /),
      '/why: why is needed.',
      '/wy: There is no member wy. Did you mean why?',
      '/because: There is no member because. There are record, identifiers, why, evidence.',
    ]);
  });

  it.each<[unknown, string]>([
    [[], ': The record is to be a JSON object.'],
    [
      { record: 'merges' },
      '/record: Expected one of merge, split, roster, requirements, skills, cohort, targets, courses, signals, complete-through. Did you mean merge?',
    ],
    [{ record: 'merge', identifiers: [mbox], why: 'x' }, '/identifiers: Expected a list of 2 or more.'],
    [
      { record: 'split', identifiers: [mbox], why: '' },
      '/why: Expected a text of 1 to 2000 characters, in one line.',
    ],
    [
      { record: 'roster', rows: [{ identifier: mbox, hired: '2026-02-29' }] },
      '/rows/0/hired: Expected a date, YYYY-MM-DD.',
    ],
    [
      { record: 'roster', rows: [{ identifier: mbox, hired: '2026-02-02', left: '2026-02-01' }] },
      '/rows/0: left (2026-02-01) is before hired (2026-02-02).',
    ],
    [
      { record: 'roster', rows: [{ identifier: mbox, attributes: { role: 'x' } }] },
      '/rows/0/attributes/role: role stands beside attributes, not among them.',
    ],
    [
      { record: 'requirements', requirements: [{ id: 'r' }] },
      '/requirements/0: A requirement has an activity or a skill, one of the two.',
    ],
    [
      { record: 'requirements', requirements: [{ id: 'r', skill: 's', appliesTo: { did: 'complete' } }] },
      '/requirements/0/appliesTo/did: Expected a signal. Did you mean completed?',
    ],
    [
      { record: 'cohort', id: 'c', rule: { an: [] } },
      '/rule: Expected a rule: an object with one of all, any, not, cohort, attr, did. Did you mean any?',
    ],
    [
      { record: 'cohort', id: 'c', rule: { attr: 'role', op: 'in', value: 'x' } },
      '/rule: in needs a list as value.',
    ],
    [{ record: 'cohort', id: 'c' }, ': A cohort has a list, a rule or both.'],
    [{ record: 'cohort', id: 'c', list: [], remove: true }, ': What is removed has no list and no rule.'],
    [
      {
        record: 'courses',
        courses: [
          {
            id: 'https://e.org/c',
            blocks: [{ id: 'https://e.org/b', units: [{ id: 'https://e.org/u', masteryScore: 2 }] }],
          },
        ],
      },
      '/courses/0/blocks/0/units/0/masteryScore: Expected a number from 0 to 1.',
    ],
  ])('refuses %j', (value, problem) => {
    expect(problemsOf(value)).toEqual([problem]);
  });

  it('refuses rules and blocks that stand too deep in each other', () => {
    let rule: object = { cohort: 'c' };
    let block: object = { id: 'https://example.org/b' };
    for (let depth = 0; depth < 1000; depth += 1) {
      rule = { not: rule };
      block = { id: 'https://example.org/b', blocks: [block] };
    }
    expect(problemsOf({ record: 'cohort', id: 'c', rule })[0]).toMatch(/at most 20 deep/);
    expect(problemsOf({ record: 'courses', courses: [block] })[0]).toMatch(/at most 20 deep/);
  });
});
