import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { restoreBackup, verifyBackup } from '../../../src/storage/backups.ts';
import { openStorage, rebuildStorage } from '../../../src/storage/open-storage.ts';
import { openDatabase } from '../../../src/storage/sqlite/database.ts';
import { STATE, textOf } from '../sample-documents.ts';
import { found, statement, store } from '../sample-statements.ts';
import { copyOf, newFolder, openFolder, withDatabase } from '../sqlite-folder.ts';
import {
  ATTACHMENTS,
  backedUp,
  digestOf,
  filesIn,
  newTarget,
  RECORDS,
  rowsOf,
  THREADS,
  wrongWith,
} from './backed-up.ts';

jest.setTimeout(60_000);

let made: Awaited<ReturnType<typeof backedUp>>;
beforeAll(async () => {
  made = await backedUp();
});

/** How many frames the write-ahead log has, and how many of them the database has as well (walindex: nBackfill). */
const foldedOf = (path: string): [number, number] => {
  const bytes = readFileSync(`${path}-shm`);
  return [bytes.readUInt32LE(16), bytes.readUInt32LE(96)];
};

const randomText = (length: number): string => randomBytes(length / 2).toString('hex');

describe.each([
  ['in a thread', THREADS],
  ['without threads', {}],
])('a backup %s', (_, options) => {
  it('folds in what could not be while it read, so that no commit has to', async () => {
    const opened = await openFolder(options);
    const path = join(opened.folder, 'log.db');
    const reader = await openDatabase(path, 'NORMAL', 1);
    reader.exec('begin');
    reader.prepare('select count(*) from entry').get();
    for (let n = 1; n <= 100; n += 1)
      await store(opened.storage, [statement(n, { result: { response: randomText(60_000) } })]);
    reader.exec('commit');
    reader.close();
    const [written, folded] = foldedOf(path);
    expect(written).toBeGreaterThan(1000);
    expect(folded).toBeLessThan(written / 2);
    await opened.storage.backup(newTarget());
    expect(foldedOf(path)).toEqual([written, written]);
    await store(opened.storage, [statement(101)]);
    expect(await found(opened.storage)).toContain(101);
    await opened.close();
  });

  it('is a store again that is equal in everything', async () => {
    const opened = await openFolder(options, copyOf(made.source));
    const target = newTarget();
    const report = await opened.storage.backup(target);
    const { installation } = opened.storage;
    await opened.close();
    expect(report).toMatchObject({ installation, files: 3 });
    expect(report.counts).toEqual({ statements: 6, documents: 2, credentials: 3, attachments: 3 });
    expect(await verifyBackup(target)).toEqual(report);

    const folder = newTarget();
    expect(await restoreBackup(target, `sqlite:${folder}`)).toEqual(report);
    expect(await rowsOf(folder)).toEqual(await rowsOf(made.source));
    const restored = await openStorage(`sqlite:${folder}`);
    expect(restored.installation).toBe(installation);
    expect(restored.signingKey.equals(made.signingKey)).toBe(true);
    expect(await restored.indexDigest()).toBe(made.digest);
    for (const { sha2, body } of ATTACHMENTS) {
      expect((await restored.attachments.get(sha2))?.body.equals(body)).toBe(true);
    }
    expect(await textOf(restored, { ...STATE, id: 'kept' })).toBe('{"a":2}');
    expect((await restored.records.after(0, 10)).map(({ text }) => text)).toEqual(RECORDS);
    expect(restored.credentials.list().map(({ id, revoked }) => [id, revoked === undefined])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ]);
    await store(restored, [statement(7)]);
    expect(await found(restored)).toContain(7);
    await restored.close();
  });

  it('of an empty store is an empty store', async () => {
    const opened = await openFolder(options);
    const target = newTarget();
    const report = await opened.storage.backup(target);
    await opened.close();
    expect(report.head).toEqual({ position: 0, stored: null, commitment: null });
    const folder = newTarget();
    expect(await restoreBackup(target, `sqlite:${folder}`)).toEqual(report);
    const restored = await openStorage(`sqlite:${folder}`);
    expect(await found(restored)).toEqual([]);
    expect(restored.installation).toBe(report.installation);
    await restored.close();
  });

  it('holds all that was acknowledged before it began and nothing behind its head, while more comes in', async () => {
    const opened = await openFolder(options);
    const { storage, folder } = opened;
    let last = 0;
    let goesOn = true;
    const write = async (): Promise<void> => {
      while (goesOn) {
        const numbers = Array.from({ length: 20 }, (_, at) => last + at + 1);
        last += 20;
        await store(
          storage,
          numbers.map((number) => statement(number)),
        );
        await storage.documents.change({ ...STATE, id: String(last % 7) }, () => ({
          contentType: 'text/plain',
          content: Buffer.from(String(last)),
        }));
      }
    };
    const writing = write();
    while (last < 400) await new Promise((done) => setImmediate(done));
    const targets = [newTarget(), newTarget()];
    const before: number[] = [];
    for (const target of targets) {
      before.push(last - 20);
      await storage.backup(target);
    }
    const after = last;
    goesOn = false;
    await writing;
    await opened.close();

    for (const [at, target] of targets.entries()) {
      const { head, counts } = await verifyBackup(target);
      expect(counts.statements).toBeGreaterThanOrEqual(before[at] as number);
      expect(counts.statements).toBeLessThanOrEqual(after);
      const again = newTarget();
      await restoreBackup(target, `sqlite:${again}`);
      const entries = (rows: readonly object[]) => rows.slice(0, head.position);
      expect(entries(await rowsOf(again))).toEqual(entries(await rowsOf(folder, head.position)));
      const stopped = copyOf(folder);
      await withDatabase(join(stopped, 'log.db'), (database) =>
        database.exec(`delete from entry where position>${head.position}`),
      );
      expect(await digestOf(openStorage(`sqlite:${again}`))).toBe(
        await digestOf(rebuildStorage(`sqlite:${stopped}`)),
      );
    }
  });
});

describe('a backup', () => {
  it('is for its owner alone, and leaves nothing beside it', () => {
    expect(readdirSync(dirname(made.whole))).toEqual(['backup']);
    expect(filesIn(made.whole).map((path) => statSync(path).nlink)).toEqual(Array(5).fill(1));
    expect(filesIn(made.whole).map((path) => statSync(path).mode & 0o777)).toEqual(Array(5).fill(0o600));
    for (const folder of ['', 'attachments', `attachments/${ATTACHMENTS[0]?.sha2.slice(0, 2)}`])
      expect(statSync(join(made.whole, folder)).mode & 0o777).toBe(0o700);
  });

  it('has nothing in it that was deleted', async () => {
    const opened = await openFolder();
    const secret = { contentType: 'text/plain', content: Buffer.from('what nobody is to read again') };
    await opened.storage.documents.change({ ...STATE, id: 'x' }, () => secret);
    await opened.storage.documents.change({ ...STATE, id: 'x' }, () => undefined);
    const target = newTarget();
    await opened.storage.backup(target);
    await opened.close();
    expect(readFileSync(join(opened.folder, 'log.db')).includes(secret.content)).toBe(true);
    expect(readFileSync(join(target, 'log.db')).includes(secret.content)).toBe(false);
  });

  it('goes into an empty folder, and into one whose parents are missing', async () => {
    const opened = await openFolder();
    const empty = newFolder();
    const deep = join(newFolder(), 'a', 'b', 'c');
    for (const target of [empty, deep]) {
      await opened.storage.backup(target);
      expect(await wrongWith(target)).toBe('');
    }
    await opened.close();
  });

  it('overwrites nothing, and does not go into the store', async () => {
    const opened = await openFolder();
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), 'mine');
    mkdirSync(join(folder, 'full/folder'), { recursive: true });
    for (const target of [join(folder, 'file'), join(folder, 'full'), folder, made.whole])
      await expect(opened.storage.backup(target)).rejects.toThrow(
        /is there already, and nothing is overwritten/,
      );
    for (const target of [opened.folder, join(opened.folder, 'attachments'), join(opened.folder, 'x/y')])
      await expect(opened.storage.backup(target)).rejects.toThrow(/is within the store's own folder/);
    await opened.close();
    expect(readdirSync(folder).sort()).toEqual(['file', 'full']);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine');
    expect(await wrongWith(made.whole)).toBe('');
  });

  it('is not there when it fails, nor half of it', async () => {
    const opened = await openFolder(THREADS, copyOf(made.source));
    rmSync(filesIn(join(opened.folder, 'attachments'))[0] as string);
    const target = newTarget();
    await expect(opened.storage.backup(target)).rejects.toThrow(/ENOENT/);
    expect(readdirSync(dirname(target))).toEqual([]);
    await opened.close();
    await expect(opened.storage.backup(target)).rejects.toThrow(/is being closed/);
  });

  it('is broken off by the end of the store, which waits for it', async () => {
    const opened = await openFolder(THREADS, copyOf(made.source));
    const target = newTarget();
    let said = '';
    const broken = opened.storage.backup(target).catch((error: Error) => {
      said = error.message;
    });
    await opened.close();
    expect(said).toContain('is being closed; the backup was broken off');
    expect(readdirSync(dirname(target))).toEqual([]);
    await broken;
  });

  it('tells how far it has come, up to the end', async () => {
    const opened = await openFolder({}, copyOf(made.source));
    const told: (readonly [string, number, number])[] = [];
    const target = newTarget();
    const { bytes } = await opened.storage.backup(target, ({ act, done, all }) =>
      told.push([act, done, all]),
    );
    await opened.close();
    expect(told.at(-1)).toEqual(['copying', bytes, bytes]);
    await verifyBackup(target, ({ act, done, all }) => told.push([act, done, all]));
    expect(told.at(-1)).toEqual(['checking', bytes, bytes]);
  });
});
