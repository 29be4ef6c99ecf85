import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStorage, rebuildStorage } from '../../../src/storage/open-storage.ts';
import { openDatabase } from '../../../src/storage/sqlite/database.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { agent, found, referring, statement, store, voiding } from '../sample-statements.ts';
import { copyOf, openFolder, withDatabase } from '../sqlite-folder.ts';

/** Runs one SQL text on the index of a folder that nobody has open. */
const inIndex = async (folder: string, sql: string): Promise<readonly object[]> => {
  const database = await openDatabase(join(folder, 'index.db'), 'NORMAL', 1);
  const rows = database.prepare(sql).all();
  database.close();
  return rows;
};

const digestOf = async (opening: Promise<Storage>): Promise<string> => {
  const storage = await opening;
  const digest = await storage.indexDigest();
  await storage.close();
  return digest;
};

/** A closed folder with statements of every kind. */
const filled = async (): Promise<string> => {
  const opened = await openFolder({ tuning: { flushEvery: 4 } });
  const named = { ...agent('ada'), name: 'Ada' };
  const object = { id: 'https://example.org/x', definition: { name: { en: 'X' } } };
  await store(opened.storage, [statement(1, { actor: named }), statement(2, { object }), referring(3, 2)]);
  await store(opened.storage, [referring(4, 5), voiding(6, 1), statement(5), referring(7, 99)]);
  await opened.close();
  return opened.folder;
};

const removeIndex = (folder: string): void => {
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `index.db${end}`), { force: true });
};

let folder = '';
let whole = '';
beforeAll(async () => {
  folder = await filled();
  whole = await digestOf(rebuildStorage(`sqlite:${copyOf(folder)}`));
});

describe('the digest of the index', () => {
  it('is made anew when it has no checkpoint, of whatever version its tables are', async () => {
    const copy = copyOf(folder);
    removeIndex(copy);
    const older = await openDatabase(join(copy, 'index.db'), 'NORMAL', 1);
    older.exec('create table term(value text primary key, number integer not null) without rowid');
    older.close();
    expect(await digestOf(openStorage(`sqlite:${copy}`))).toBe(whole);
    expect(await inIndex(copy, 'select sum from term')).not.toEqual([]);
  });

  it('is that of a rebuild, however often it was flushed and opened', async () => {
    expect(whole).toMatch(/^[0-9a-f]{64}$/);
    for (const flushEvery of [1, 2, 3, 100]) {
      const copy = copyOf(folder);
      expect(await digestOf(rebuildStorage(`sqlite:${copy}`, { tuning: { flushEvery } }))).toBe(whole);
      expect(await digestOf(openStorage(`sqlite:${copy}`))).toBe(whole);
    }
  });

  it.each([
    'delete from posting where key = (select min(key) from posting)',
    'delete from posting where part >= 65536',
    'update posting set offsets = substr(offsets, 3) where length(offsets) > 2',
    'delete from statement_id where offset = 2',
    'delete from activity',
    "update activity set source = 'x'",
    'delete from agent',
    'delete from void',
    'delete from awaited',
  ])('reports what was damaged by hand: %s', async (sql) => {
    const copy = copyOf(folder);
    await inIndex(copy, sql);
    expect(await digestOf(openStorage(`sqlite:${copy}`))).not.toBe(whole);
    expect(await digestOf(rebuildStorage(`sqlite:${copy}`))).toBe(whole);
  });
});

describe('index.db', () => {
  it.each([
    ['was deleted', async (copy: string) => removeIndex(copy)],
    [
      'is ahead of the log',
      (copy: string) => inIndex(copy, "update checkpoint set value = 8 where name = 'upto'"),
    ],
    [
      'is of an older version',
      (copy: string) => inIndex(copy, "update checkpoint set value = -1 where name = 'version'"),
    ],
    [
      'is of a newer version',
      (copy: string) => inIndex(copy, "update checkpoint set value = 99 where name = 'version'"),
    ],
  ])('is made anew when it %s', async (_, damage) => {
    const copy = copyOf(folder);
    await inIndex(copy, 'delete from posting');
    await damage(copy);
    const storage = await openStorage(`sqlite:${copy}`);
    expect(await found(storage, { agent: agent('ada') })).toEqual([5, 6, 4, 3, 2]);
    expect(await storage.indexDigest()).toBe(whole);
    await storage.close();
    const rows = await inIndex(
      copy,
      "select value from checkpoint where name in ('upto', 'version') order by name",
    );
    expect(rows).toEqual([{ value: 7 }, { value: expect.any(Number) }]);
  });

  it.each([
    ['is no database', (bytes: Buffer) => bytes.fill('no database ')],
    ['is cut off', (bytes: Buffer) => bytes.subarray(0, 20_000)],
    ['has a page of something else', (bytes: Buffer) => bytes.fill(0xee, 16_384)],
  ])('is made anew when it %s, and that is told', async (_, damaged) => {
    const copy = copyOf(folder);
    const path = join(copy, 'index.db');
    writeFileSync(path, damaged(readFileSync(path)));
    const told: string[] = [];
    const storage = await openStorage(`sqlite:${copy}`, { onDamage: ({ message }) => told.push(message) });
    expect(told).toEqual([expect.stringMatching(/not a database|malformed/)]);
    expect(await found(storage, { agent: agent('ada') })).toEqual([5, 6, 4, 3, 2]);
    expect(await storage.indexDigest()).toBe(whole);
    await storage.close();
  });

  it.each([
    "update term set value = value || '!' where number = 3",
    'update statement_id set offset = offset + 1 where offset = 6',
    'insert into void values(2, 0)',
    "update awaited set id = 'x'",
    "update checkpoint set value = value + 1 where name = 'terms'",
  ])('is made anew when a row that is read at start is not as it was written: %s', async (sql) => {
    const copy = copyOf(folder);
    await inIndex(copy, sql);
    const told: string[] = [];
    const storage = await openStorage(`sqlite:${copy}`, { onDamage: ({ message }) => told.push(message) });
    expect(told).toEqual([
      expect.stringMatching(/^index\.db is damaged: a row of \w+ is not as it was written\.$/),
    ]);
    expect(await storage.indexDigest()).toBe(whole);
    await storage.close();
  });

  it('serves no row that is not as it was written, and is made anew at the next start', async () => {
    const copy = copyOf(folder);
    await inIndex(copy, "update posting set offsets = x'0100' where length(offsets) > 2");
    const storage = await openStorage(`sqlite:${copy}`);
    await expect(found(storage, {})).rejects.toThrow('index.db is damaged: a row of posting');
    await storage.close();
    const told: string[] = [];
    const again = await openStorage(`sqlite:${copy}`, { onDamage: ({ message }) => told.push(message) });
    expect(told).toEqual([expect.stringMatching(/^index\.db is damaged/)]);
    expect(await again.indexDigest()).toBe(whole);
    await again.close();
    await (await openStorage(`sqlite:${copy}`, { onDamage: ({ message }) => told.push(message) })).close();
    expect(told).toHaveLength(1);
  });

  it('that has seen more than the log holds keeps the store closed: something was lost', async () => {
    const copy = copyOf(folder);
    await withDatabase(join(copy, 'log.db'), (log) => log.exec('delete from entry where position = 7'));
    await expect(openStorage(`sqlite:${copy}`)).rejects.toThrow(
      'log.db ends at position 6, but index.db has seen 7',
    );
    removeIndex(copy);
    await (await openStorage(`sqlite:${copy}`)).close();
  });

  it('tells how far it has come while it is made anew', async () => {
    const copy = copyOf(folder);
    removeIndex(copy);
    const told: [number, number][] = [];
    const storage = await openStorage(`sqlite:${copy}`, { onReplay: (done, all) => told.push([done, all]) });
    await storage.close();
    expect(told.at(-1)).toEqual([7, 7]);
  });

  it('goes on after it was made anew: later statements are found as well', async () => {
    const copy = copyOf(folder);
    const storage = await rebuildStorage(`sqlite:${copy}`, { tuning: { flushEvery: 2 } });
    await store(storage, [referring(8, 3), statement(99)]);
    expect(await found(storage, { activity: 'https://example.org/x' })).toEqual([8, 3, 2]);
    await storage.close();
    const again = await openStorage(`sqlite:${copy}`);
    expect(await found(again, { activity: 'https://example.org/a' })).toEqual([99, 7, 5, 6, 4]);
    expect(await again.indexDigest()).toBe(await digestOf(rebuildStorage(`sqlite:${copyOf(copy)}`)));
    await again.close();
  });
});
