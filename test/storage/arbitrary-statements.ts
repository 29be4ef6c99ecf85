import fc from 'fast-check';
import type { StatementQuery } from '../../src/statements/statement-query.ts';
import { account, activity, reference, uuid, verb } from './sample-statements.ts';

/** So few that everything meets everything. */
const AGENTS = [
  { mbox: 'mailto:ada@example.org' },
  account('k1'),
  { openid: 'https://bo.example.org/' },
  { mbox_sha1sum: 'abcdef0123abcdef0123abcdef0123abcdef0123' },
] as const;
const VERBS = ['did', 'saw'] as const;
const ACTIVITIES = ['a', 'b', 'c'] as const;
const REGISTRATIONS = [uuid(0xa1), uuid(0xa2)] as const;
export const VOIDED = { id: 'http://adlnet.gov/expapi/verbs/voided' };
const KEYS = ['k1', 'k2'] as const;
/** The numbers of the statements that there can be. */
const NUMBERS = 24;

const ACTIVITY_IDS = ACTIVITIES.map((name) => activity(name).id);

export { ACTIVITY_IDS, AGENTS };

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const dense = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));

const agents = fc
  .record({ who: fc.constantFrom(...AGENTS), name: maybe(fc.constantFrom('A', 'B', 'C')) })
  .map(({ who, name }) => dense({ objectType: 'Agent', ...who, name }));
const groups = fc
  .record({
    who: fc.constantFrom({}, account('team')),
    member: fc.uniqueArray(agents, { minLength: 1, maxLength: 2, selector: (one) => JSON.stringify(one) }),
  })
  .map(({ who, member }) => ({ objectType: 'Group', ...who, member }));
const actors = fc.oneof({ weight: 3, arbitrary: agents }, { weight: 1, arbitrary: groups });

const definitions = fc
  .record({
    name: maybe(fc.dictionary(fc.constantFrom('en', 'de'), fc.constantFrom('x', 'y'), { minKeys: 1 })),
    type: maybe(fc.constantFrom('https://example.org/t1', 'https://example.org/t2')),
    extensions: maybe(fc.constantFrom({ 'https://e.org/1': 1 }, { 'https://e.org/1': { b: 1, a: [null] } })),
  })
  .map(dense);
const activities = fc
  .record({ name: fc.constantFrom(...ACTIVITIES), definition: maybe(definitions) })
  .map(({ name, definition }) => dense({ ...activity(name), definition }));
const references = fc.integer({ min: 1, max: NUMBERS }).map(reference);
const verbs = fc.constantFrom(...VERBS).map(verb);

const contexts = fc
  .record({
    registration: maybe(fc.constantFrom(...REGISTRATIONS)),
    instructor: maybe(actors),
    team: maybe(groups),
    contextActivities: maybe(
      fc
        .record({ parent: maybe(activities), other: maybe(fc.array(activities, { maxLength: 2 })) })
        .map(dense),
    ),
    contextAgents: maybe(
      fc.array(
        agents.map((agent) => ({ objectType: 'contextAgent', agent })),
        { maxLength: 1 },
      ),
    ),
    contextGroups: maybe(
      fc.array(
        groups.map((group) => ({ objectType: 'contextGroup', group })),
        { maxLength: 1 },
      ),
    ),
    statement: maybe(references),
  })
  .map(dense);

const subject = fc.oneof(
  fc.record({ verb: verbs, object: fc.oneof(activities, agents, references) }),
  fc.record({ verb: fc.constant(VOIDED), object: references }),
);
const subStatements = fc
  .record({ actor: actors, subject, context: maybe(contexts) })
  .map(({ actor, subject: about, context }) =>
    dense({ objectType: 'SubStatement', actor, ...about, context }),
  );

const plain = fc.record({
  actor: actors,
  verb: verbs,
  object: fc.oneof(
    { weight: 3, arbitrary: activities },
    { weight: 1, arbitrary: actors },
    { weight: 4, arbitrary: references },
    { weight: 2, arbitrary: subStatements },
  ),
  context: maybe(contexts),
});
const voids = fc.record({ actor: actors, verb: fc.constant(VOIDED), object: references });

/** Statements that refer to, void and contradict each other, without an id. */
const bodies = fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: voids }).map(dense);

/** What is sent: mostly a new statement, sometimes one under a number that was used before. */
const sendings = fc.record({
  body: bodies,
  again: fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.record({ pick: fc.nat(), same: fc.boolean() }) },
  ),
});

/** Statements without ids; {@link numbered} gives them theirs. */
export const batches = fc.record({
  statements: fc.array(sendings, { minLength: 1, maxLength: 4 }),
  by: fc.constantFrom(...KEYS),
  mayDefine: fc.boolean(),
  voidsOnlyOwn: fc.boolean(),
});
export type ArbitraryBatch = typeof batches extends fc.Arbitrary<infer Value> ? Value : never;

/** The numbers in the order of their first use, so that targets come before and after what refers to them. */
export const numberings = fc.shuffledSubarray(
  Array.from({ length: NUMBERS }, (_, index) => index + 1),
  { minLength: NUMBERS },
);

type Again = { readonly pick: number; readonly same: boolean };

/** Gives the statements of each batch distinct ids; `used` remembers the bodies by their numbers. */
export const numbered = (
  { statements, ...rest }: ArbitraryBatch,
  unused: number[],
  used: Map<number, object>,
) => {
  const batch = new Map<number, { readonly id: string }>();
  const numberFor = (again: Again | undefined) => {
    const numbers = [...used.keys()];
    return (again === undefined ? undefined : numbers[again.pick % numbers.length]) ?? unused.pop();
  };
  for (const { body, again } of statements) {
    const n = numberFor(again);
    if (n === undefined || batch.has(n)) continue;
    if (!used.has(n)) used.set(n, body);
    batch.set(n, { id: uuid(n), ...(again?.same === true ? used.get(n) : body) });
  }
  return { statements: [...batch.values()], ...rest };
};

export type ArbitraryQuery = Omit<StatementQuery, 'behind'>;

/** Queries with any of the conditions; moments are numbers of statements, or beyond them. */
export const queries = fc
  .record({
    agent: maybe(fc.constantFrom(...AGENTS, account('team'))),
    relatedAgents: fc.boolean(),
    verb: maybe(fc.constantFrom(...VERBS.map((name) => verb(name).id), VOIDED.id)),
    activity: maybe(fc.constantFrom(...ACTIVITY_IDS)),
    relatedActivities: fc.boolean(),
    registration: maybe(fc.constantFrom(...REGISTRATIONS)),
    authority: maybe(fc.constantFrom(...KEYS.map(account))),
    since: maybe(fc.integer({ min: 0, max: 16 })),
    until: maybe(fc.integer({ min: 0, max: 16 })),
    ascending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 5 }),
  })
  .map((query) => dense(query) as ArbitraryQuery);

/** Every single condition, related or not, in both directions. */
export const singleQueries: readonly ArbitraryQuery[] = [
  {},
  ...[...AGENTS, account('team')].flatMap((agent) => [{ agent }, { agent, relatedAgents: true }]),
  ...[...VERBS.map((name) => verb(name).id), VOIDED.id].map((one) => ({ verb: one })),
  ...ACTIVITY_IDS.flatMap((one) => [{ activity: one }, { activity: one, relatedActivities: true }]),
  ...REGISTRATIONS.map((registration) => ({ registration })),
  ...KEYS.map((key) => ({ authority: account(key) })),
].flatMap((query) => [true, false].map((ascending) => ({ ...query, ascending, limit: 100 })));
