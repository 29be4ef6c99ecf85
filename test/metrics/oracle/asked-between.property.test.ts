import fc from 'fast-check';
import { answerQuestion } from '../../../src/metrics/answer-question.ts';
import { CATALOGUE } from '../../../src/metrics/catalogue.ts';
import type { FollowedEntry } from '../../../src/metrics/follower.ts';
import { follower } from '../../../src/metrics/follower.ts';
import type { World } from '../../../src/metrics/state/world.ts';
import { NOW } from './arbitrary-learning.ts';
import { logOf, streams } from './arbitrary-stream.ts';

const RUNS = Number(process.env['CAIRN_RUNS'] ?? 40);
const SEED = Number(process.env['CAIRN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** All metrics that can be asked for by nothing but their name. */
const METRICS = CATALOGUE.all.filter(({ id }) => id !== 'list.transcript').map(({ id }) => id);
const QUESTIONS = METRICS.flatMap((id) => [
  { metrics: [id] },
  { metrics: [id], time: { grain: 'day' } },
  { metrics: [id], asOf: '2026-01-06' },
]);

const told = (world: World, query: object): unknown => {
  const access = { small: true, names: true };
  const outcome = answerQuestion({ kind: 'query', query, access }, world, NOW);
  if (!('json' in outcome)) return outcome.rejected;
  const { rows, totals } = JSON.parse(outcome.json) as { rows: unknown; totals: unknown };
  return { query, rows, totals };
};

const between = fc.array(fc.array(fc.nat({ max: QUESTIONS.length - 1 }), { maxLength: 6 }), {
  minLength: 1,
  maxLength: 20,
});

describe(`columns that are kept from question to question (seed ${SEED})`, () => {
  it('say what they would say had nothing been asked before', () => {
    fc.assert(
      fc.property(streams, between, (stream, asked) => {
        const log = logOf(stream);
        const entryAt = (position: number): FollowedEntry | undefined => log[position - 1];
        const [lived, fresh] = [follower(entryAt), follower(entryAt)];
        log.forEach((entry, at) => {
          lived.take(entry);
          for (const one of asked[at % asked.length] ?? []) told(lived.world, QUESTIONS[one] as object);
        });
        for (const entry of log) fresh.take(entry);
        for (const query of QUESTIONS) expect(told(lived.world, query)).toEqual(told(fresh.world, query));
      }),
      { numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: RUNS * 1000 },
    );
  }, 3_600_000);
});
