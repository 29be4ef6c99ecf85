import { answerQuestion } from '../../../src/metrics/answer-question.ts';
import type { World } from '../../../src/metrics/state/world.ts';
import type { By, Figure, WindowParams } from './oracle-answers.ts';

type Cell = Figure & Readonly<Record<string, unknown>>;
type Table = { readonly rows: readonly (readonly [{ readonly id: string } | string, ...Cell[]])[] };

/** The question that the oracle answers too. */
export const askedOf = (by: By, params: WindowParams) => ({
  kind: 'query' as const,
  query: queryOf(by, params),
});

const queryOf = (by: By, params: WindowParams): object => ({
  metrics: ['enrolments.count', { id: 'completion.rate', params }, { id: 'success.rate', params }],
  dimensions: [by],
  page: { limit: 10_000 },
});

const figureOf = ({ value, num, den, persons, excluded }: Cell): Figure => ({
  value,
  ...(num === undefined ? {} : { num }),
  ...(den === undefined ? {} : { den }),
  persons,
  ...(excluded === undefined ? {} : { excluded }),
});

/** What an answer says, by the value of its dimension. */
export const figuresIn = (json: string): Readonly<Record<string, readonly Figure[]>> =>
  Object.fromEntries(
    (JSON.parse(json) as Table).rows.map(([key, ...cells]) => [
      typeof key === 'string' ? key : key.id,
      cells.map(figureOf),
    ]),
  );

export const askWorld = (world: World, by: By, now: number, params: WindowParams) => {
  const access = { small: true, names: true };
  const outcome = answerQuestion({ ...askedOf(by, params), access }, world, now);
  if (!('json' in outcome)) throw new Error(JSON.stringify(outcome.rejected));
  return figuresIn(outcome.json);
};
