import type { BackupReport, TellBackup } from '../statements/backup.ts';
import { sqliteFolder } from './open-storage.ts';
import { restoreSqlite } from './sqlite/restore.ts';
import { verifySqlite } from './sqlite/verify-backup.ts';

/**
 * Reads all of a backup and answers what it says of itself.
 *
 * @throws Error when it is none, or one that this Cairn cannot read, or with everything that is wrong with it.
 */
export const verifyBackup = async (folder: string, tell?: TellBackup): Promise<BackupReport> =>
  verifySqlite(folder, tell);

/**
 * Makes the store that a URL names of a backup, which is verified first; nothing is overwritten.
 *
 * @throws Error when there is something already, or the backup is none, damaged, or of a newer Cairn.
 */
export const restoreBackup = async (backup: string, url: string, tell?: TellBackup): Promise<BackupReport> =>
  restoreSqlite(backup, sqliteFolder(url), tell);
