import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupFacts, BackupReport } from '../../statements/backup.ts';
import { isSha2 } from '../../xapi/sha.ts';
import { attachmentPath } from './attachments.ts';
import type { FileDigest } from './copy-file.ts';

export type BackupFile = FileDigest & {
  /** Within the backup, with slashes. */
  readonly path: string;
};

/** What a backup says of itself; `manifest.json`. */
export type BackupManifest = BackupFacts & { readonly format: number; readonly files: readonly BackupFile[] };

/** Takes one sentence that says what is wrong with a backup. */
export type Complain = (problem: string) => void;

export const BACKUP_FORMAT = 1;

const MANIFEST = 'manifest.json';
/** Holds the manifest's own digest, as `sha256sum -c` reads it. */
const MANIFEST_SUM = 'manifest.json.sha256';

/** The files of every backup that the manifest does not list. */
export const MANIFEST_FILES: readonly string[] = [MANIFEST, MANIFEST_SUM];

/** Writes it durably but for the names in the folder. */
export const writeManifest = async (folder: string, manifest: BackupManifest): Promise<void> => {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeWhole(join(folder, MANIFEST), text);
  await writeWhole(join(folder, MANIFEST_SUM), sumOf(text));
};

const sumOf = (text: string | Buffer): string =>
  `${createHash('sha256').update(text).digest('hex')}  ${MANIFEST}\n`;

const writeWhole = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** @throws Error when the folder holds no backup, one that this Cairn cannot read, or a manifest that is damaged. */
export const readManifest = async (folder: string): Promise<BackupManifest> => {
  const [bytes, sum] = await Promise.all(MANIFEST_FILES.map((name) => readIfThere(join(folder, name))));
  if (bytes === undefined || sum === undefined) {
    const missing = bytes === undefined ? MANIFEST : MANIFEST_SUM;
    throw new Error(`${folder} holds no whole backup: ${missing} is missing.`);
  }
  if (sum.toString('latin1') !== sumOf(bytes)) {
    throw new Error(`The backup ${folder} is damaged: ${MANIFEST} and ${MANIFEST_SUM} do not agree.`);
  }
  const manifest = JSON.parse(bytes.toString('utf8')) as BackupManifest;
  if (manifest.format !== BACKUP_FORMAT) {
    throw new Error(
      `${folder} was written by a newer Cairn, ${manifest.cairn} (format ${manifest.format}; this one knows ${BACKUP_FORMAT}).`,
    );
  }
  for (const { path } of manifest.files) {
    if (!isOfBackup(path)) throw new Error(`The backup ${folder} names ${path}, which no backup holds.`);
  }
  return manifest;
};

/** Nothing else is ever copied: no lock, no socket, nothing outside the folder. */
const isOfBackup = (path: string): boolean => {
  const sha2 = path.split('/').at(-1) as string;
  return path === 'log.db' || (isSha2(sha2) && path === attachmentPath(sha2));
};

const readIfThere = (path: string): Promise<Buffer | undefined> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });

/** What people are told of it. */
export const reportOf = ({ format: _, files, ...facts }: BackupManifest): BackupReport => ({
  ...facts,
  bytes: files.reduce((sum, file) => sum + file.bytes, 0),
  files: files.length,
});
