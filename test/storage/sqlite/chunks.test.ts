import { join } from 'node:path';
import { commitText } from '../../../src/ledger/commitment.ts';
import { OPS } from '../../../src/ledger/leaf.ts';
import { rebuildStorage } from '../../../src/storage/open-storage.ts';
import { openDatabase } from '../../../src/storage/sqlite/database.ts';
import { encodeText } from '../../../src/storage/sqlite/stored-text.ts';
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

/** Appends entries that are no statements to the log of a closed folder, as if documents had been changed. */
const fillUpTo = async (folder: string, position: number): Promise<void> => {
  const log = await openDatabase(join(folder, 'log.db'), 'NORMAL', 1);
  const body = encodeText(Buffer.from('{}'));
  const salt = Buffer.alloc(32);
  log
    .prepare(
      `with recursive entries(position, stored) as (
         select position, stored from entry where position = (select max(position) from entry)
         union all select position + 1, stored + 1 from entries where position < ?)
       insert into entry select position, ?, stored, 0, ?, ?, ?, null from entries
         where position not in (select position from entry)`,
    )
    .run(position, OPS['document-put'], salt, commitText(salt, '{}'), body);
  log.close();
};

describe('chunks of 65,536 positions', () => {
  it('are crossed by queries, pages, ids, references and voids', async () => {
    const start = await openFolder();
    const same = { actor: agent('same'), verb: verb('same') };
    await store(start.storage, [
      statement(1),
      referring(2, 100),
      referring(3, 2),
      voiding(4, 101),
      statement(5),
    ]);
    await start.close();
    await fillUpTo(start.folder, CHUNK - 4);
    const opened = await openFolder({}, start.folder);
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
