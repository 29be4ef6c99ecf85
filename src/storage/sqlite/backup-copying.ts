import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPS } from '../../ledger/leaf.ts';
import type { BackupFacts } from '../../statements/backup.ts';
import { formatMicros } from '../../xapi/timestamp.ts';
import { attachmentPath } from './attachments.ts';
import type { BackupFile } from './backup-manifest.ts';
import { copyFile, digestFile, syncFile } from './copy-file.ts';
import { bytesOf, type Database } from './database.ts';

export type CopiedLog = Pick<BackupFacts, 'head' | 'counts'> & {
  readonly file: BackupFile;
  /** Of the attachments that are files of their own. */
  readonly attachmentBytes: number;
};

/** What is asked of the thread that copies: the log first, and then the attachments that the copy names, in turn. */
export type CopyQuestion = { readonly to: string; readonly after?: string } | 'fold';

/** A backup can be broken off between two turns. */
const ATTACHMENTS_AT_ONCE = 8;

/** Copies a store into a folder. It is made on a connection of its own to the log. */
export const answerCopying =
  (database: Database, folder: string) =>
  (question: CopyQuestion): CopiedLog | readonly BackupFile[] | string | undefined => {
    if (question === 'fold') return fold(database);
    const { to, after } = question;
    return after === undefined ? copyLog(database, to) : copyAttachments(database, folder, to, after);
  };

/**
 * While the log was being read nothing of its write-ahead log could be folded in. It is done here, beside those who
 * write: it may have become long, and the next commit would have to do it all. Answers what the disk said if it failed.
 */
const fold = (database: Database): string | undefined => {
  try {
    database.exec('pragma wal_checkpoint(passive)');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

/**
 * `vacuum into` reads one snapshot, which under WAL holds no writer back, and leaves out what was deleted. It is
 * in every SQLite that may be underneath; the online backup API is not in every Node, and begins anew whenever
 * another connection has written.
 */
const copyLog = (database: Database, to: string): CopiedLog => {
  const path = join(to, 'log.db');
  writeFileSync(path, '', { mode: 0o600, flag: 'wx' });
  database.prepare('vacuum into ?').run(path);
  syncFile(path);
  database.prepare('attach ? as copy').run(path);
  return { ...describeCopy(database), file: { path: 'log.db', ...digestFile(path) } };
};

const describeCopy = (database: Database): Omit<CopiedLog, 'file'> => {
  const head = database
    .prepare('select position, stored, commitment from copy.entry order by position desc limit 1')
    .get();
  const count = (what: string) =>
    Number(database.prepare(`select count(*) as number from copy.${what}`).get()?.['number']);
  return {
    head: {
      position: Number(head?.['position'] ?? 0),
      stored: head === undefined ? null : formatMicros(Number(head['stored'])),
      commitment: head === undefined ? null : bytesOf(head['commitment']).toString('hex'),
    },
    counts: {
      statements: count(`entry where op=${OPS.statement}`),
      documents: count('document'),
      credentials: count('credential'),
      attachments: count('attachment'),
    },
    attachmentBytes: Number(
      database
        .prepare('select coalesce(sum(length),0) as bytes from copy.attachment where body is null')
        .get()?.['bytes'],
    ),
  };
};

const copyAttachments = (
  database: Database,
  folder: string,
  to: string,
  after: string,
): readonly BackupFile[] =>
  database
    .prepare('select sha2 from copy.attachment where body is null and sha2>? order by sha2 limit ?')
    .all(after, ATTACHMENTS_AT_ONCE)
    .map((row) => {
      const path = attachmentPath(String(row['sha2']));
      mkdirSync(join(to, path, '..'), { recursive: true, mode: 0o700 });
      return { path, ...copyFile(join(folder, path), join(to, path)) };
    });
