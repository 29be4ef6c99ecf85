import fc from 'fast-check';
import { stateDigest } from '../../../src/metrics/state/state-digest.ts';
import { NOW } from './arbitrary-learning.ts';
import { arriving, logOf, streams } from './arbitrary-stream.ts';
import { askWorld } from './ask-world.ts';
import { acts, followStream, linesOfWorld } from './follow-stream.ts';
import { oracleAnswers, rounded, type WindowParams } from './oracle-answers.ts';
import { linesOf, oracleOf } from './oracle-state.ts';

/** `CAIRN_RUNS=20000 npx jest test/metrics/oracle` looks longer, `CAIRN_SEED` at the same again. */
const RUNS = Number(process.env['CAIRN_RUNS'] ?? 120);
const SEED = Number(process.env['CAIRN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** What is found in a large stream takes long to be made small: then it is told as it is. */
const LONG = { numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: RUNS * 150 };

const keys = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 40, size: 'max' });
/** Windows end long before the moment of the question or after it: how late sources are changes nothing. */
const params: fc.Arbitrary<WindowParams> = fc.record({
  window: fc.constantFrom(null, 'due' as const, 0, 1, 30, 401, 1000),
  start: fc.constantFrom('assigned', 'started', 'course'),
  includeWaived: fc.boolean(),
  includeImmature: fc.boolean(),
});

describe(`what metrics know of a log (seed ${SEED})`, () => {
  it('is what the rules say, whatever came first, was kept, asked for, or read again', () => {
    fc.assert(
      fc.property(streams, keys, acts, (stream, order, between) => {
        const log = logOf(stream);
        const told = linesOf(oracleOf(log).rows);
        const fresh = followStream(log);
        expect(linesOfWorld(fresh, log)).toEqual(told);
        const again = followStream(log, between);
        expect(linesOfWorld(again, log)).toEqual(told);
        expect(stateDigest(again.world)).toBe(stateDigest(fresh.world));
        const late = logOf(arriving(stream, order));
        expect(linesOfWorld(followStream(late, between), late)).toEqual(told);
      }),
      LONG,
    );
  }, 3_600_000);

  it('answers as the oracle does', () => {
    const dimensions = fc.constantFrom('course' as const, 'outcome' as const, 'person' as const);
    fc.assert(
      fc.property(streams, dimensions, params, acts, (stream, by, asked, between) => {
        const log = logOf(stream);
        const { world } = followStream(log, between);
        const answers = oracleAnswers(oracleOf(log), by, NOW, asked);
        expect(askWorld(world, by, NOW, asked)).toEqual(rounded(answers));
      }),
      LONG,
    );
  }, 3_600_000);
});
