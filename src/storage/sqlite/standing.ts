import { createHash } from 'node:crypto';
import type { Credential } from '../../credentials/credential.ts';
import type { CredentialChange } from '../../credentials/credential-store.ts';
import type { DocumentKey } from '../../documents/document.ts';
import { OPS } from '../../ledger/leaf.ts';
import type { Complain } from './backup-manifest.ts';
import { changed } from './credentials.ts';
import { bytesOf, type Database, type Row } from './database.ts';
import { documentValues } from './documents.ts';

/** The documents and credentials that stand after some entries, each as text, by what names it. */
export type Standing = {
  readonly documents: Map<string, string>;
  readonly credentials: Map<string, CredentialFacts>;
};
type CredentialFacts = Omit<Credential, 'bounds' | 'fetchHash' | 'lastUsed'> & {
  /** Whether it was for a launch, whose row is forgotten once that has long been over. */
  readonly bound: boolean;
};

/** Acts on a credential that is there. */
const OF_CREDENTIALS: readonly number[] = [
  OPS['credential-rotated'],
  OPS['credential-revoked'],
  OPS['credential-changed'],
];

/** Takes in what one entry did, if it was about a document or a credential. */
export const takeFact = (
  op: number,
  stored: number,
  text: string,
  { documents, credentials }: Standing,
): void => {
  if (op === OPS['document-put']) {
    const { contentType, sha256, ...key } = JSON.parse(text) as DocumentKey & DocumentFacts;
    documents.set(nameOf(documentValues(key)), nameOf([contentType, sha256, stored]));
  } else if (op === OPS['document-delete']) {
    documents.delete(nameOf(documentValues(JSON.parse(text) as DocumentKey)));
  } else if (op === OPS['credential-created']) {
    const created = JSON.parse(text) as CredentialFacts;
    credentials.set(created.id, { ...created, bound: created.bound === true, created: stored });
  } else if (OF_CREDENTIALS.includes(op)) {
    const { id, ...change } = JSON.parse(text) as CredentialChange & { readonly id: string };
    const known = credentials.get(id);
    if (known === undefined) return;
    credentials.set(
      id,
      op === OPS['credential-revoked'] ? { ...known, revoked: stored } : changed(known, change),
    );
  }
};

type DocumentFacts = { readonly contentType: string; readonly sha256: string };

const nameOf = (values: readonly unknown[]): string => JSON.stringify(values);

/** That the rows of documents are what their entries say, each and no other. */
export const checkDocuments = (database: Database, { documents }: Standing, complain: Complain): void => {
  let count = 0;
  for (const row of database.prepare('select * from document').iterate()) {
    const { content_type: contentType, updated } = row;
    const content = bytesOf(row['content']);
    const name = nameOf(['resource', 'activity', 'agent', 'registration', 'id'].map((part) => row[part]));
    const facts = nameOf([contentType, createHash('sha256').update(content).digest('hex'), updated]);
    const isTagged = createHash('sha1').update(content).digest('hex') === row['etag'];
    if (!isTagged || documents.get(name) !== facts)
      complain(`log.db: the document ${name} is not what was put`);
    count += 1;
  }
  if (count !== documents.size) complain(`log.db: of ${documents.size} documents ${count} are there`);
};

/** That the rows of credentials are what their entries say, each and no other. */
export const checkCredentials = (database: Database, { credentials }: Standing, complain: Complain): void => {
  let count = 0;
  for (const row of database.prepare('select * from credential').iterate()) {
    const { id } = row;
    const known = credentials.get(String(id));
    if (known === undefined || nameOf(factsOf(known)) !== nameOf(valuesOf(row))) {
      complain(`log.db: the credential ${id} is not what its entries say`);
    }
    if (known?.bound !== true) count += 1;
  }
  const lasting = [...credentials.values()].filter(({ bound }) => !bound).length;
  if (count !== lasting) complain(`log.db: of ${lasting} credentials ${count} are there`);
};

const factsOf = (known: CredentialFacts): readonly unknown[] => {
  const { label, scopes, secretHash, created, revoked, expires, madeBy, quarantines, bound } = known;
  const standing = [label, scopes.join(' '), secretHash, created, revoked ?? null, expires ?? null];
  return [...standing, madeBy ?? null, quarantines === true ? 1 : 0, bound];
};

const valuesOf = (row: Row): readonly unknown[] => {
  const names = ['label', 'scopes', 'secret_hash', 'created', 'revoked', 'expires', 'made_by', 'quarantines'];
  return [...names.map((name) => row[name]), row['bounds'] !== null];
};
