import { isDeepStrictEqual } from 'node:util';
import { commit, commitText } from '../../ledger/commitment.ts';
import { OPS } from '../../ledger/leaf.ts';
import { byteSpans, partSpans } from '../../ledger/part-spans.ts';
import { formatMicros } from '../../xapi/timestamp.ts';
import type { BackupManifest, Complain } from './backup-manifest.ts';
import { checkAttachments } from './check-attachments.ts';
import { bytesOf, type Database, type Row } from './database.ts';
import { LOG_VERSION } from './log-schema.ts';
import { settingIn } from './setting-in.ts';
import { checkCredentials, checkDocuments, type Standing, takeFact } from './standing.ts';
import { decodeText } from './stored-text.ts';

const NO_HEAD = { position: 0, stored: null, commitment: null };

/** Told after so many entries how many it were. */
const TELL_EVERY = 1000;

/**
 * Goes through all that a copied log says: its pages, each entry and its commitment, and that documents, credentials
 * and attachments are what the entries say, and the manifest what the log says.
 */
export const checkLog = (
  database: Database,
  manifest: BackupManifest,
  complain: Complain,
  tell: (entries: number) => void,
): void => {
  const pages = database.prepare('pragma quick_check(1)').get()?.['quick_check'];
  if (pages !== 'ok') complain(`log.db: ${pages}`);
  if (Number(settingIn(database, 'version')) > LOG_VERSION) {
    complain('log.db: it was written by a newer Cairn');
    return;
  }
  if (settingIn(database, 'installation') !== manifest.installation) {
    complain('manifest.json: another installation than in log.db');
  }
  const standing = checkEntries(database, manifest, complain, tell);
  checkDocuments(database, standing, complain);
  checkCredentials(database, standing, complain);
  checkAttachments(database, manifest, complain);
  checkCounts(database, manifest, complain);
};

const checkEntries = (
  database: Database,
  { head }: BackupManifest,
  complain: Complain,
  tell: (entries: number) => void,
): Standing => {
  const standing: Standing = { documents: new Map(), credentials: new Map() };
  let [position, stored, commitment] = [0, 0, ''];
  for (const row of database.prepare('select * from entry order by position').iterate()) {
    position += 1;
    if (row['position'] !== position) {
      complain(`log.db: there is no entry ${position}`);
      return standing;
    }
    if (Number(row['stored']) <= stored)
      complain(`log.db: entry ${position} is not later than the one before`);
    stored = Number(row['stored']);
    commitment = bytesOf(row['commitment']).toString('hex');
    takeEntry(row, standing, (what) => complain(`log.db: entry ${position} ${what}`));
    if (position % TELL_EVERY === 0) tell(position);
  }
  const found = position === 0 ? NO_HEAD : { position, stored: formatMicros(stored), commitment };
  if (!isDeepStrictEqual(head, found)) complain('manifest.json: another head than that of log.db');
  return standing;
};

const takeEntry = (row: Row, standing: Standing, complain: Complain): void => {
  try {
    const text = decodeText(bytesOf(row['body']));
    const op = Number(row['op']);
    if (!commitmentTo(bytesOf(row['salt']), op, text).equals(bytesOf(row['commitment']))) {
      complain('is not what was committed to');
      return;
    }
    takeFact(op, Number(row['stored']), text, standing);
  } catch (error) {
    complain(`cannot be read: ${(error as Error).message}`);
  }
};

const commitmentTo = (salt: Buffer, op: number, text: string): Buffer => {
  if (op !== OPS.statement) return commitText(salt, text);
  const bytes = Buffer.from(text);
  return commit(salt, bytes, byteSpans(text, bytes.length, partSpans(text)));
};

const checkCounts = (database: Database, { counts }: BackupManifest, complain: Complain): void => {
  const tables = {
    statements: `entry where op=${OPS.statement}`,
    documents: 'document',
    credentials: 'credential',
    attachments: 'attachment',
  };
  for (const [name, what] of Object.entries(tables)) {
    const found = database.prepare(`select count(*) as number from ${what}`).get()?.['number'];
    if (found !== counts[name as keyof typeof counts]) complain(`manifest.json: there are ${found} ${name}`);
  }
};
