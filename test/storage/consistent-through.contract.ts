import { setTimeout as pause } from 'node:timers/promises';
import { closedAfterEach, type Open } from './opened.ts';
import { found, numbersOf, statement, store } from './sample-statements.ts';

const told = (open: Open): void => {
  it('lets a poller that asks from it on skip nothing, however many write at once', async () => {
    const { storage } = await open();
    let written = 0;
    const write = async (writer: number) => {
      for (let round = 0; round < 25; round += 1) {
        const first = 1000 * writer + 10 * round;
        await store(
          storage,
          Array.from({ length: 1 + (round % 3) }, (_, index) => statement(first + index)),
        );
        written += 1 + (round % 3);
        if (round % 5 === writer % 5) await pause(1);
      }
    };
    let writing = true;
    const writers = Promise.all([1, 2, 3, 4].map(write)).finally(() => {
      writing = false;
    });
    const seen: number[] = [];
    const poll = async (since: number) => {
      const through = storage.statements.consistentThrough();
      const page = await storage.statements.page({ ascending: true, limit: 1000, since, until: through });
      seen.push(...numbersOf(page.statements));
      return through;
    };
    let since = 0;
    let rounds = 0;
    while (writing) {
      since = await poll(since);
      rounds += 1;
      await pause(0);
    }
    await writers;
    await poll(since);
    expect(rounds).toBeGreaterThan(3);
    expect(written).toBe(196);
    expect(seen).toEqual(await found(storage, { ascending: true, limit: 1000 }));
    expect(new Set(seen).size).toBe(written);
  });

  it('is at least the moment of what was acknowledged, never steps back and never lies ahead', async () => {
    const opened = await open();
    let before = opened.storage.statements.consistentThrough();
    for (let n = 1; n <= 10; n += 1) {
      await store(opened.storage, [statement(n)]);
      const [last] = await opened.storage.statements.after(n - 1, 1);
      const through = opened.storage.statements.consistentThrough();
      expect(through).toBeGreaterThanOrEqual(last?.stored ?? Number.NaN);
      expect(through).toBeGreaterThanOrEqual(before);
      expect(through).toBeLessThanOrEqual((Date.now() + 1) * 1000);
      before = through;
      if (n === 4) await opened.reopen();
      if (n === 7) await opened.crash();
    }
  });

  it('goes on while nothing is stored', async () => {
    const { storage } = await open();
    await store(storage, [statement(1)]);
    const first = storage.statements.consistentThrough();
    await pause(60);
    storage.statements.consistentThrough();
    await storage.proveWritable();
    expect(storage.statements.consistentThrough()).toBeGreaterThan(first + 50_000);
  });

  it('is kept through a crash: what is stored later is later, whatever the clock says', async () => {
    const opened = await open();
    await opened.storage.proveWritable();
    const through = opened.storage.statements.consistentThrough();
    const { now } = Date;
    try {
      Date.now = () => now() - 3_600_000;
      await opened.crash();
      await store(opened.storage, [statement(1), statement(2)]);
    } finally {
      Date.now = now;
    }
    const moments = (await opened.storage.statements.after(0, 2)).map(({ stored }) => stored);
    expect(moments).toEqual([through + 1, through + 2]);
    expect(opened.storage.statements.consistentThrough()).toBe(through + 2);
  });
};

export const tellsConsistentThrough = (open: Open): void => {
  describe('Consistent-Through', () => {
    told(closedAfterEach(open));
  });
};
