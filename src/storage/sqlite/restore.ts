import { existsSync, mkdirSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BackupReport, TellBackup } from '../../statements/backup.ts';
import { ATTACHMENTS } from './attachments.ts';
import { syncFolders } from './back-up.ts';
import { type BackupFile, type BackupManifest, reportOf } from './backup-manifest.ts';
import { copyFile } from './copy-file.ts';
import { lockFolder } from './lock.ts';
import { makeFolder, syncFolder } from './sync-folder.ts';
import { verifiedManifest } from './verify-backup.ts';

/** Within the data folder, which may be a disk of its own; what is in it is no store yet. */
const ASIDE = 'restore.partial';

/** What an empty folder may hold: what a lock and the file system leave. */
const NOTHING = ['lock.db', 'lock.db-wal', 'lock.db-shm', 'lost+found'];

/**
 * Makes a data folder of a backup that is verified first. `log.db` comes last, so that there is a whole store or none;
 * a restore that was cut off is begun anew by the next.
 *
 * @throws Error when there is something in the folder already, or the backup is damaged.
 */
export const restoreSqlite = async (
  backup: string,
  folder: string,
  tell: TellBackup = () => undefined,
): Promise<BackupReport> => {
  await refuseTaken(folder);
  const manifest = await verifiedManifest(backup, tell);
  await makeFolder(folder);
  const unlock = await lockFolder(folder);
  try {
    await refuseTaken(folder);
    await fill(backup, folder, manifest, tell);
    return reportOf(manifest);
  } finally {
    unlock();
  }
};

/** @throws Error when a restore into the folder was cut off. */
export const refuseHalfRestored = (folder: string): void => {
  if (!existsSync(join(folder, ASIDE)) || existsSync(join(folder, 'log.db'))) return;
  throw new Error(`A restore into ${folder} was cut off. Run cairn restore again.`);
};

const refuseTaken = async (folder: string): Promise<void> => {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return [] as string[];
  });
  const allowed = names.includes(ASIDE) ? [...NOTHING, ASIDE, ATTACHMENTS] : NOTHING;
  if (names.every((name) => allowed.includes(name))) return;
  throw new Error(
    `${folder} is not empty, and nothing is overwritten. Name another with CAIRN_STORAGE, or move this one away.`,
  );
};

const fill = async (
  backup: string,
  folder: string,
  { files }: BackupManifest,
  tell: TellBackup,
): Promise<void> => {
  const aside = join(folder, ASIDE);
  for (const left of [ATTACHMENTS, ASIDE]) await rm(join(folder, left), { recursive: true, force: true });
  mkdirSync(aside, { mode: 0o700 });
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const file of files) {
    copyAside(backup, aside, file);
    done += file.bytes;
    tell({ act: 'copying', done, all });
  }
  await syncFolders(aside, files);
  // What was erased after the backup was made is to be erased from `aside` here, before there is a store.
  if (files.some(({ path }) => path !== 'log.db'))
    await rename(join(aside, ATTACHMENTS), join(folder, ATTACHMENTS));
  await syncFolder(folder);
  await rename(join(aside, 'log.db'), join(folder, 'log.db'));
  await syncFolder(folder);
  await rm(aside, { recursive: true });
};

const copyAside = (backup: string, aside: string, { path, sha256 }: BackupFile): void => {
  mkdirSync(dirname(join(aside, path)), { recursive: true, mode: 0o700 });
  if (copyFile(join(backup, path), join(aside, path)).sha256 === sha256) return;
  throw new Error(`${join(backup, path)} was changed while it was read.`);
};
