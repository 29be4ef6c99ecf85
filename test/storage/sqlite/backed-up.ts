import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { verifyBackup } from '../../../src/storage/backups.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { AGENT, put, remove, STATE, text } from '../sample-documents.ts';
import { agent, reference, referring, statement, store, voiding } from '../sample-statements.ts';
import { newFolder, openFolder, withDatabase } from '../sqlite-folder.ts';

const sent = (body: Buffer) => ({
  sha2: createHash('sha256').update(body).digest('hex'),
  contentType: 'application/octet-stream',
  body,
});

/** Two that are files of their own, and one that stands in the log. */
export const ATTACHMENTS = [
  sent(Buffer.alloc(70_000, 1)),
  sent(Buffer.alloc(2_500_000, 2)),
  sent(Buffer.from('x')),
];

export const RECORDS = ['merge', 'split'].map((record) =>
  JSON.stringify({ record, identifiers: [agent('ada'), agent('bo')], why: 'Ж', by: 'a' }),
);

/** Puts in something of everything that a store keeps. */
const fill = async (storage: Storage): Promise<void> => {
  const object = { id: 'https://example.org/x', definition: { name: { en: 'Ж' } } };
  await store(storage, [statement(1), statement(2, { object, result: { success: true } }), referring(3, 2)]);
  await store(storage, [voiding(4, 1), statement(5, { actor: agent('bo'), object: reference(77) })]);
  await store(storage, [statement(6)], { attachments: ATTACHMENTS });
  await put(storage, STATE, 'kept', text('{"a":1}', 'application/json'));
  await put(storage, STATE, 'kept', text('{"a":2}', 'application/json'));
  await put(storage, AGENT, 'odd \u0000 "\ud800"');
  await put(storage, AGENT, 'gone');
  await remove(storage, { ...AGENT, id: 'gone' });
  for (const id of ['a', 'b', 'c']) {
    await storage.credentials.create({
      id,
      label: `L ${id}`,
      scopes: ['all', 'define'],
      secretHash: `h ${id}`,
    });
  }
  await storage.credentials.rotate('b', 'another');
  await storage.credentials.change('a', { label: 'Changed', expires: 4e15, quarantines: true });
  await storage.credentials.change('b', { expires: 4e15 });
  await storage.credentials.change('b', { expires: null });
  await storage.credentials.revoke('c');
  await storage.records.append(RECORDS);
};

/** A folder that is not there yet. */
export const newTarget = (): string => join(newFolder(), 'backup');

/** What is wrong with a backup; '' if nothing is. */
export const wrongWith = (backup: string): Promise<string> =>
  verifyBackup(backup).then(
    () => '',
    (error: Error) => error.message,
  );

type Manifest = { format: number; head: object; counts: Record<string, number>; files: Listed[] };
type Listed = { path: string; bytes: number; sha256: string };

/** Changes the manifest as somebody would who knows how it is made. */
export const changeManifest = (backup: string, change: (manifest: Manifest) => void): void => {
  const path = join(backup, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  change(manifest);
  const made = JSON.stringify(manifest);
  writeFileSync(path, made);
  const sum = createHash('sha256').update(made).digest('hex');
  writeFileSync(`${path}.sha256`, `${sum}  manifest.json\n`);
};

/** Makes the manifest agree with the files as they are now. */
export const seal = (backup: string): void =>
  changeManifest(backup, ({ files }) => {
    for (const file of files) {
      const bytes = readFileSync(join(backup, file.path));
      file.bytes = bytes.length;
      file.sha256 = createHash('sha256').update(bytes).digest('hex');
    }
  });

/** Changes the copied log, as if the store itself had been damaged before it was copied. */
export const damageLog = async (backup: string, sql: string): Promise<void> => {
  await withDatabase(join(backup, 'log.db'), (database) => {
    database.exec(sql);
    database.exec('pragma journal_mode=delete');
  });
  seal(backup);
};

/** Turns one bit. */
export const flip = (path: string, at: number): void => {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] as number) ^ 1;
  writeFileSync(path, bytes);
};

/** Every row of a log, in order; of entries only those up to a position. */
export const rowsOf = (folder: string, upTo = Number.MAX_SAFE_INTEGER): Promise<readonly object[]> =>
  withDatabase(join(folder, 'log.db'), (database) => [
    ...database.prepare('select * from entry where position<=? order by position').all(upTo),
    ...['document', 'credential', 'attachment', "setting where name<>'mark'"].flatMap((table) =>
      database.prepare(`select * from ${table}`).all(),
    ),
  ]);

export const digestOf = async (opening: Promise<Storage>): Promise<string> => {
  const storage = await opening;
  const digest = await storage.indexDigest();
  await storage.close();
  return digest;
};

/** The paths of all files in a folder. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

export const THREADS = { threads: resolve('dist') };

/** A closed store with something of everything, and a backup of it; to be copied before they are touched. */
export const backedUp = async () => {
  const opened = await openFolder(THREADS);
  await fill(opened.storage);
  const whole = newTarget();
  await opened.storage.backup(whole);
  const digest = await opened.storage.indexDigest();
  const { signingKey } = opened.storage;
  await opened.close();
  return { whole, source: opened.folder, digest, signingKey };
};
