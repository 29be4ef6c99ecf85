import { createHash } from 'node:crypto';
import type {
  DocumentContent,
  DocumentKey,
  DocumentResource,
  DocumentScope,
  DocumentSummary,
  StoredDocument,
} from '../../documents/document.ts';
import type { DocumentStore } from '../../documents/document-store.ts';
import { OPS } from '../../ledger/leaf.ts';
import { keyText, textOfKey } from '../../statements/key-text.ts';
import type { AppendFact } from './append-fact.ts';
import { type CommitQueue, unwritten } from './commit-queue.ts';
import { bytesOf, type Database, type Row, type Value } from './database.ts';
import { damage, isWhole, rowSum } from './row-sum.ts';

/** The columns that a sum is taken over. The content's own is its ETag. */
const LISTED = [
  'resource',
  'activity',
  'agent',
  'registration',
  'id',
  'content_type',
  'etag',
  'updated',
] as const;

const WHERE = 'where resource=? and activity=? and agent=? and registration=?';

export const sqliteDocuments = (
  database: Database,
  queue: CommitQueue,
  appendFact: AppendFact,
): DocumentStore => {
  const one = database.prepare(`select * from document ${WHERE} and id=?`);
  const put = database.prepare('insert or replace into document values(?,?,?,?,?,?,?,?,?,?)');
  const remove = database.prepare(`delete from document ${WHERE} and id=?`);
  const summaries = database.prepare(
    `select ${LISTED.join()}, sum from document ${WHERE} and updated>? order by updated`,
  );
  const keys = keyReader(database);

  const get = (key: DocumentKey): StoredDocument | undefined => {
    const row = one.get(...documentValues(key));
    return row === undefined ? undefined : documentOf(row);
  };

  const list = (scope: DocumentScope, since = -1): readonly DocumentSummary[] =>
    summaries.all(...scopeValues(scope), since).map((row) => ({
      id: idOf(checked(row)),
      etag: String(row['etag']),
      updated: Number(row['updated']),
    }));

  const write = (key: DocumentKey, { contentType, content }: DocumentContent): void => {
    const etag = etagOf(content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const updated = appendFact(OPS['document-put'], { ...key, contentType, sha256 });
    const values = documentValues(key);
    const sum = rowSum(...values, contentType, etag, updated);
    put.run(...values, contentType, content, etag, updated, sum);
  };

  const erase = (key: DocumentKey): void => {
    appendFact(OPS['document-delete'], key);
    remove.run(...documentValues(key));
  };

  return {
    get: async (key) => get(key),
    list: async (scope, since) => list(scope, since),
    change: (key, decide) =>
      queue.add(() => {
        const present = get(key);
        const content = unwritten(() => decide(present));
        if (content !== undefined) write(key, content);
        else if (present !== undefined) erase(key);
      }, 'rows'),
    clear: (scope, check) =>
      queue.add(() => {
        const present = list(scope);
        unwritten(() => check(present));
        for (const { id } of present) erase({ ...scope, id });
      }, 'rows'),
    all: async function* all() {
      for (const key of keys()) {
        const document = get(key);
        if (document !== undefined) yield { key, document };
      }
    },
  };
};

/** The keys of all that there are, read a page at a time: documents may come and go meanwhile. */
const keyReader = (database: Database) => {
  const page = database.prepare(
    `select resource, activity, agent, registration, id from document
     where (resource, activity, agent, registration, id) > (?,?,?,?,?)
     order by resource, activity, agent, registration, id limit 100`,
  );
  return function* keys(): Generator<DocumentKey> {
    let after: readonly Value[] = ['', '', '', '', ''];
    for (;;) {
      const found = page.all(...after).map(keyOf);
      yield* found;
      const last = found.at(-1);
      if (last === undefined) return;
      after = documentValues(last);
    }
  };
};

/** An absent part of an address is the empty text: no agent, activity or registration is empty. */
const scopeValues = ({ resource, activity, agent, registration }: DocumentScope): readonly string[] => [
  resource,
  activity ?? '',
  agent ?? '',
  registration ?? '',
];

/** What a document's row is found by. */
export const documentValues = (key: DocumentKey): readonly string[] => [...scopeValues(key), keyText(key.id)];

const idOf = (row: Row): string => textOfKey(String(row['id']));

const keyOf = (row: Row): DocumentKey => {
  const [activity, agent, registration] = ['activity', 'agent', 'registration'].map((name) =>
    String(row[name]),
  );
  return {
    resource: String(row['resource']) as DocumentResource,
    ...(activity ? { activity } : {}),
    ...(agent ? { agent } : {}),
    ...(registration ? { registration } : {}),
    id: idOf(row),
  };
};

const etagOf = (content: Uint8Array): string => createHash('sha1').update(content).digest('hex');

const checked = (row: Row): Row => {
  if (isWhole(row, ...LISTED)) return row;
  throw damage('log.db', `the document ${idOf(row)}`);
};

/** @throws Error when it is not as it was written. */
export const documentOf = (row: Row): StoredDocument => {
  checked(row);
  const content = bytesOf(row['content']);
  const etag = String(row['etag']);
  if (etagOf(content) !== etag) throw damage('log.db', `the document ${idOf(row)}`);
  return {
    id: idOf(row),
    contentType: String(row['content_type']),
    content,
    etag,
    updated: Number(row['updated']),
  };
};
