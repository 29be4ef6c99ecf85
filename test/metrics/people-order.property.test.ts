import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { answerQuestion } from '../../src/metrics/answer-question.ts';
import { type FollowedEntry, follower, restoredFollower } from '../../src/metrics/follower.ts';
import { stateDigest } from '../../src/metrics/state/state-digest.ts';
import { epochMicros } from '../../src/xapi/timestamp.ts';
import type { Part } from './facts-of.ts';
import { course, stated, who } from './fed-world.ts';

const MAIL = 'mailto:a@example.org';
const IDENTIFIERS: readonly Part[] = [
  ...['a', 'b', 'c', 'd'].map((name) => who(name) as Part),
  { mbox: MAIL },
  { mbox_sha1sum: createHash('sha1').update(MAIL).digest('hex') },
];

const identifier = fc.constantFrom(...IDENTIFIERS);
const day = fc.integer({ min: 1, max: 28 }).map((one) => `2026-02-${String(one).padStart(2, '0')}`);

const statement: fc.Arbitrary<Part> = fc
  .record({
    actor: identifier,
    verb: fc.constantFrom('registered', 'passed', 'failed', 'completed', 'initialized'),
    object: fc.constantFrom('c', 'u1', 'u2', 'other'),
    when: day,
  })
  .map(({ actor, verb, object, when }) => ({
    ...stated('x', verb, object, when),
    actor,
    object: { id: course(object) },
  }));

const merging = fc.record({
  record: fc.constantFrom('merge', 'merge', 'split'),
  identifiers: fc.uniqueArray(identifier, { minLength: 2, maxLength: 3 }),
  why: fc.constant('w'),
});
const hiring = fc
  .record({ identifier, hired: day, department: fc.constantFrom('Plant', 'Sales') })
  .map((row) => ({ record: 'roster', rows: [row] }));

const RULES: readonly Part[] = [
  {
    record: 'courses',
    courses: [
      { id: course('c'), units: ['u1', 'u2'].map((id) => ({ id: course(id), moveOn: 'CompletedOrPassed' })) },
    ],
  },
  { record: 'requirements', requirements: [{ id: 'r', activity: course('c'), validFor: 'P10D' }] },
];

const entryOf = (part: Part, position: number): FollowedEntry => {
  const isRecord = 'record' in part;
  const id = `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`;
  return {
    position,
    stored: epochMicros('2026-03-01T00:00:00Z'),
    kind: isRecord ? 'record' : 'statement',
    text: JSON.stringify(isRecord ? { ...part, by: 'test' } : { id, ...part }),
    voidsOnlyOwn: false,
  };
};

/** What a world comes to that is fed entries, and is looked at in between. */
const outcome = (entries: readonly FollowedEntry[], looks: ReadonlySet<number> = new Set()) => {
  const entryAt = (position: number) => entries.find((one) => one.position === position);
  const { world, take, cut } = follower(entryAt);
  const query = (metric: string, dimensions: readonly string[]) =>
    answerQuestion(
      {
        kind: 'query',
        query: { metrics: [metric], dimensions, asOf: '2026-02-20' },
        access: { small: true, names: true },
      },
      world,
      0,
    );
  const rows = (found: ReturnType<typeof query>): unknown =>
    'json' in found && (JSON.parse(found.json) as Part)['rows'];
  const look = () => [
    rows(query('compliance.states', ['person', 'state', 'department'])),
    rows(query('enrolments.count', ['person', 'department', 'outcome'])),
  ];
  entries.forEach((entry, at) => {
    take(entry);
    if (looks.has(at)) look();
  });
  const digest = stateDigest(world);
  // What was kept comes to the same after a start.
  expect(stateDigest(restoredFollower(entryAt, [cut()]).world)).toBe(digest);
  return { digest, answers: look() };
};

describe('merges, splits and rosters', () => {
  it('come to the same whenever statements arrive', () => {
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1, maxLength: 25 }),
        fc.array(fc.oneof(merging, hiring), { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.nat({ max: 99 })),
        (statements, records, random) => {
          const others = [...RULES, ...records].map((one, at) => entryOf(one, 1000 + at));
          const facts = statements.map((one, at) => entryOf(one, 1 + at));
          const next = () => random.next().value as number;
          const shuffled = facts
            .map((one) => [next(), one] as const)
            .sort(([a], [b]) => a - b)
            .map(([, one]) => one);
          const mixed: FollowedEntry[] = [];
          const waiting = [...others];
          for (const fact of shuffled) {
            while (waiting.length > 0 && next() < 30) mixed.push(waiting.shift() as FollowedEntry);
            mixed.push(fact);
          }
          mixed.push(...waiting);
          const looks = new Set(mixed.map((_, at) => at).filter(() => next() < 30));
          const expected = outcome([...others, ...facts]);
          expect(outcome([...facts, ...others])).toEqual(expected);
          expect(outcome(mixed, looks)).toEqual(expected);
        },
      ),
      { numRuns: 30 },
    );
  });
});
