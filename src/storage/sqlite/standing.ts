import { createHash } from 'node:crypto';
import type { DocumentKey } from '../../documents/document.ts';
import { OPS } from '../../ledger/leaf.ts';
import type { Complain } from './backup-manifest.ts';
import { bytesOf, type Database } from './database.ts';
import { documentValues } from './documents.ts';

/** The documents and credentials that stand after some entries, each as text, by what names it. */
export type Standing = {
  readonly documents: Map<string, string>;
  readonly credentials: Map<string, CredentialFacts>;
};
type CredentialFacts = {
  label: string;
  scopes: string;
  secretHash: string;
  created: number;
  revoked?: number;
};

/** Takes in what one entry did. */
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
    const { id, label, scopes, secretHash } = JSON.parse(text) as CreatedFacts;
    credentials.set(id, { label, scopes: scopes.join(' '), secretHash, created: stored });
  } else if (op === OPS['credential-rotated'] || op === OPS['credential-revoked']) {
    const { id, secretHash } = JSON.parse(text) as Partial<CreatedFacts> & { readonly id: string };
    const known = credentials.get(id);
    if (known === undefined) return;
    if (secretHash === undefined) known.revoked = stored;
    else known.secretHash = secretHash;
  }
};

type DocumentFacts = { readonly contentType: string; readonly sha256: string };
type CreatedFacts = {
  readonly id: string;
  readonly label: string;
  readonly scopes: readonly string[];
  readonly secretHash: string;
};

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
    const { id, label, scopes, secret_hash: secretHash, created, revoked } = row;
    const known = credentials.get(String(id));
    const said = [known?.label, known?.scopes, known?.secretHash, known?.created, known?.revoked ?? null];
    if (nameOf(said) !== nameOf([label, scopes, secretHash, created, revoked])) {
      complain(`log.db: the credential ${id} is not what its entries say`);
    }
    count += 1;
  }
  if (count !== credentials.size) complain(`log.db: of ${credentials.size} credentials ${count} are there`);
};
