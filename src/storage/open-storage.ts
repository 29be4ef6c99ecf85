import { examineSqlite } from './sqlite/examine.ts';
import { removeMetrics } from './sqlite/metrics-following.ts';
import { openSqlite, rebuildSqlite } from './sqlite/open-sqlite.ts';
import type { Examination, Storage, StorageOptions } from './storage.ts';

/**
 * Opens the store that a URL names: `sqlite:<folder>`.
 *
 * @throws Error when the URL names no backend, or the store cannot be opened.
 */
export const openStorage = async (url: string, options: StorageOptions = {}): Promise<Storage> =>
  openSqlite(sqliteFolder(url), options);

/** Throws the derived index away and makes an equal one from the log. Nothing else may have the store open. */
export const rebuildStorage = async (url: string, options: StorageOptions = {}): Promise<Storage> =>
  rebuildSqlite(sqliteFolder(url), options);

/** Throws what metrics have kept away; they are made anew when the store is opened. Nothing may have it open. */
export const forgetMetrics = (url: string): Promise<void> => removeMetrics(sqliteFolder(url));

/**
 * Looks at a store that is there; `deep` at every page of its log, which takes as long as it takes to read it.
 *
 * @throws Error when the log cannot be read at all.
 */
export const examineStorage = (url: string, deep: boolean): Promise<Examination> =>
  examineSqlite(sqliteFolder(url), deep);

/** The data folder of an embedded store, in which commands find the running server. */
export const sqliteFolder = (url: string): string => {
  const folder = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : '';
  if (folder === '') throw new Error(`CAIRN_STORAGE is sqlite:<folder>, not ${url.split('@').at(-1)}.`);
  return folder;
};
