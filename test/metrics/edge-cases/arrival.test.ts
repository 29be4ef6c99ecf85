import { deserialize, serialize } from 'node:v8';
import { type FollowedEntry, follower, restoredFollower } from '../../../src/metrics/follower.ts';
import type { Part as KeptPart } from '../../../src/metrics/parts.ts';
import { stateDigest } from '../../../src/metrics/state/state-digest.ts';
import { epochMicros } from '../../../src/xapi/timestamp.ts';
import type { Part } from '../facts-of.ts';
import { fed } from '../fed-world.ts';
import { day, did, enrolled, idAt, rowsOf, tried, voiding, withdrew } from './cases.ts';

describe('2 all statements in another order, in other batches', () => {
  it('come to the same numbers', () => {
    const story = [
      enrolled('ann', 1),
      withdrew('ann', 2),
      enrolled('ann', 3),
      did('ann', 'failed', 4),
      did('ann', 'passed', 5),
      enrolled('bob', 1),
      withdrew('bob', 3),
    ];
    const orders = [story, [...story].reverse(), [...story.slice(4), ...story.slice(0, 4)]];
    const asked = { metrics: ['success.rate', 'enrolments.count'], dimensions: ['outcome'] };
    for (const order of orders)
      expect(rowsOf(fed(order).ask(asked))).toEqual([
        // Who comes again after a withdrawal begins another cycle.
        ['passed', '1/1', 1],
        ['withdrawn', '0/2', 2],
      ]);
  });
});

describe('3 a void before its target', () => {
  it('has taken it back by the time it comes', () => {
    const world = fed([enrolled('ann', 1), voiding(idAt(1)), { ...did('ann', 'completed', 2), id: idAt(1) }]);
    expect(world.cell('completion.rate')).toMatchObject({ num: 0, den: 1 });
    expect(world.cell('quality.voids')).toMatchObject({ value: 1 });
  });
});

describe('5 a void of a void', () => {
  it('takes back nothing', () => {
    const completed = { ...did('ann', 'completed', 2), id: idAt(1) };
    const world = fed([enrolled('ann', 1), completed, voiding(idAt(1), 2), voiding(idAt(2), 3)]);
    expect(world.cell('completion.rate')).toMatchObject({ num: 0, den: 1 });
    expect(world.cell('events.count')).toMatchObject({ value: 1 });
  });
});

describe('6 a late completion across a month and a due date', () => {
  it('counts when it happened, not when it was told', () => {
    const due = { context: { extensions: { 'urn:cairn:due': '2026-01-31' } } };
    const told = { stored: '2026-02-05T08:00:00Z' };
    const world = fed([enrolled('ann', 20, { ...due, ...told }), did('ann', 'completed', 30, told)]);
    expect(world.cell('completion.on_time')).toMatchObject({ num: 1, den: 1 });
    const time = { by: 'completed', grain: 'month' };
    const byMonth = world.ask({ metrics: ['completion.rate'], time, asOf: '2026-03-01' });
    expect(rowsOf(byMonth)).toEqual([['2026-01-01', '1/1']]);
  });
});

describe('42 many enrolments', () => {
  it('are counted to the last one', () => {
    const people = Array.from({ length: 6000 }, (_, at) => `p${at}`);
    const entries = people.flatMap((name, at) => [
      enrolled(name, 1 + (at % 9)),
      ...(at % 3 === 0 ? [did(name, 'completed', 12)] : []),
    ]);
    const world = fed(entries);
    expect(world.cell('completion.rate')).toMatchObject({ num: 2000, den: 6000, persons: 6000 });
    const byDay = world.ask({ metrics: ['enrolments.count'], time: { grain: 'day' } });
    expect(byDay.rows).toHaveLength(9);
    expect(rowsOf(byDay)[0]).toEqual(['2026-01-01', 667]);
  });
});

describe('44 the state made anew, and the state that was kept up', () => {
  const story: readonly Part[] = [
    tried('ann', 'failed', 9),
    tried('ann', 'passed', 5),
    enrolled('ann', 3),
    { ...did('bob', 'completed', 8), id: idAt(1) },
    tried('ann', 'failed', 2),
    voiding(idAt(1)),
  ];
  const log = story.map(
    (one, at): FollowedEntry => ({
      position: at + 1,
      stored: epochMicros(day(60 + at)),
      kind: 'statement',
      text: JSON.stringify({ id: idAt(50 + at), ...one }),
      voidsOnlyOwn: false,
    }),
  );
  const entryAt = (position: number): FollowedEntry | undefined => log[position - 1];

  it('have one digest, wherever it was looked at or started again', () => {
    const anew = follower(entryAt);
    for (const entry of log) anew.take(entry);
    const kept = follower(entryAt);
    const parts = log.map((entry) => {
      kept.take(entry);
      kept.world.settle();
      return deserialize(serialize(kept.cut())) as KeptPart;
    });
    const digest = stateDigest(anew.world);
    expect(stateDigest(kept.world)).toBe(digest);
    expect(stateDigest(restoredFollower(entryAt, parts).world)).toBe(digest);
    const other = follower(entryAt);
    for (const entry of log.slice(0, -1)) other.take(entry);
    expect(stateDigest(other.world)).not.toBe(digest);
  });
});
