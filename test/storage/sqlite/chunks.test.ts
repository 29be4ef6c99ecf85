import { rebuildStorage } from '../../../src/storage/open-storage.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { everyWay } from '../opened.ts';
import {
  activity,
  agent,
  found,
  one,
  pages,
  referring,
  statement,
  store,
  verb,
  voiding,
} from '../sample-statements.ts';
import { copyOf, openFolder } from '../sqlite-folder.ts';

const CHUNK = 65_536;

/** Entries that are no statements, the cheapest way to a position. */
const fillUpTo = async ({ documents }: Storage, position: number, head: number): Promise<void> => {
  const key = { resource: 'agent-profile', agent: 'a', id: 'x' } as const;
  const content = { contentType: 'text/plain', content: Buffer.from('x') };
  await Promise.all(Array.from({ length: position - head }, () => documents.change(key, () => content)));
};

describe('chunks of 65,536 positions', () => {
  it('are crossed by queries, pages, ids, references and voids', async () => {
    const opened = await openFolder();
    const same = { actor: agent('same'), verb: verb('same') };
    await store(opened.storage, [
      statement(1),
      referring(2, 100),
      referring(3, 2),
      voiding(4, 101),
      statement(5),
    ]);
    await fillUpTo(opened.storage, CHUNK - 4, 5);
    const around = [11, 12, 13, 14, 15, 16, 17];
    await store(
      opened.storage,
      around.map((n) => statement(n, { object: activity('border') })),
    );
    expect((await one(opened.storage, 11)).position).toBe(CHUNK - 3);
    await store(opened.storage, [
      referring(100, 102, same),
      statement(102, same),
      statement(101),
      voiding(103, 5),
    ]);
    await store(opened.storage, [statement(12, { object: activity('border') }), statement(1)]);
    await everyWay(opened, async (storage) => {
      const border = { activity: activity('border').id };
      expect(await found(storage, border)).toEqual(around.toReversed());
      expect(await pages(storage, { ...border, ascending: true, limit: 3 })).toEqual([
        [11, 12, 13],
        [14, 15, 16],
        [17],
      ]);
      expect(await pages(storage, { ...border, limit: 4 })).toEqual([
        [17, 16, 15, 14],
        [13, 12, 11],
      ]);
      const { stored } = await one(storage, 13);
      expect(await found(storage, { ...border, since: stored })).toEqual([17, 16, 15, 14]);
      expect(await found(storage, { ...border, until: stored })).toEqual([13, 12, 11]);
      expect(await found(storage, { verb: same.verb.id, limit: 1 })).toEqual([102, 100, 3, 2]);
      expect(await found(storage, { agent: same.actor, ascending: true })).toEqual([2, 3, 100, 102]);
      expect(await found(storage, { verb: verb('did').id, activity: activity('a').id })).toEqual([103, 4, 1]);
      expect((await one(storage, 5)).voided && (await one(storage, 101)).voided).toBe(true);
      await expect(store(storage, [statement(1, same)])).rejects.toThrow(/belongs to/);
      await expect(store(storage, [statement(14, same)])).rejects.toThrow(/belongs to/);
    });
    const rebuilt = await rebuildStorage(`sqlite:${copyOf(opened.folder)}`);
    expect(await opened.storage.indexDigest()).toBe(await rebuilt.indexDigest());
    await rebuilt.close();
    await opened.close();
  }, 30_000);
});
