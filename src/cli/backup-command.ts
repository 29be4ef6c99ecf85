import { rename } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { TellBackup } from '../statements/backup.ts';
import { verifyBackup } from '../storage/backups.ts';
import { backupProgress } from './backup-progress.ts';
import { backupText } from './backup-text.ts';
import { type Call, type Command, EXIT } from './command.ts';
import { openStore } from './open-store.ts';
import { readSettings } from './settings.ts';

/** `cairn backup`: copies the store as it is at one moment, and reads the copy again. */
export const backupCommand: Command = {
  name: 'backup',
  summary: 'Copy the store into a new folder while it goes on, and check the copy.',
  details:
    'All that was acknowledged before it began is in it: statements, attachments, documents, credentials and what signs\n' +
    'links; keep it as secret as the store. The folder is there whole or not at all: what was cut off is named\n' +
    '<target>.partial-… and can be deleted. Nothing is overwritten. cairn restore makes a store of it.\n\n' +
    'Checking reads every byte again, and whether each entry is what was committed to. To have one file:\n' +
    '  cairn backup /backups/monday && tar -C /backups -czf monday.tar.gz monday',
  options: [
    { name: 'no-verify', explanation: 'Do not check it now.' },
    { name: 'verify-only', explanation: 'Check a backup that was made before, and touch nothing.' },
  ],
  argument: { name: '<target>', isNeeded: true },
  run: async (call) => {
    if (call.has('no-verify') && call.has('verify-only')) {
      throw new Error('--no-verify and --verify-only exclude each other.');
    }
    const target = resolve(call.argument as string);
    const progress = backupProgress();
    try {
      if (!call.has('verify-only')) await make(call, target, progress.tell);
      if (!call.has('no-verify')) await check(call, target, progress.tell);
    } finally {
      progress.end();
    }
    return EXIT.ok;
  },
};

const make = async (call: Call, target: string, tell: TellBackup): Promise<void> => {
  const { store, close } = await openStore(readSettings(call.environment), false);
  try {
    console.info(backupText(target, await store.backup(target, tell)));
  } finally {
    await close();
  }
};

/** One that has just been made and is not right is not left under a name that says it was. */
const check = async (call: Call, target: string, tell: TellBackup): Promise<void> => {
  try {
    const report = await verifyBackup(target, tell);
    if (call.has('verify-only')) console.info(backupText(target, report));
    console.info('checked       every file, entry, document and attachment');
  } catch (error) {
    if (call.has('verify-only')) throw error;
    await rename(target, `${target}.damaged`);
    throw new Error(
      `${(error as Error).message}\nIt is kept as ${target}.damaged. The disk, or the store itself, is damaged.`,
    );
  }
};
