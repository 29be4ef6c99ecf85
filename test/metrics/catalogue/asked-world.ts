import { answerQuestion } from '../../../src/metrics/answer-question.ts';
import { type FollowedEntry, type Follower, follower } from '../../../src/metrics/follower.ts';
import type { World } from '../../../src/metrics/state/world.ts';
import { epochMicros } from '../../../src/xapi/timestamp.ts';

type Part = Readonly<Record<string, unknown>>;

/** What of a cell the tests look at; which members there are depends on the metric. */
// biome-ignore lint/suspicious/noExplicitAny: cells are JSON of many shapes, and a missing member fails the test
export type AnyCell = any;

/** When everything in a test's log was stored. */
const STORED = epochMicros('2027-01-01T00:00:00Z');

/** A world that follows statements and records, in their order; ids are made where there are none. */
export const worldOf = (entries: readonly Part[]): World => {
  const log: FollowedEntry[] = entries.map((entry, at) => ({
    position: at + 1,
    stored: STORED + at,
    kind: 'record' in entry ? 'record' : 'statement',
    text: JSON.stringify('record' in entry ? { by: 'test', ...entry } : { id: idAt(at), ...entry }),
    voidsOnlyOwn: false,
  }));
  const one = follower((position) => log[position - 1]);
  for (const entry of log) one.take(entry);
  return one.world;
};

export const idAt = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** A follower of a log that is made as it is read. */
export const followTexts = async (texts: AsyncIterable<string>): Promise<Follower> => {
  const one = follower(() => undefined);
  let position = 0;
  for await (const text of texts) {
    position += 1;
    one.take({ position, stored: STORED, kind: 'statement', text, voidsOnlyOwn: false });
  }
  return one;
};

export const NOW = Date.parse('2027-01-01T00:00:00Z');

/** The answer to a query, as whoever may see everything gets it. */
export const answerOf = (world: World, query: Part, access = { small: true, names: true }) => {
  const outcome = answerQuestion({ kind: 'query', query, access }, world, NOW);
  if ('rejected' in outcome) throw new Error(JSON.stringify(outcome.rejected));
  return JSON.parse(outcome.json) as { rows: AnyCell[][]; totals: AnyCell[] };
};

/** The one cell that a metric comes to over everything. */
export const cellOf = (world: World, id: string, params: Part = {}, query: Part = {}): AnyCell =>
  answerOf(world, { metrics: [{ id, params }], ...query }).totals[0];
