import type { Fact } from '../../src/metrics/fact.ts';
import { SIGNALS, type Signal } from '../../src/metrics/signal.ts';
import { readFact } from '../../src/metrics/signals/read-fact.ts';
import { SIGNAL_TABLE, type SignalTable } from '../../src/metrics/signals/signal-table.ts';
import type { Family, Statement } from '../../src/xapi/statement.ts';
import { epochMicros } from '../../src/xapi/timestamp.ts';
import { problemsOfStatement } from '../../src/xapi/validate-statement.ts';

export const STORED = '2026-03-02T14:00:00.123456Z';
export const LEARNER = { account: { homePage: 'https://hr.example', name: 'e-1042' } };
export const MENTOR = { account: { homePage: 'https://hr.example', name: 'e-0077' } };
export const LEARNER_TERM = 'gaccount https://hr.example e-1042';
export const MENTOR_TERM = 'gaccount https://hr.example e-0077';

export const ADL = 'http://adlnet.gov/expapi/verbs/';
export const ADL_TYPE = 'http://adlnet.gov/expapi/activities/';
export const ISD = 'https://w3id.org/xapi/dod-isd/verbs/';

export type Part = Readonly<Record<string, unknown>>;

/** A statement of the learner about the activity `a`, unless told otherwise. */
export const said = (verb: string, change: Part = {}): Part => ({
  actor: LEARNER,
  verb: { id: verb },
  object: { id: 'https://lms.example/a' },
  timestamp: '2026-03-02T13:00:00Z',
  ...change,
});

export const activity = (name: string, type?: string, extensions?: Part): Part => ({
  id: `https://lms.example/${name}`,
  ...(type === undefined && extensions === undefined
    ? {}
    : { definition: { ...(type === undefined ? {} : { type }), ...(extensions ? { extensions } : {}) } }),
});

/** The facts of a statement that has to be valid. */
export const factsOf = (
  statement: Part,
  table: SignalTable = SIGNAL_TABLE,
  family: Family = '1.0.3',
): readonly Fact[] => {
  expect(problemsOfStatement(statement, family)).toEqual([]);
  return readFact(statement as unknown as Statement, epochMicros(STORED), table);
};

/** The one fact of a statement. */
export const factOf = (statement: Part, table?: SignalTable, family?: Family): Fact => {
  const facts = factsOf(statement, table, family);
  expect(facts).toHaveLength(1);
  return facts[0] as Fact;
};

/** The names of a fact's signals, in alphabetical order. */
export const signalsOf = ({ signals }: Fact): string[] =>
  (Object.keys(SIGNALS) as Signal[]).filter((name) => (signals & SIGNALS[name]) !== 0).sort();

/** A statement as a tool sends it, what it means, and other members of its fact. */
export type ToolShape = readonly [name: string, statement: Part, signals: readonly string[], others?: Part];

/** Each statement is valid, is known to the table, and means what its row says. */
export const checkShapes = (shapes: readonly ToolShape[]): void => {
  const rows = shapes.map(([name, ...rest]) => ({ name, rest }));
  it.each(rows)('$name', ({ rest: [statement, signals, others = {}] }) => {
    const fact = factOf(statement);
    expect(signalsOf(fact)).toEqual(signals);
    expect(fact).toMatchObject(others);
    expect(fact.isMapped).toBe(true);
  });
};
