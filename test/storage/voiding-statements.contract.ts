import type { Storage } from '../../src/storage/storage.ts';
import { closedAfterEach, everyWay, type Open } from './opened.ts';
import {
  activity,
  agent,
  found,
  one,
  referring,
  statement,
  store,
  verb,
  voiding,
} from './sample-statements.ts';

const voidedOnes = async (storage: Storage): Promise<number[]> => {
  const numbers: number[] = [];
  for (const { position, voided } of await storage.statements.after(0, 100))
    if (voided) numbers.push(position);
  return numbers;
};

const voids = (open: Open): void => {
  it.each([
    ['after', [statement(1), voiding(2, 1)], 1],
    ['before', [voiding(2, 1), statement(1)], 2],
  ])('voids a statement that came %s (V-1)', async (_, statements, position) => {
    const opened = await open();
    for (const each of statements.toReversed().toReversed()) await store(opened.storage, [each]);
    await everyWay(opened, async (storage) => {
      expect((await one(storage, 1)).voided).toBe(true);
      expect((await one(storage, 2)).voided).toBe(false);
      expect(await found(storage)).toEqual([2]);
      expect(await voidedOnes(storage)).toEqual([position]);
      expect(await found(storage, { agent: agent('ada') })).toEqual([2]);
      expect(await found(storage, { activity: activity('a').id, relatedActivities: true })).toEqual([2]);
    });
  });

  it('voids only its own for a credential that may not more, in either order of arrival (V-4)', async () => {
    const opened = await open();
    const { storage } = opened;
    const mine = { by: 'mine', voidsOnlyOwn: true } as const;
    await store(storage, [statement(1), statement(2)], { by: 'other' });
    await store(storage, [statement(3)], mine);
    const refused = await store(storage, [statement(9), voiding(10, 1), voiding(11, 2)], mine).catch(
      (e) => e,
    );
    expect(refused).toMatchObject({ reason: 'forbidden', problems: [{ index: 1 }, { index: 2 }] });
    await store(storage, [voiding(4, 3), voiding(5, 7), voiding(6, 8)], mine);
    await store(storage, [statement(7)], { by: 'other' });
    await store(storage, [statement(8)], mine);
    await store(storage, [voiding(12, 1)], { by: 'third' });
    await everyWay(opened, async (now) => {
      expect(await found(now)).toEqual([12, 7, 6, 5, 4, 2]);
    });
  });

  it('voids within one batch, in either order', async () => {
    const opened = await open();
    await store(opened.storage, [voiding(4, 3), statement(1), voiding(2, 1), statement(3)]);
    await everyWay(opened, async (storage) => {
      expect(await found(storage)).toEqual([2, 4]);
      expect(await storage.statements.after(0, 10)).toHaveLength(4);
    });
  });

  it('leaves a voiding statement that is to be voided as it is, and what it voids voided (V-3)', async () => {
    const opened = await open();
    await store(opened.storage, [statement(1), voiding(2, 1)]);
    await store(opened.storage, [voiding(3, 2)]);
    await store(opened.storage, [voiding(5, 4), voiding(4, 6)]);
    await store(opened.storage, [statement(6)]);
    await everyWay(opened, async (storage) => {
      expect(await found(storage)).toEqual([4, 5, 3, 2]);
      for (const n of [2, 3, 4, 5]) expect((await one(storage, n)).voided).toBe(false);
      for (const n of [1, 6]) expect((await one(storage, n)).voided).toBe(true);
    });
  });

  it('voids what it names, and not what that refers to', async () => {
    const opened = await open();
    for (const each of [referring(2, 1), voiding(3, 2), statement(1), referring(5, 1), voiding(6, 5)]) {
      await store(opened.storage, [each]);
    }
    await everyWay(opened, async (storage) => {
      expect(await found(storage)).toEqual([6, 1, 3]);
      expect((await one(storage, 1)).voided).toBe(false);
    });
  });

  it('takes several voids of one statement, and one of nothing', async () => {
    const opened = await open();
    await store(opened.storage, [voiding(2, 1)]);
    await store(opened.storage, [statement(1)]);
    await store(opened.storage, [voiding(3, 1), voiding(4, 1), voiding(5, 99)]);
    await everyWay(opened, async (storage) => {
      expect(await found(storage)).toEqual([5, 4, 3, 2]);
      expect(await voidedOnes(storage)).toEqual([2]);
    });
  });

  it('is not done by a SubStatement, a mere reference or another verb (V-3b)', async () => {
    const opened = await open();
    const { verb: voided } = voiding(9, 9) as { verb: object };
    const sub = { objectType: 'SubStatement', actor: agent('ada'), verb: voided };
    const { object } = referring(9, 1) as { object: object };
    await store(opened.storage, [
      statement(1),
      referring(2, 1),
      statement(3, { object: { ...sub, object } }),
      statement(4, { context: { statement: object } }),
      referring(5, 1, { verb: verb('voided') }),
    ]);
    await everyWay(opened, async (storage) => expect(await found(storage)).toEqual([5, 4, 3, 2, 1]));
  });

  it('makes no room for another statement of the id', async () => {
    const opened = await open();
    await store(opened.storage, [statement(1), voiding(2, 1)]);
    await everyWay(opened, async (storage) => {
      await expect(store(storage, [statement(1, { verb: verb('other') })])).rejects.toThrow(/belongs to/);
      expect(await store(storage, [statement(1)])).toHaveLength(1);
      expect((await one(storage, 1)).voided).toBe(true);
    });
  });

  it('fills pages in spite of voided ones', async () => {
    const opened = await open();
    await store(
      opened.storage,
      Array.from({ length: 20 }, (_, index) => statement(index + 1)),
    );
    const odd = Array.from({ length: 10 }, (_, index) => index * 2 + 1);
    await store(
      opened.storage,
      odd.map((n) => voiding(100 + n, n)),
    );
    await everyWay(opened, async ({ statements }) => {
      const page = await statements.page({ ascending: true, limit: 10, verb: verb('did').id });
      expect(page.statements.map(({ position }) => position)).toEqual(odd.map((n) => n + 1));
      const next = await statements.page({
        ascending: true,
        limit: 10,
        verb: verb('did').id,
        behind: page.behind ?? 0,
      });
      expect(next.statements).toHaveLength(10);
      expect(next.behind).toBeUndefined();
    });
  });
};

export const keepsTheRulesOfVoiding = (open: Open): void => {
  describe('voiding', () => {
    voids(closedAfterEach(open));
  });
};
