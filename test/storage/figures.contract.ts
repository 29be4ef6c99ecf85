import type { Commit } from '../../src/statements/store-figures.ts';
import { closedAfterEach, everyWay, type Open } from './opened.ts';
import { referring, statement, store, voiding } from './sample-statements.ts';

/** What a store tells of how it is doing. */
export const tellsItsFigures = (backend: string, opening: Open): void => {
  const open = closedAfterEach(opening);

  describe(`${backend}: figures`, () => {
    it('count statements once, also those that came to match later, and entries of every kind', async () => {
      const opened = await open();
      await store(opened.storage, [referring(8, 9)]);
      for (let n = 1; n < 6; n += 1) await store(opened.storage, [statement(n)]);
      await store(opened.storage, [statement(9), voiding(10, 1)]);
      await opened.storage.credentials.create({ id: 'k', label: '', scopes: [], secretHash: '00' });
      await everyWay(opened, async ({ figures }) => {
        const { head, statements, lastStored, consistentThrough, queue, index } = figures();
        expect({ head, statements, queue }).toEqual({
          head: 9,
          statements: 8,
          queue: { waiting: 0, underWay: 0 },
        });
        expect(lastStored).toBeGreaterThan(1.7e15);
        expect(consistentThrough).toBeGreaterThanOrEqual(lastStored);
        expect(index.flushed).toBeLessThanOrEqual(head);
      });
      await opened.reopen();
      expect(opened.storage.figures().index).toEqual({ flushed: 9, backlog: 0 });
    });

    it('are nothing in the beginning', async () => {
      const { storage } = await open();
      const { head, statements, lastStored, files } = storage.figures();
      expect({ head, statements, lastStored }).toEqual({ head: 0, statements: 0, lastStored: 0 });
      expect(Object.values(files).every((size) => size >= 0)).toBe(true);
    });

    it('tell of what waits for its commit', async () => {
      const { storage } = await open();
      const stored = [store(storage, [statement(1)]), store(storage, [statement(2)])];
      const { waiting, underWay } = storage.figures().queue;
      expect(waiting + underWay).toBeGreaterThan(0);
      await Promise.all(stored);
    });

    it('tell of each commit once it is durable', async () => {
      const commits: Commit[] = [];
      const { storage } = await open({ onCommit: (commit) => void commits.push(commit) });
      await Promise.all([store(storage, [statement(1), statement(2)]), store(storage, [statement(3)])]);
      await store(storage, [statement(3)]);
      await storage.credentials.create({ id: 'k', label: '', scopes: [], secretHash: '00' });
      const sum = (read: (commit: Commit) => number) =>
        commits.reduce((total, commit) => total + read(commit), 0);
      expect([sum(({ entries }) => entries), sum(({ statements }) => statements)]).toEqual([4, 3]);
      expect(commits.every(({ milliseconds }) => milliseconds > 0 && milliseconds < 60_000)).toBe(true);
    });
  });
};
