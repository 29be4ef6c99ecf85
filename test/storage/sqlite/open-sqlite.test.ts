import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hashSecret } from '../../../src/credentials/credential.ts';
import { openStorage, rebuildStorage, sqliteFolder } from '../../../src/storage/open-storage.ts';
import { type Database, openDatabase } from '../../../src/storage/sqlite/database.ts';
import { found, statement, store } from '../sample-statements.ts';
import { copyOf, newFolder, openFolder, withDatabase } from '../sqlite-folder.ts';

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
          log.prepare("update setting set value=?, sum=null where name='version'").run(Buffer.from(version)),
        );
      await set('4');
      const newer = 'This store was written by a newer Cairn (format 4; this one knows 3).';
      await expect(open(`sqlite:${folder}`)).rejects.toThrow(newer);
      await expect(open(`sqlite:${folder}`)).rejects.toThrow(newer);
      expect(existsSync(join(folder, 'index.db'))).toBe(true);
      await set('3');
      const opened = await open(`sqlite:${folder}`);
      expect(await found(opened)).toEqual([1]);
      await opened.close();
    },
  );

  it('is brought up to date when an older Cairn wrote it', async () => {
    const { folder, storage, close } = await openFolder();
    const made = await storage.credentials.create({
      id: 'ada',
      label: 'Ada',
      scopes: ['all'],
      secretHash: hashSecret('x'),
    });
    await close();
    const added = ['expires', 'bounds', 'made_by', 'fetch_hash', 'last_used', 'quarantines'];
    await withDatabase(join(folder, 'log.db'), async (log) => {
      log.exec('drop index entry_record');
      for (const column of added) log.exec(`alter table credential drop column ${column}`);
      for (const table of ['entry', 'document', 'credential', 'attachment', 'setting'])
        log.exec(`alter table ${table} drop column sum`);
      log.prepare("update setting set value=? where name='version'").run(Buffer.from('1'));
    });
    const opened = await openStorage(`sqlite:${folder}`);
    expect(opened.credentials.list()).toEqual([made]);
    await opened.credentials.change('ada', { expires: 5 });
    await opened.close();
    const again = await openStorage(`sqlite:${folder}`);
    expect(again.credentials.list()).toEqual([{ ...made, expires: 5 }]);
    const told = await again.records.append(['{"record":"signals","rows":[],"by":"ada"}']);
    expect(await again.records.after(0, 10)).toEqual(told);
    await again.close();
  });

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
