import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { restoreBackup } from '../../../src/storage/backups.ts';
import { openStorage } from '../../../src/storage/open-storage.ts';
import { openDatabase } from '../../../src/storage/sqlite/database.ts';
import { copyOf, newFolder } from '../sqlite-folder.ts';
import { backedUp, digestOf, filesIn, flip, newTarget, wrongWith } from './backed-up.ts';

jest.setTimeout(60_000);

let made: Awaited<ReturnType<typeof backedUp>>;
beforeAll(async () => {
  made = await backedUp();
});

describe('a restore', () => {
  it('holds what a backup holds, and no lock, socket or index', async () => {
    const folder = newFolder();
    await restoreBackup(made.whole, `sqlite:${folder}`);
    const names = filesIn(folder).map((path) => path.slice(folder.length + 1));
    const locks = names.filter((name) => name.startsWith('lock.db'));
    expect(names.filter((name) => !locks.includes(name)).sort()).toEqual(
      filesIn(made.whole)
        .map((path) => path.slice(made.whole.length + 1))
        .filter((path) => !path.startsWith('manifest'))
        .sort(),
    );
    for (const path of filesIn(folder)) {
      if (!path.includes('lock.db')) expect(statSync(path).mode & 0o777).toBe(0o600);
    }
    expect(await wrongWith(made.whole)).toBe('');
  });

  it('overwrites nothing', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'mine'), '');
    for (const there of [folder, copyOf(made.source)]) {
      const before = readdirSync(there);
      await expect(restoreBackup(made.whole, `sqlite:${there}`)).rejects.toThrow(
        /is not empty, and nothing is overwritten\. Name another with CAIRN_STORAGE, or move this one away\./,
      );
      expect(readdirSync(there)).toEqual(before);
    }
  });

  it('makes nothing of a damaged backup', async () => {
    const target = newTarget();
    cpSync(made.whole, target, { recursive: true });
    flip(join(target, 'log.db'), 5000);
    const folder = newTarget();
    await expect(restoreBackup(target, `sqlite:${folder}`)).rejects.toThrow(/is damaged/);
    expect(existsSync(folder)).toBe(false);
  });

  it('keeps out of a folder in which another Cairn is', async () => {
    const folder = newFolder();
    const opened = await openStorage(`sqlite:${folder}`);
    const empty = newFolder();
    cpSync(join(folder, 'lock.db'), join(empty, 'lock.db'));
    await opened.close();
    const lock = await openDatabase(join(empty, 'lock.db'), 'NORMAL', 1);
    lock.exec('begin immediate');
    await expect(restoreBackup(made.whole, `sqlite:${empty}`)).rejects.toThrow(/Another Cairn is using/);
    lock.exec('rollback');
    lock.close();
    await restoreBackup(made.whole, `sqlite:${empty}`);
  });

  it('that was cut off is no store, and is begun anew by the next', async () => {
    for (const moved of [false, true]) {
      const folder = newFolder();
      mkdirSync(join(folder, 'restore.partial'));
      cpSync(join(made.whole, 'log.db'), join(folder, 'restore.partial/log.db'));
      mkdirSync(join(folder, `${moved ? '' : 'restore.partial/'}attachments/zz`), { recursive: true });
      await expect(openStorage(`sqlite:${folder}`)).rejects.toThrow(
        /A restore into .* was cut off\. Run cairn restore again\./,
      );
      await restoreBackup(made.whole, `sqlite:${folder}`);
      expect(existsSync(join(folder, 'attachments/zz'))).toBe(false);
      expect(readdirSync(folder)).not.toContain('restore.partial');
      expect(await digestOf(openStorage(`sqlite:${folder}`))).toBe(made.digest);
    }
  });

  it('that was cut off behind its end is a store', async () => {
    const folder = newFolder();
    await restoreBackup(made.whole, `sqlite:${folder}`);
    mkdirSync(join(folder, 'restore.partial'));
    expect(await digestOf(openStorage(`sqlite:${folder}`))).toBe(made.digest);
    await expect(restoreBackup(made.whole, `sqlite:${folder}`)).rejects.toThrow(/is not empty/);
  });
});
