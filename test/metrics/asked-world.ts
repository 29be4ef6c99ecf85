import { answerQuestion } from '../../src/metrics/answer-question.ts';
import { follower } from '../../src/metrics/follower.ts';
import type { World } from '../../src/metrics/state/world.ts';
import type { Answer, Cell, DimensionValue } from '../../src/metrics/views.ts';
import { epochMicros } from '../../src/xapi/timestamp.ts';
import type { Part } from './facts-of.ts';

/** When every statement here is stored, unless told otherwise: after all that they tell. */
const STORED_LAST = '2026-07-01T00:00:00Z';

export type Sent = string | Part;

/** A world that has taken in statements, in their order; without an id each has its own. */
export const worldOf = (statements: Iterable<Sent>, stored = STORED_LAST): World => {
  const entries: string[] = [];
  const micros = epochMicros(stored);
  const { world, take } = follower((position) => entryAt(position));
  const entryAt = (position: number) => ({
    position,
    stored: micros,
    kind: 'statement' as const,
    text: entries[position - 1] as string,
    voidsOnlyOwn: false,
  });
  for (const statement of statements) {
    const position = entries.push(
      typeof statement === 'string' ? statement : textOf(statement, entries.length),
    );
    take(entryAt(position));
  }
  return world;
};

const textOf = (statement: Part, at: number): string =>
  JSON.stringify({ id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`, ...statement });

/** What is answered to a question, which must not be turned away; asked by who may see everything. */
export const answerOf = (world: World, query: Part, now = STORED_LAST): Answer => {
  const access = { small: true, names: true };
  const outcome = answerQuestion({ kind: 'query', query, access }, world, Date.parse(now));
  if ('rejected' in outcome) throw new Error(JSON.stringify(outcome.rejected));
  return JSON.parse(outcome.json) as Answer;
};

type Asked = Part & { readonly params?: Part; readonly now?: string };
/** A cell whose kind the test knows. */
export type AnyCell = Cell & Readonly<Record<string, unknown>>;

/** The one cell of a metric over everything that a question is about. */
export const cellOf = (world: World, id: string, { params = {}, now, ...rest }: Asked = {}): AnyCell => {
  const { totals } = answerOf(world, { metrics: [{ id, params }], ...rest }, now);
  return totals?.[0] as AnyCell;
};

/** The cells of a metric by the values of one dimension, or of time. */
export const cellsBy = (
  world: World,
  id: string,
  { params = {}, now, ...rest }: Asked,
): ReadonlyMap<string | number | boolean | null, AnyCell> => {
  const { rows } = answerOf(world, { metrics: [{ id, params }], page: { limit: 10_000 }, ...rest }, now);
  return new Map(rows.map(([value, cell]) => [plain(value as DimensionValue), cell as AnyCell]));
};

const plain = (value: DimensionValue): string | number | boolean | null =>
  typeof value === 'object' && value !== null ? value.id : value;
