import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { v4 as newUuid } from 'uuid';
import packageJson from '../../../package.json' with { type: 'json' };
import type { BackUp, BackupReport, TellBackup } from '../../statements/backup.ts';
import { answerCopying, type CopiedLog, type CopyQuestion } from './backup-copying.ts';
import { BACKUP_FORMAT, type BackupFile, reportOf, writeManifest } from './backup-manifest.ts';
import type { CommitQueue } from './commit-queue.ts';
import { openDatabase } from './database.ts';
import { makeFolder, syncFolder } from './sync-folder.ts';
import { thread } from './thread.ts';

export type BackingUp = {
  readonly backup: BackUp;
  /** Breaks off what is under way, once the log has been copied or the next attachments. */
  close(): Promise<void>;
};

type Parts = {
  readonly folder: string;
  readonly installation: string;
  readonly scripts: string | undefined;
  readonly queue: Pick<CommitQueue, 'failure' | 'stop'>;
};

/** How often it is told how far the log has been copied, in milliseconds. */
const TELL_EVERY = 200;

/** Copies a store that is open. */
export const backingUp = (parts: Parts): BackingUp => {
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;
  const mayGoOn = () => {
    if (isClosed) throw new Error('The store is being closed; the backup was broken off.');
    if (parts.queue.failure() !== undefined)
      throw new Error('The store could not write; the backup was broken off.');
  };
  return {
    backup: async (target, tell = () => undefined) => {
      mayGoOn();
      const made = backUp(parts, resolve(target), tell, mayGoOn);
      underWay.add(made);
      return made.finally(() => underWay.delete(made));
    },
    close: async () => {
      isClosed = true;
      await Promise.allSettled(underWay);
    },
  };
};

/** Written aside and renamed when all of it is durable. */
const backUp = async (
  parts: Parts,
  target: string,
  tell: TellBackup,
  mayGoOn: () => void,
): Promise<BackupReport> => {
  await refuseTaken(target, parts.folder);
  await makeFolder(dirname(target));
  const partial = `${target}.partial-${newUuid().slice(0, 8)}`;
  await mkdir(partial, { mode: 0o700 });
  try {
    const report = await write(parts, partial, tell, mayGoOn);
    await refuseTaken(target, parts.folder);
    await rename(partial, target);
    await syncFolder(dirname(target));
    return report;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
};

const refuseTaken = async (target: string, folder: string): Promise<void> => {
  if (`${target}${sep}`.startsWith(`${resolve(folder)}${sep}`)) {
    throw new Error(`${target} is within the store's own folder. Name one elsewhere, best on another disk.`);
  }
  const there = await stat(target).catch(noneThere);
  if (there === undefined) return;
  if (!there.isDirectory() || (await readdir(target)).length > 0) {
    throw new Error(`${target} is there already, and nothing is overwritten. Name a new folder.`);
  }
  if (there.dev !== (await stat(dirname(target))).dev) {
    throw new Error(`${target} is the root of a disk. Name a new folder in it.`);
  }
};

const noneThere = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};

const write = async (
  { folder, installation, scripts, queue }: Parts,
  partial: string,
  tell: TellBackup,
  mayGoOn: () => void,
): Promise<BackupReport> => {
  const begun = Date.now();
  const copier = scripts === undefined ? await copierHere(folder) : copierThere(folder, scripts);
  try {
    const stopTelling = tellOfLog(folder, partial, tell);
    const copying = copier.copyLog({ to: partial }).finally(stopTelling);
    await copying.catch(() => undefined);
    await foldIn(copier, mayGoOn, queue);
    const { file, head, counts, attachmentBytes } = await copying;
    const files = [file];
    const all = file.bytes + attachmentBytes;
    let done = file.bytes;
    for (let after = ''; ; ) {
      mayGoOn();
      tell({ act: 'copying', done, all });
      const copied = await copier.copyAttachments({ to: partial, after });
      if (copied.length === 0) break;
      for (const { bytes } of copied) done += bytes;
      files.push(...copied);
      after = copied.at(-1)?.path.split('/').at(-1) as string;
    }
    const manifest = {
      format: BACKUP_FORMAT,
      cairn: packageJson.version,
      installation,
      head,
      counts,
      begun: new Date(begun).toISOString(),
      seconds: (Date.now() - begun) / 1000,
      files,
    };
    await writeManifest(partial, manifest);
    await syncFolders(partial, files);
    return reportOf(manifest);
  } finally {
    await copier.close();
  }
};

/** Whatever became of the copy: nothing could be folded in while it was made. Not once the store has failed, or closes. */
const foldIn = async (copier: Copier, mayGoOn: () => void, { stop }: Parts['queue']): Promise<void> => {
  mayGoOn();
  const problem = await copier.fold();
  if (problem === undefined) return;
  stop(new Error(problem));
  throw new Error(problem);
};

type Copier = {
  copyLog(question: { readonly to: string }): Promise<CopiedLog>;
  copyAttachments(question: { readonly to: string; readonly after: string }): Promise<readonly BackupFile[]>;
  fold(): Promise<string | undefined>;
  close(): Promise<void>;
};

const copierThere = (folder: string, scripts: string): Copier => {
  const { ask, close } = thread(join(scripts, 'backup-writer.js'), folder);
  const copy = (question: CopyQuestion) => ask(question) as Promise<never>;
  return { copyLog: copy, copyAttachments: copy, fold: () => copy('fold'), close };
};

const copierHere = async (folder: string): Promise<Copier> => {
  const database = await openDatabase(join(folder, 'log.db'), 'FULL', 8);
  const answer = answerCopying(database, folder);
  const copy = async (question: CopyQuestion) => answer(question) as never;
  return {
    copyLog: copy,
    copyAttachments: copy,
    fold: () => copy('fold'),
    close: async () => database.close(),
  };
};

/** Tells how far the copy of the log has grown, until the answer is called. */
const tellOfLog = (folder: string, partial: string, tell: TellBackup): (() => void) => {
  const look = async () => {
    const [from, to] = await Promise.all([folder, partial].map((one) => stat(join(one, 'log.db'))));
    if (from !== undefined && to !== undefined) {
      tell({ act: 'copying', done: Math.min(to.size, from.size), all: from.size });
    }
  };
  const timer = setInterval(() => void look().catch(() => undefined), TELL_EVERY);
  return () => clearInterval(timer);
};

/** Makes the names of all files last. */
export const syncFolders = async (folder: string, files: readonly BackupFile[]): Promise<void> => {
  const folders = new Set(['.']);
  for (const { path } of files) {
    for (let above = dirname(path); above !== '.'; above = dirname(above)) folders.add(above);
  }
  for (const one of [...folders].sort().reverse()) await syncFolder(join(folder, one));
};
