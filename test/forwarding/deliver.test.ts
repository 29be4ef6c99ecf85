import fc from 'fast-check';
import { deliver } from '../../src/forwarding/deliver.ts';
import type { Outcome } from '../../src/forwarding/outcome.ts';
import type { StoredStatement } from '../../src/statements/statement-store.ts';

const stored = (position: number): StoredStatement => ({
  position,
  text: `{"id":"${position}"}`,
  stored: position,
  voided: false,
  terms: { mayDefine: true, voidsOnlyOwn: false, family: '1.0.3' },
});
const positions = (statements: readonly StoredStatement[]) => statements.map(({ position }) => position);

/** A target that refuses some for good, takes at most so many at once, and fails from its n-th request on. */
const targetOf = (bad: ReadonlySet<number>, most: number, failsAt: number) => {
  const taken: number[] = [];
  let requests = 0;
  const send = async (group: readonly StoredStatement[]): Promise<Outcome> => {
    requests += 1;
    if (requests >= failsAt) return { kind: 'failed', error: 'down' };
    if (group.length > most || group.some(({ position }) => bad.has(position))) {
      return { kind: 'refused', status: group.length > most ? 413 : 400, answer: 'no' };
    }
    taken.push(...positions(group));
    return { kind: 'delivered' };
  };
  return { send, taken, requests: () => requests };
};

describe('delivering', () => {
  it('is one request when everything is taken, none when there is nothing', async () => {
    const target = targetOf(new Set(), 100, 100);
    await deliver([1, 2, 3].map(stored), target.send);
    expect([target.taken, target.requests()]).toEqual([[1, 2, 3], 1]);
    expect(await deliver([], target.send)).toEqual({ delivered: [], refused: [] });
    expect(target.requests()).toBe(1);
  });

  it('has every culprit stand alone, and all others taken in their order', async () => {
    const batches = fc.record({
      size: fc.integer({ min: 1, max: 60 }),
      bad: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 12 }),
      most: fc.integer({ min: 1, max: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(batches, async ({ size, bad, most }) => {
        const all = Array.from({ length: size }, (_, at) => at + 1);
        const target = targetOf(new Set(bad), most, Number.POSITIVE_INFINITY);
        const { delivered, refused, failed } = await deliver(all.map(stored), target.send);
        expect(failed).toBeUndefined();
        expect(target.taken).toEqual(all.filter((position) => !bad.includes(position)));
        expect(positions(delivered)).toEqual(target.taken);
        expect(refused.map(({ statement }) => statement.position)).toEqual(
          all.filter((position) => bad.includes(position)),
        );
        expect(target.requests()).toBeLessThan(2 * size);
      }),
    );
  });

  it('ends at a failure, and what it has seen to by then is the first of them', async () => {
    const runs = fc.record({
      size: fc.integer({ min: 1, max: 40 }),
      bad: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }),
      failsAt: fc.integer({ min: 1, max: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(runs, async ({ size, bad, failsAt }) => {
        const all = Array.from({ length: size }, (_, at) => at + 1);
        const target = targetOf(new Set(bad), 100, failsAt);
        const { delivered, refused, failed } = await deliver(all.map(stored), target.send);
        const seen = [...positions(delivered), ...refused.map(({ statement }) => statement.position)];
        expect(seen.sort((a, b) => a - b)).toEqual(all.slice(0, seen.length));
        expect(positions(delivered)).toEqual(target.taken);
        expect(failed === undefined).toBe(target.requests() < failsAt);
        if (failed === undefined) expect(seen).toEqual(all);
      }),
    );
  });
});
