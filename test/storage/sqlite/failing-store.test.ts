import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { account, activity, agent, found, one, statement, store, voiding } from '../sample-statements.ts';
import { copyOf, openFolder, withDatabase } from '../sqlite-folder.ts';

describe('a store that cannot write', () => {
  /** Makes the disk refuse the next entries. */
  const breakLog = async (folder: string): Promise<void> => {
    await withDatabase(join(folder, 'log.db'), (log) =>
      log.exec(`create trigger broken before insert on entry when new.position > 1
        begin select raise(abort, 'disk I/O error'); end`),
    );
  };

  it('refuses everything from then on, tells it once, and has kept nothing of it', async () => {
    const { folder, storage, close } = await openFolder();
    await store(storage, [statement(1)]);
    await close();
    await breakLog(folder);
    const told: Error[] = [];
    const opened = await openFolder({ onFailure: (error) => told.push(error) }, folder);
    expect(opened.storage.failure()).toBeUndefined();
    const unavailable = { reason: 'unavailable' };
    const group = [[statement(1)], [statement(2)], [statement(3)]].map((batch) =>
      store(opened.storage, batch),
    );
    for (const outcome of await Promise.allSettled([...group, opened.storage.proveWritable()])) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: unavailable });
    }
    await expect(store(opened.storage, [statement(4)])).rejects.toMatchObject(unavailable);
    await expect(opened.storage.proveWritable()).rejects.toMatchObject(unavailable);
    await expect(opened.storage.credentials.revoke('x')).rejects.toMatchObject(unavailable);
    expect(told.map(({ message }) => message)).toEqual(['disk I/O error']);
    expect(opened.storage.failure()).toBe(told[0]);
    await opened.close();

    await withDatabase(join(folder, 'log.db'), (log) => log.exec('drop trigger broken'));
    const again = await openFolder({}, folder);
    expect(await found(again.storage)).toEqual([1]);
    await store(again.storage, [statement(2)]);
    expect((await one(again.storage, 2)).position).toBe(2);
    await again.close();
  });

  it('loses nothing that was acknowledged when one of two groups on their way to the thread is lost', async () => {
    const { folder, storage, close } = await openFolder();
    await store(storage, [statement(1)]);
    await close();
    const inLog = (sql: string) => withDatabase(join(folder, 'log.db'), (log) => log.exec(sql));
    await inLog(`create trigger broken before insert on entry when new.position = 3
      begin select raise(rollback, 'disk I/O error'); end`);
    const told: Error[] = [];
    const threaded = { threads: resolve('dist'), tuning: { largeGroup: 1 } };
    const opened = await openFolder({ ...threaded, onFailure: (error) => told.push(error) }, folder);
    const first = store(opened.storage, [statement(2), statement(3)]);
    await nextTurn();
    const second = [store(opened.storage, [statement(4)]), store(opened.storage, [statement(2)])];
    for (const outcome of await Promise.allSettled([first, ...second])) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { reason: 'unavailable' } });
    }
    expect(told.map(({ message }) => message)).toEqual(['disk I/O error']);
    await opened.close();
    await inLog('drop trigger broken');
    const again = await openFolder(threaded, folder);
    await store(again.storage, [statement(4), statement(5)]);
    expect((await again.storage.statements.after(0, 10)).map(({ position }) => position)).toEqual([1, 2, 3]);
    expect(await found(again.storage)).toEqual([5, 4, 1]);
    await again.close();
  });

  it('shows nothing of what is on its way to the thread before it is acknowledged: no void, no definition, no name', async () => {
    const { storage, close } = await openFolder({ threads: resolve('dist'), tuning: { largeGroup: 1 } });
    await store(storage, [statement(1, { actor: agent('seen') })]);
    const described = { id: activity('late').id, definition: { type: 'https://example.org/late' } };
    const late = statement(3, { actor: { ...agent('seen'), name: 'Late' }, object: described });
    const shown = async () => [
      (await one(storage, 1)).voided,
      await found(storage),
      await storage.statements.definition(described.id),
      await storage.statements.names(agent('seen')),
    ];
    const before = await shown();
    let answered = false;
    const stored = store(storage, [voiding(2, 1), late], { mayDefine: true }).then(() => {
      answered = true;
    });
    const seen: unknown[] = [];
    while (!answered) {
      seen.push(await shown());
      await nextTurn();
    }
    await stored;
    expect(seen.length).toBeGreaterThan(1);
    for (const each of seen) expect(each).toEqual(before);
    expect(await shown()).toEqual([true, [3, 2], described.definition, ['Late']]);
    await close();
  });

  it('stops when the index cannot be written, and goes on from there when it can', async () => {
    const { folder, storage, close } = await openFolder();
    await store(storage, [statement(9)]);
    await close();
    const inIndex = (sql: string) => withDatabase(join(folder, 'index.db'), (index) => index.exec(sql));
    await inIndex(
      `create trigger broken before insert on posting begin select raise(abort, 'disk full'); end`,
    );
    const told: Error[] = [];
    const options = { onFailure: (error: Error) => told.push(error), tuning: { flushEvery: 2 } };
    const opened = await openFolder(options, folder);
    await store(opened.storage, [statement(1), statement(2)]);
    await expect(store(opened.storage, [statement(3)])).rejects.toMatchObject({ reason: 'unavailable' });
    expect(told.map(({ message }) => message)).toEqual(['disk full']);
    expect(opened.storage.failure()).toBe(told[0]);
    expect(await found(opened.storage)).toEqual([2, 1, 9]);
    await opened.close();
    await inIndex('drop trigger broken');
    const again = await openFolder({}, folder);
    await store(again.storage, [statement(3)]);
    expect(await found(again.storage)).toEqual([3, 2, 1, 9]);
    await again.close();
  });

  it.each([500, 2500])('does not open when its index cannot be brought up to %i entries', async (count) => {
    const opened = await openFolder();
    await store(opened.storage, [statement(count + 1)]);
    await opened.reopen();
    const { folder, storage, close } = opened;
    await store(
      storage,
      Array.from({ length: count }, (_, n) => statement(n + 1)),
    );
    const crashed = copyOf(folder);
    await close();
    await withDatabase(join(crashed, 'index.db'), (index) =>
      index.exec(
        `create trigger broken before insert on posting begin select raise(abort, 'disk full'); end`,
      ),
    );
    await expect(openFolder({ tuning: { flushEvery: 500 } }, crashed)).rejects.toThrow('disk full');
  });

  it('refuses what comes after it was closed, which is no failure', async () => {
    const told: Error[] = [];
    const { storage, close } = await openFolder({ onFailure: (error) => told.push(error) });
    const last = store(storage, [statement(1, { actor: account('late') })]);
    const closed = close();
    expect(await last).toHaveLength(1);
    await closed;
    await expect(store(storage, [statement(2)])).rejects.toMatchObject({ reason: 'unavailable' });
    expect(told).toEqual([]);
  });
});
