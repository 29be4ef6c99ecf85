import { resolve } from 'node:path';
import type { BackupReport } from '../statements/backup.ts';
import { restoreBackup } from '../storage/backups.ts';
import { openStorage, sqliteFolder } from '../storage/open-storage.ts';
import { backupProgress } from './backup-progress.ts';
import { backupText } from './backup-text.ts';
import { type Command, EXIT } from './command.ts';
import { replayProgress } from './replay-progress.ts';
import { readSettings } from './settings.ts';
import { threadScripts } from './thread-scripts.ts';

/** `cairn restore`: makes a store of a backup. */
export const restoreCommand: Command = {
  name: 'restore',
  summary: 'Make the store that CAIRN_STORAGE names of a backup, which is checked first.',
  details:
    'The data folder has to be absent or empty: nothing is overwritten. The backup stays as it is. The store has the\n' +
    'same installation, credentials and entries; what was stored after the backup was made is not in it. A restore that\n' +
    'was cut off is begun anew by the next one.',
  options: [],
  argument: { name: '<backup>', isNeeded: true },
  run: async ({ argument, environment }) => {
    const { storage } = readSettings(environment);
    const progress = backupProgress();
    const restored = restoreBackup(resolve(argument as string), storage, progress.tell);
    const report = await restored.finally(progress.end);
    await makeIndex(storage);
    console.info(backupText(sqliteFolder(storage), report));
    console.info(`age           ${ageOf(report)}: what was stored since is not in it`);
    return EXIT.ok;
  },
};

/** The server would do the same at its start. */
const makeIndex = async (url: string): Promise<void> => {
  const storage = await openStorage(url, { ...threadScripts(), onReplay: replayProgress() });
  await storage.close();
};

const ageOf = ({ begun }: BackupReport): string => {
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(begun)) / 60_000));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  return `${days} d ${hours} h ${minutes % 60} min`;
};
