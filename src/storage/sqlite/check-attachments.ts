import { createHash } from 'node:crypto';
import { attachmentPath } from './attachments.ts';
import type { BackupManifest, Complain } from './backup-manifest.ts';
import { bytesOf, type Database } from './database.ts';

/** SHA-224, 256, 384 and 512 are told by how many hex digits they have. */
const sha2Of = (sha2: string, body: Buffer): string =>
  createHash(`sha${sha2.length * 4}`)
    .update(body)
    .digest('hex');

/** That small attachments are what their SHA-2 says, and that the files are the large ones that the log names. */
export const checkAttachments = (database: Database, { files }: BackupManifest, complain: Complain): void => {
  const sizes = new Map(files.map(({ path, bytes }) => [path, bytes]));
  let named = 0;
  for (const row of database.prepare('select sha2, length, body from attachment').iterate()) {
    const sha2 = String(row['sha2']);
    if (row['body'] === null) {
      named += 1;
      const size = sizes.get(attachmentPath(sha2));
      if (size !== row['length'])
        complain(`log.db: the attachment ${sha2} is no file of ${row['length']} bytes`);
      continue;
    }
    const body = bytesOf(row['body']);
    if (body.length !== row['length'] || sha2Of(sha2, body) !== sha2.toLowerCase()) {
      complain(`log.db: the attachment ${sha2} is not what its name says`);
    }
  }
  if (named !== files.length - 1) complain('manifest.json: there are attachments that the log does not name');
};
