import fc from 'fast-check';
import { CAIRN_NAMES, FOREIGN_NAMES } from '../../src/metrics/signals/extension-names.ts';
import { readFact } from '../../src/metrics/signals/read-fact.ts';
import { SIGNAL_TABLE } from '../../src/metrics/signals/signal-table.ts';
import type { Statement } from '../../src/xapi/statement.ts';
import { isStatement } from '../../src/xapi/validate-statement.ts';
import { ADL, ADL_TYPE, ISD, LEARNER, MENTOR } from './facts-of.ts';

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const dense = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));
const record = (parts: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, maybe(part)]))).map(dense);

const anyJson = fc.json({ maxDepth: 2 }).map((text) => JSON.parse(text) as unknown);
const values = fc.oneof(
  anyJson,
  fc.constantFrom<unknown>('2026-01-01', '2026-13-01', 'on_the_job', true, 101, -1, 0.5, MENTOR, { mbox: 1 }),
  fc.constant('9'.repeat(5000)),
);
const extensions = fc.dictionary(
  fc.constantFrom(...Object.values(CAIRN_NAMES), ...Object.values(FOREIGN_NAMES), 'urn:x:__proto__'),
  values,
  { maxKeys: 4 },
);
const types = fc.constantFrom(
  ...['course', 'cmi.interaction', 'performance', 'simulation', 'assessment', 'attempt'].map(
    (name) => ADL_TYPE + name,
  ),
  'urn:cairn:type:program',
  'https://w3id.org/xapi/tla/activity-types/competency',
);
const activities = fc
  .record({
    id: fc.constantFrom('https://e.org/a', 'https://e.org/b', 'urn:c'),
    definition: maybe(record({ type: types, extensions })),
  })
  .map(dense);
const agents = fc.constantFrom(LEARNER, MENTOR, { mbox: 'mailto:a@e.org' }, { openid: 'https://a.e.org/' });
const groups = fc
  .array(agents, { minLength: 1, maxLength: 3 })
  .map((member) => ({ objectType: 'Group', member }));
const actors = fc.oneof(
  agents,
  groups,
  fc.constant({ objectType: 'Group', account: { homePage: 'https://e.org', name: 'team' } }),
);
const many = fc.oneof(activities, fc.array(activities, { maxLength: 3 }));
const numbers = fc.constantFrom(-1, 0, 0.5, 1);
const statements = fc
  .record({
    actor: actors,
    verb: fc
      .constantFrom(
        ...['passed', 'completed', 'attended', 'answered'].map((name) => ADL + name),
        `${ISD}performed`,
        `${ISD}observed`,
        'https://e.org/did',
      )
      .map((id) => ({ id })),
    object: fc.oneof(
      activities,
      agents.map((agent) => ({ objectType: 'Agent', ...agent })),
      groups,
      fc.constant({ objectType: 'StatementRef', id: '00000000-0000-4000-8000-000000000001' }),
    ),
    result: maybe(
      record({
        score: record({
          scaled: numbers,
          raw: numbers,
          min: fc.constantFrom(-1, -2),
          max: fc.constantFrom(1, 2),
        }),
        success: fc.boolean(),
        completion: fc.boolean(),
        response: fc.string(),
        duration: fc.constantFrom('PT1S', 'P1Y', 'PT9999H', 'P3W', 'PT0,5S'),
        extensions,
      }),
    ),
    context: maybe(
      record({
        registration: fc.constant('00000000-0000-4000-8000-00000000000A'),
        instructor: actors,
        contextActivities: record({ parent: many, grouping: many, category: many, other: many }),
        extensions,
      }),
    ),
    timestamp: maybe(
      fc.constantFrom(
        '2026-03-02T13:00:00Z',
        '0001-01-01T00:00:00Z',
        '9999-01-01 00:00:00+05',
        '2026-03-02T13:00:60.5Z',
      ),
    ),
  })
  .map(dense);

/** The same with the members of every object in the opposite order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, one]) => [name, reversed(one)]),
  );
};

const STORED_MICROS = Date.UTC(2026, 2, 2, 14) * 1000;
const read = (statement: unknown) => readFact(statement as Statement, STORED_MICROS, SIGNAL_TABLE);

/** What every fact has to keep to. */
const checkFact = (fact: ReturnType<typeof read>[number]): void => {
  expect(Number.isSafeInteger(fact.time)).toBe(true);
  expect(fact.time).toBeLessThanOrEqual(STORED_MICROS / 1000 + 300_000);
  expect(fact.subject).toMatch(/^g/);
  expect(Math.abs(fact.scaled ?? 0)).toBeLessThanOrEqual(1);
  expect(fact.scaled === undefined || fact.isUnscaled === undefined).toBe(true);
  expect(fact.progress ?? 0).toBeGreaterThanOrEqual(0);
  expect(fact.progress ?? 0).toBeLessThanOrEqual(1);
  for (const value of Object.values(fact)) expect(value).not.toBeUndefined();
  for (const time of [fact.due, fact.validUntil, fact.duration]) {
    expect(time === undefined || Number.isSafeInteger(time)).toBe(true);
  }
  expect((fact.response ?? '').length).toBeLessThanOrEqual(1000);
};

describe('a fact', () => {
  it('is read of any valid statement, whatever its extensions hold', () => {
    fc.assert(
      fc.property(statements, (statement) => {
        fc.pre(isStatement(statement, '1.0.3'));
        for (const fact of read(statement)) checkFact(fact);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of members, nor on what was read before', () => {
    fc.assert(
      fc.property(statements, statements, (statement, other) => {
        const facts = read(statement);
        read(other);
        expect(read(reversed(statement))).toEqual(facts);
        expect(read(statement)).toEqual(facts);
      }),
      { numRuns: 500 },
    );
  });
});
