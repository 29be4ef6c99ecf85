import type { Storage } from '../../src/storage/storage.ts';
import { closedAfterEach, everyWay, type Open } from './opened.ts';
import { activity, agent, found, one, pages, statement, store, verb } from './sample-statements.ts';

const REGISTRATION = 'ABCDEFab-0000-4000-8000-0000000000Ff';

const divided = (n: number): object => {
  const choose = <Value>(divisor: number, yes: Value, no: Value): Value => (n % divisor === 0 ? yes : no);
  return statement(n, {
    actor: agent(choose(2, 'even', 'odd')),
    verb: verb(choose(3, 'three', 'other')),
    object: activity(choose(5, 'five', 'other')),
    ...choose(4, { context: { registration: REGISTRATION } }, {}),
  });
};

/** Statements 1 to 60, which differ by what divides their numbers. */
const manyStatements = async (storage: Storage): Promise<void> => {
  const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
  for (let from = 0; from < 60; from += 7) {
    await store(storage, numbers.slice(from, from + 7).map(divided));
  }
};

const combined = (open: Open): void => {
  const conditions = [
    [{ agent: agent('even') }, 2],
    [{ verb: verb('three').id }, 3],
    [{ activity: activity('five').id }, 5],
    [{ registration: REGISTRATION }, 4],
  ] as const;

  it('joins all conditions with and, in both directions, and pages through them (F-6)', async () => {
    const opened = await open();
    await manyStatements(opened.storage);
    await everyWay(opened, async (storage) => {
      for (let mask = 0; mask < 16; mask += 1) {
        const chosen = conditions.filter((_, bit) => (mask & (1 << bit)) !== 0);
        const query = Object.assign({}, ...chosen.map(([condition]) => condition)) as object;
        const all = Array.from({ length: 60 }, (_, index) => index + 1);
        const expected = all.filter((n) => chosen.every(([, divisor]) => n % divisor === 0));
        for (const limit of [1, 4, 60, 61]) {
          const up = await pages(storage, { ...query, ascending: true, limit });
          const down = await pages(storage, { ...query, limit });
          expect([up.flat(), down.flat()]).toEqual([expected, expected.toReversed()]);
          expect(up).toHaveLength(Math.max(1, Math.ceil(expected.length / limit)));
        }
      }
    });
  });

  it('bounds by when it was stored: since is exclusive, until inclusive, to the microsecond', async () => {
    const opened = await open();
    await manyStatements(opened.storage);
    const moment = async (n: number) => (await one(opened.storage, n)).stored;
    const [ten, twenty] = [await moment(10), await moment(20)];
    const last = await moment(60);
    const within = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, index) => to - index);
    await everyWay(opened, async (storage) => {
      expect(await found(storage, { since: ten, until: twenty })).toEqual(within(11, 20));
      expect(await found(storage, { since: ten - 1, until: twenty - 1 })).toEqual(within(10, 19));
      expect(await found(storage, { since: ten, until: ten })).toEqual([]);
      expect(await found(storage, { since: ten - 1, until: ten })).toEqual([10]);
      expect(await found(storage, { since: twenty, until: ten })).toEqual([]);
      expect(await found(storage, { since: last })).toEqual([]);
      expect(await found(storage, { since: last - 1 })).toEqual([60]);
      expect(await found(storage, { until: (await one(storage, 1)).stored - 1 })).toEqual([]);
      expect(await found(storage, { until: last + 1, since: 0 })).toEqual(within(1, 60));
      const evenBetween = { since: ten, until: twenty, agent: agent('even'), ascending: true, limit: 2 };
      expect(await pages(storage, evenBetween)).toEqual([[12, 14], [16, 18], [20]]);
    });
  });

  it('neither skips nor repeats when more is stored between pages', async () => {
    const { storage } = await open();
    await manyStatements(storage);
    let next = 100;
    const between = async () => {
      if (next < 110) await store(storage, [statement(next++, { actor: agent('even') })]);
    };
    const even = Array.from({ length: 30 }, (_, index) => 60 - 2 * index);
    expect((await pages(storage, { agent: agent('even'), limit: 7 }, between)).flat()).toEqual(even);
    const upwards = await pages(storage, { agent: agent('even'), limit: 7, ascending: true }, between);
    expect(upwards.flat()).toEqual([...even.toReversed(), 100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
  });

  it('tells statements of one millisecond apart', async () => {
    const opened = await open();
    await store(
      opened.storage,
      Array.from({ length: 40 }, (_, index) => statement(index + 1)),
    );
    const moments = (await opened.storage.statements.after(0, 40)).map(({ stored }) => stored);
    const milliseconds = new Set(moments.map((micros) => Math.floor(micros / 1000)));
    expect(milliseconds.size).toBeLessThan(moments.length);
    await everyWay(opened, async (storage) => {
      for (const [index, stored] of moments.entries()) {
        expect((await found(storage, { since: stored, ascending: true }))[0]).toBe(
          moments[index + 1] && index + 2,
        );
        expect((await found(storage, { until: stored }))[0]).toBe(index + 1);
      }
    });
  });
};

export const keepsTheRulesOfPaging = (open: Open): void => {
  describe('combining, bounding and paging', () => {
    combined(closedAfterEach(open));
  });
};
