import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { openStorage } from '../../src/storage/open-storage.ts';
import { type Database, openDatabase } from '../../src/storage/sqlite/database.ts';
import type { Storage, StorageOptions } from '../../src/storage/storage.ts';
import type { Opened } from './opened.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder that is removed after the last test of the file. */
export const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-storage-'));
  folders.push(folder);
  return folder;
};

/** A copy of a data folder as it is now. */
export const copyOf = (folder: string): string => {
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
};

/** Those of a folder that a crash would leave as they are; metrics and what readers share are made anew. */
const lasts = (file: string): boolean => !/^metrics\.db|-shm$/.test(basename(file));

/** Whether what has been copied is what stands there still. */
const isAlike = (folder: string, copy: string): boolean =>
  readdirSync(copy, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && lasts(entry.name))
    .every(({ parentPath, name }) => {
      const path = join(parentPath, name);
      const original = join(folder, relative(copy, path));
      return existsSync(original) && readFileSync(original).equals(readFileSync(path));
    });

const MOST_TRIES = 50;

/**
 * What a crash would leave; without what metrics keep, which a thread may be writing at this moment. Threads write the
 * index, too: a copy in the midst of that would be of two moments, as no crash leaves it, so another one is made.
 */
const crashed = (folder: string): string => {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const copy = newFolder();
    cpSync(folder, copy, { recursive: true, filter: (file) => !basename(file).startsWith('metrics.db') });
    if (isAlike(folder, copy)) return copy;
  }
  throw new Error(`${folder} was never still.`);
};

let empty: Promise<string> | undefined;

/** A folder with an empty store, copied from one that is made once: making files costs more than opening them. */
const emptyFolder = async (): Promise<string> => {
  empty ??= (async () => {
    const folder = newFolder();
    await (await openStorage(`sqlite:${folder}`)).close();
    return folder;
  })();
  return copyOf(await empty);
};

export type OpenedFolder = Opened & { readonly folder: string };

/** Opens an embedded store on real files. */
export const openFolder = async (options: StorageOptions = {}, start?: string): Promise<OpenedFolder> => {
  let folder = start ?? (await emptyFolder());
  const open = (): Promise<Storage> => openStorage(`sqlite:${folder}`, options);
  let storage = await open();
  return {
    get storage() {
      return storage;
    },
    get folder() {
      return folder;
    },
    reopen: async () => {
      await storage.close();
      storage = await open();
    },
    crash: async () => {
      folder = crashed(folder);
      await storage.close();
      storage = await open();
    },
    close: () => storage.close(),
  };
};

/** Opens a file of a store that nobody has open. */
export const withDatabase = async <Result>(
  path: string,
  use: (database: Database) => Result,
): Promise<Result> => {
  const database = await openDatabase(path, 'NORMAL', 1);
  try {
    return use(database);
  } finally {
    database.close();
  }
};
