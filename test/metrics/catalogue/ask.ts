import { answerQuestion } from '../../../src/metrics/answer-question.ts';
import type { World } from '../../../src/metrics/state/world.ts';
import { fed } from '../fed-world.ts';

type Part = Readonly<Record<string, unknown>>;

/** What of a cell the tests look at; which members there are depends on the metric. */
// biome-ignore lint/suspicious/noExplicitAny: cells are JSON of many shapes, and a missing member fails the test
type Told = any;

/** A world that has been fed statements and records, in their order. */
export const worldOf = (entries: readonly Part[]): World => fed(entries).world;

export const idAt = (at: number): string => `00000000-0000-4000-9000-${String(at).padStart(12, '0')}`;

const NOW = Date.parse('2027-01-01T00:00:00Z');

/** The answer to a query, as whoever may see everything gets it. */
export const answerOf = (world: World, query: Part, access = { small: true, names: true }) => {
  const outcome = answerQuestion({ kind: 'query', query, access }, world, NOW);
  if ('rejected' in outcome) throw new Error(JSON.stringify(outcome.rejected));
  return JSON.parse(outcome.json) as { rows: Told[][]; totals: Told[]; page: Told; meta: Told };
};

/** The one cell that a metric comes to over everything. */
export const cellOf = (world: World, id: string, params: Part = {}, query: Part = {}): Told =>
  answerOf(world, { metrics: [{ id, params }], ...query }).totals[0];
