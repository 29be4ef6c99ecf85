import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openStorage, rebuildStorage, sqliteFolder } from '../../../src/storage/open-storage.ts';
import { type Database, openDatabase } from '../../../src/storage/sqlite/database.ts';
import { account, found, one, statement, store } from '../sample-statements.ts';
import { copyOf, newFolder, openFolder } from '../sqlite-folder.ts';

const withDatabase = async <Result>(path: string, use: (database: Database) => Result): Promise<Result> => {
  const database = await openDatabase(path, 'NORMAL', 1);
  try {
    return use(database);
  } finally {
    database.close();
  }
};

const LOCKED = /^Another Cairn is using .* Stop it first, or use another folder\.$/;

describe('the folder of the embedded store', () => {
  it('is made for its owner alone, with what is missing above it', async () => {
    const folder = join(newFolder(), 'a', 'b');
    await (await openStorage(`sqlite:${folder}`)).close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('is named by the URL, and nothing else is taken for one', async () => {
    expect(sqliteFolder('sqlite:./data')).toBe('./data');
    for (const url of ['sqlite:', 'data', '', 'SQLITE:./data'])
      expect(() => sqliteFolder(url)).toThrow(/CAIRN_STORAGE/);
    const withSecret = openStorage('postgres://user:secret@host/cairn');
    await expect(withSecret).rejects.toThrow(/CAIRN_STORAGE is sqlite:<folder>, not host/);
  });

  it('keeps a second opening out, and lets it in after the first was closed', async () => {
    const first = await openFolder();
    const url = `sqlite:${first.folder}`;
    await expect(openStorage(url)).rejects.toThrow(LOCKED);
    await expect(rebuildStorage(url)).rejects.toThrow(LOCKED);
    await store(first.storage, [statement(1)]);
    await first.close();
    const second = await openStorage(url);
    expect(await found(second)).toEqual([1]);
    await second.close();
  });

  it('keeps another process out until that one ends, however it ends', async () => {
    const { folder, close } = await openFolder();
    await close();
    const script = `
      const builtIn = process.getBuiltinModule?.('node:sqlite');
      (builtIn ? Promise.resolve(builtIn) : import('@photostructure/sqlite')).then(({ DatabaseSync }) => {
        globalThis.lock = new DatabaseSync(process.argv[1]);
        lock.exec('begin immediate');
        console.log('locked');
        setInterval(() => undefined, 1000);
      });`;
    const other = spawn(process.execPath, ['-e', script, join(folder, 'lock.db')]);
    const ended = once(other, 'exit');
    try {
      await once(other.stdout, 'data');
      await expect(openStorage(`sqlite:${folder}`)).rejects.toThrow(LOCKED);
    } finally {
      other.kill('SIGKILL');
    }
    await ended;
    await (await openStorage(`sqlite:${folder}`)).close();
  });

  it('holds all of it in log.db after it was closed', async () => {
    const { folder, storage, close } = await openFolder();
    await store(storage, [statement(1)]);
    await close();
    const walOf = (file: string) => {
      const path = join(folder, `${file}-wal`);
      return existsSync(path) ? statSync(path).size : 0;
    };
    expect(readdirSync(folder)).toContain('log.db');
    expect([walOf('log.db'), walOf('index.db')]).toEqual([0, 0]);
  });
});

describe('log.db', () => {
  it('runs at synchronous=FULL in WAL mode, and says so when it does not', async () => {
    const path = join(newFolder(), 'log.db');
    const database = await openDatabase(path, 'FULL', 1);
    expect(database.prepare('pragma synchronous').get()).toEqual({ synchronous: 2 });
    expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('pragma page_size').get()).toEqual({ page_size: 4096 });
    expect(database.prepare('pragma auto_vacuum').get()).toEqual({ auto_vacuum: 2 });
    database.close();
    const derived = await openDatabase(join(newFolder(), 'index.db'), 'NORMAL', 1);
    expect(derived.prepare('pragma synchronous').get()).toEqual({ synchronous: 1 });
    derived.close();
  });

  it.each([openStorage, rebuildStorage])(
    'is refused when a newer Cairn wrote it, and left as it was',
    async (open) => {
      const { folder, storage, close } = await openFolder();
      await store(storage, [statement(1)]);
      await close();
      const logOf = <Result>(use: (database: Database) => Result) =>
        withDatabase(join(folder, 'log.db'), use);
      const set = (version: string) =>
        logOf((log) =>
          log.prepare("update setting set value=? where name='version'").run(Buffer.from(version)),
        );
      await set('2');
      const newer = 'This store was written by a newer Cairn (format 2; this one knows 1).';
      await expect(open(`sqlite:${folder}`)).rejects.toThrow(newer);
      await expect(open(`sqlite:${folder}`)).rejects.toThrow(newer);
      expect(existsSync(join(folder, 'index.db'))).toBe(true);
      await set('1');
      const opened = await open(`sqlite:${folder}`);
      expect(await found(opened)).toEqual([1]);
      await opened.close();
    },
  );

  it('keeps the installation and the signing key that were drawn first', async () => {
    const opened = await openFolder({ installation: 'https://first.example.org/' }, newFolder());
    const { installation, signingKey } = opened.storage;
    expect(installation).toBe('https://first.example.org/');
    expect(signingKey).toHaveLength(32);
    await opened.crash();
    const other = copyOf(opened.folder);
    await opened.close();
    const again = await openStorage(`sqlite:${other}`, { installation: 'https://second.example.org/' });
    expect([again.installation, again.signingKey]).toEqual([installation, signingKey]);
    await again.close();
    const drawn = await openFolder({}, newFolder());
    expect(drawn.storage.installation).toMatch(/^https:\/\/[0-9a-f-]{36}\.cairn\.invalid\/$/);
    expect(drawn.storage.signingKey).not.toEqual(signingKey);
    await drawn.close();
  });
});

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

  it('stops when the index cannot be written, and goes on from there when it can', async () => {
    const { folder, close } = await openFolder();
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
    expect(await found(opened.storage)).toEqual([2, 1]);
    await opened.close();
    await inIndex('drop trigger broken');
    const again = await openFolder({}, folder);
    await store(again.storage, [statement(3)]);
    expect(await found(again.storage)).toEqual([3, 2, 1]);
    await again.close();
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
