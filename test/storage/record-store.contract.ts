import type { StoredRecord } from '../../src/people/record-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { closedAfterEach, everyWay, type Open } from './opened.ts';
import { AGENT, put } from './sample-documents.ts';
import { found, statement, store } from './sample-statements.ts';

const text = (number: number, length = 0): string =>
  JSON.stringify({ record: 'signals', rows: [number, 'é'.repeat(length)], by: 'ada' });

const all = async ({ records }: Storage, limit = 100): Promise<readonly StoredRecord[]> => {
  const read: StoredRecord[] = [];
  for (;;) {
    const page = await records.after(read.at(-1)?.position ?? 0, limit);
    if (page.length === 0) return read;
    read.push(...page);
  }
};

/** What every backend's RecordStore has to do. */
export const keepsTheRecordStoreContract = (backend: string, open: Open): void => {
  describe(`records on ${backend}`, () => {
    const fresh = closedAfterEach(open);

    it('keeps every text, in one order with statements and documents', async () => {
      const opened = await fresh();
      const { storage } = opened;
      await store(storage, [statement(1)]);
      const first = await storage.records.append([text(1)]);
      await store(storage, [statement(2), statement(3)]);
      await put(storage, AGENT, 'a');
      const others = await storage.records.append([text(2, 300), text(3)]);
      await store(storage, [statement(4)]);
      const told = [...first, ...others];
      expect(told.map(({ position }) => position)).toEqual([2, 6, 7]);
      expect(told.map((one) => one.text)).toEqual([text(1), text(2, 300), text(3)]);
      const moments = told.map(({ stored }) => stored);
      expect(moments).toEqual([...new Set(moments)].sort((a, b) => a - b));
      await everyWay(opened, async (now) => {
        expect(await all(now)).toEqual(told);
        expect(await found(now)).toEqual([4, 3, 2, 1]);
        expect(now.statements.head()).toBe(8);
        expect((await now.statements.after(0, 100)).map(({ position }) => position)).toEqual([1, 3, 4, 8]);
      });
    });

    it('answers those after a position, as many as are asked for', async () => {
      const { storage } = await fresh();
      const told = await storage.records.append([1, 2, 3, 4].map((number) => text(number)));
      expect(await storage.records.after(0, 2)).toEqual(told.slice(0, 2));
      expect(await storage.records.after(2, 1)).toEqual(told.slice(2, 3));
      expect(await storage.records.after(4, 10)).toEqual([]);
      expect(await all(storage, 1)).toEqual(told);
    });

    it('keeps what is appended together together, however much is appended at once', async () => {
      const opened = await fresh();
      const { storage } = opened;
      const batches = Array.from({ length: 8 }, (_, batch) =>
        Array.from({ length: 40 }, (_each, at) => text(batch * 100 + at)),
      );
      const told = await Promise.all([
        ...batches.map((batch) => storage.records.append(batch)),
        store(storage, [statement(1)]).then(() => []),
      ]);
      for (const [at, batch] of batches.entries()) {
        const positions = told[at]?.map(({ position }) => position) ?? [];
        expect(positions).toEqual(batch.map((_, index) => (positions[0] as number) + index));
      }
      await everyWay(opened, async (now) => {
        const sorted = told.flat().sort((a, b) => a.position - b.position);
        expect(await all(now)).toEqual(sorted);
      });
    });

    it('appends nothing when there is nothing', async () => {
      const { storage } = await fresh();
      expect(await storage.records.append([])).toEqual([]);
      expect(storage.statements.head()).toBe(0);
    });

    it('answers large records bit by bit', async () => {
      const { storage } = await fresh();
      const large = (number: number) =>
        JSON.stringify({ record: 'signals', rows: ['x'.repeat(9_000_000), number] });
      const told = await storage.records.append([large(1), large(2)]);
      expect(await storage.records.after(0, 10)).toEqual(told.slice(0, 1));
      expect(await storage.records.after(1, 10)).toEqual(told.slice(1));
    });
  });
};
