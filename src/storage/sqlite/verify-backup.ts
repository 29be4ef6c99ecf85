import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BackupReport, TellBackup } from '../../statements/backup.ts';
import {
  type BackupFile,
  type BackupManifest,
  type Complain,
  MANIFEST_FILES,
  readManifest,
  reportOf,
} from './backup-manifest.ts';
import { checkLog } from './check-log.ts';
import { digestFile } from './copy-file.ts';
import { openReadOnly } from './database.ts';

/** So many problems are told; the others will be of the same kind. */
const MOST_TOLD = 20;

/** Reads all of a backup. */
export const verifySqlite = async (
  folder: string,
  tell: TellBackup = () => undefined,
): Promise<BackupReport> => reportOf(await verifiedManifest(folder, tell));

/** What a backup says of itself, all of which has been found right. */
export const verifiedManifest = async (folder: string, tell: TellBackup): Promise<BackupManifest> => {
  const manifest = await readManifest(folder);
  const problems: string[] = [];
  const complain = (problem: string) => void problems.push(problem);
  await checkNames(folder, manifest.files, complain);
  await checkFiles(folder, manifest.files, complain, tell);
  if (problems.length === 0) await checkContent(folder, manifest, complain, tell);
  if (problems.length === 0) return manifest;
  const told = problems.slice(0, MOST_TOLD);
  if (problems.length > told.length) told.push(`and ${problems.length - told.length} more`);
  throw new Error(`The backup ${folder} is damaged:\n${told.map((problem) => `  ${problem}`).join('\n')}`);
};

const checkNames = async (
  folder: string,
  files: readonly BackupFile[],
  complain: Complain,
): Promise<void> => {
  const wanted = new Set([...MANIFEST_FILES, ...files.map(({ path }) => path)]);
  if (!wanted.has('log.db')) complain('manifest.json: it names no log.db');
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (entry.isDirectory()) continue;
    if (!entry.isFile() || !wanted.delete(path)) complain(`${path}: it does not belong here`);
  }
  for (const path of wanted) complain(`${path}: it is missing`);
};

/** Half of the work is reading; the other half is what the log says. */
const checkFiles = async (
  folder: string,
  files: readonly BackupFile[],
  complain: Complain,
  tell: TellBackup,
): Promise<void> => {
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const file of files) {
    try {
      checkFile(folder, file, complain);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') complain((error as Error).message);
    }
    done += file.bytes;
    tell({ act: 'checking', done, all });
    await nextTurn();
  }
};

const checkFile = (folder: string, { path, bytes, sha256 }: BackupFile, complain: Complain): void => {
  const sha2 = path === 'log.db' ? '' : (path.split('/').at(-1) as string);
  const own = createHash(`sha${sha2 === '' ? 256 : sha2.length * 4}`);
  const found = digestFile(join(folder, path), (piece) => void own.update(piece));
  if (found.bytes !== bytes) complain(`${path}: it has ${found.bytes} bytes, not ${bytes}`);
  else if (found.sha256 !== sha256) complain(`${path}: its bytes are others (SHA-256)`);
  else if (sha2 !== '' && own.digest('hex') !== sha2.toLowerCase()) {
    complain(`${path}: it is not what its name says, nor was it in the store`);
  }
};

const checkContent = async (
  folder: string,
  manifest: BackupManifest,
  complain: Complain,
  tell: TellBackup,
): Promise<void> => {
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const { position } = manifest.head;
  const database = await openReadOnly(join(folder, 'log.db'));
  try {
    checkLog(database, manifest, complain, (entries) =>
      tell({ act: 'checking', done: Math.floor((bytes * entries) / position), all: bytes }),
    );
  } catch (error) {
    complain(`log.db: ${(error as Error).message}`);
  } finally {
    database.close();
  }
};
