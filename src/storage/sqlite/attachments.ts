import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { v4 as newUuid } from 'uuid';
import type { AttachmentStore, StoredAttachment } from '../../statements/attachment-store.ts';
import type { SentAttachment } from '../../statements/statement-store.ts';
import { isDigestOf } from '../../xapi/attachment-parts.ts';
import { bytesOf, type Database, type Row } from './database.ts';
import { damage, isWhole, rowSum } from './row-sum.ts';
import { syncFolder } from './sync-folder.ts';

/** Larger ones are files beside the log. */
const MOST_IN_LOG = 65_536;

/** The folder of those that are files. */
export const ATTACHMENTS = 'attachments';

/** Where one stands that is a file, within the data folder. */
export const attachmentPath = (sha2: string): string => `${ATTACHMENTS}/${sha2.slice(0, 2)}/${sha2}`;

export type Attachments = AttachmentStore & {
  /** Writes the large ones as files that survive a power cut, before the commit that names them. */
  writeFiles(sent: readonly SentAttachment[]): Promise<void>;
  /** Names them in the log, within the commit under way. */
  insert(sent: readonly SentAttachment[]): void;
};

export const sqliteAttachments = (database: Database, folder: string): Attachments => {
  const get = database.prepare('select * from attachment where sha2=?');
  const measure = database.prepare('select sha2, content_type, length, sum from attachment where sha2=?');
  const put = database.prepare('insert or ignore into attachment values(?,?,?,?,?)');
  const known = database.prepare('select 1 from attachment where sha2=?');
  const pathOf = (sha2: string) => join(folder, attachmentPath(sha2));

  return {
    get: async (sha2): Promise<StoredAttachment | undefined> => {
      const row = get.get(sha2);
      if (row === undefined) return undefined;
      checkedAttachment(row);
      const body = row['body'] === null ? await readFile(pathOf(sha2)) : bytesOf(row['body']);
      if (!isDigestOf(sha2, body))
        throw damage(row['body'] === null ? pathOf(sha2) : 'log.db', `the attachment ${sha2}`);
      return { sha2, contentType: String(row['content_type']), body };
    },
    lengthOf: async (sha2) => {
      const row = measure.get(sha2);
      return row === undefined ? undefined : Number(checkedAttachment(row)['length']);
    },
    writeFiles: async (sent) => {
      for (const { sha2, body } of sent) {
        if (body.length > MOST_IN_LOG && known.get(sha2) === undefined)
          await writeDurably(pathOf(sha2), body);
      }
    },
    insert: (sent) => {
      for (const { sha2, contentType, body } of sent) {
        const sum = rowSum(sha2, contentType, body.length);
        put.run(sha2, contentType, body.length, body.length > MOST_IN_LOG ? null : body, sum);
      }
    },
  };
};

/** @throws Error when what is said of it is not as it was written; the body has its own sum, its SHA-2. */
export const checkedAttachment = (row: Row): Row => {
  if (isWhole(row, 'sha2', 'content_type', 'length')) return row;
  throw damage('log.db', `the attachment ${row['sha2']}`);
};

/**
 * Written aside, fsynced, renamed, and the folders fsynced: all of it is there, or nothing. The folders also for a
 * file that is there already: whoever renamed it may not have come so far yet, or may have been killed before.
 */
const writeDurably = async (path: string, body: Buffer): Promise<void> => {
  const folder = dirname(path);
  if (!(await exists(path))) await writeWhole(path, folder, body);
  for (const named of [folder, dirname(folder), dirname(dirname(folder))]) await syncFolder(named);
};

const writeWhole = async (path: string, folder: string, body: Buffer): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const aside = `${path}.${newUuid()}.part`;
  const file = await open(aside, 'w', 0o600);
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
};

const exists = async (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Removes what a crash has left half written; nothing names it. Nobody else may be writing. */
export const sweepUnfinished = async (folder: string): Promise<void> => {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names) if (name.endsWith('.part')) await rm(join(folder, name), { force: true });
};
