import type { Part } from './facts-of.ts';
import { fed, stated } from './fed-world.ts';

const REVOKED = 'https://w3id.org/xapi/tla/verbs/revoked';
const due = (day: string): Part => ({ context: { extensions: { 'urn:cairn:due': day } } });
const graded = (response: string): Part => ({ result: { success: true, response } });

const world = fed([
  stated('a', 'registered', 'c', '2026-01-01', due('2026-01-20')),
  stated('a', 'passed', 'c', '2026-01-10', graded('Pass')),
  stated('a', REVOKED, 'c', '2026-03-01'),
  stated('a', 'assigned', 'x', '2026-03-02'),
  stated('a', 'passed', 'c', '2026-05-01', { ...graded('Distinction'), ...due('2026-06-01') }),
  stated('a', REVOKED, 'c', '2026-07-01'),
]);
const only = { dim: 'course', value: 'https://lms.example/c' };
const by = (dimension: string, day: string) =>
  Object.keys(world.values('enrolments.count', dimension, { filters: only, asOf: `${day}T00:00:00Z` }))[0];

describe('an enrolment as it was at a moment', () => {
  it.each([
    ['2026-01-05', 'open', 'null', '2026-01-20'],
    ['2026-02-01', 'passed', 'Pass', '2026-01-20'],
    ['2026-04-01', 'revoked', 'Pass', '2026-01-20'],
    ['2026-06-01', 'passed', 'Distinction', '2026-06-01'],
    ['2026-08-01', 'revoked', 'Distinction', '2026-06-01'],
  ])('on %s is %s, with grade %s and due on %s', (day, outcome, grade, dueOn) => {
    expect([by('outcome', day), by('grade', day)]).toEqual([outcome, grade]);
    const range = [`${dueOn}T00:00:00Z`, `${dueOn}T23:59:59.999Z`].map((one, at) =>
      new Date(Date.parse(one) + at).toISOString(),
    );
    const time = { by: 'due', range };
    expect(world.cell('enrolments.count', {}, { filters: only, asOf: `${day}T00:00:00Z`, time }).value).toBe(
      1,
    );
  });
});

it('who came back was away in between', () => {
  const back = fed([
    stated('a', 'registered', 'c', '2026-01-01'),
    stated('a', 'http://id.tincanapi.com/verb/unregistered', 'c', '2026-02-01'),
    stated('a', 'registered', 'c', '2026-03-01', {}),
    stated('a', 'initialized', 'c', '2026-03-02'),
  ]);
  const registration = 'ec531277-b57b-4c15-8d91-d292c5b2b8f7';
  const again = fed(
    [
      stated('a', 'registered', 'c', '2026-01-01'),
      stated('a', 'http://id.tincanapi.com/verb/unregistered', 'c', '2026-02-01'),
      stated('a', 'registered', 'c', '2026-03-01'),
    ].map((one) => ({ ...one, context: { registration } })),
  );
  for (const one of [back, again]) {
    const outcomes = (asOf: string) => Object.keys(one.values('enrolments.count', 'outcome', { asOf }));
    expect(outcomes('2026-02-15T00:00:00Z')).toEqual(['withdrawn']);
  }
  expect(Object.keys(again.values('enrolments.count', 'outcome'))).toEqual(['open']);
});

it('what is due later was due sooner before it was put off', () => {
  const putOff = fed([
    stated('a', 'registered', 'c', '2026-01-01', due('2026-01-20')),
    stated('a', 'progressed', 'c', '2026-03-01', due('2026-06-01')),
  ]);
  const dueIn = (asOf: string, range: readonly string[]) =>
    putOff.cell('enrolments.count', {}, { asOf, time: { by: 'due', range } }).value;
  const [january, june] = [
    ['2026-01-01', '2026-02-01'],
    ['2026-05-01', '2026-07-01'],
  ] as const;
  expect([dueIn('2026-02-01', january), dueIn('2026-02-01', june)]).toEqual([1, 0]);
  expect([dueIn('2026-04-01', january), dueIn('2026-04-01', june)]).toEqual([0, 1]);
});

it('many that were written over since are as they were, too', () => {
  const names = Array.from({ length: 1100 }, (_, at) => `p${at}`);
  const many = fed(
    names.flatMap((name) => [
      stated(name, 'registered', 'c', '2026-01-01'),
      stated(name, 'completed', 'c', '2026-01-10'),
      stated(name, REVOKED, 'c', '2026-03-01'),
      stated(name, 'completed', 'c', '2026-04-01'),
    ]),
  );
  const outcomes = (asOf: string) => many.values('enrolments.count', 'outcome', { asOf });
  expect(outcomes('2026-01-05T00:00:00Z')).toEqual({ open: 1100 });
  expect(outcomes('2026-02-01T00:00:00Z')).toEqual({ completed: 1100 });
  expect(outcomes('2026-03-15T00:00:00Z')).toEqual({ revoked: 1100 });
  expect(outcomes('2026-05-01T00:00:00Z')).toEqual({ completed: 1100 });
});
