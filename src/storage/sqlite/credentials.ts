import type { Credential } from '../../credentials/credential.ts';
import type { CredentialStore } from '../../credentials/credential-store.ts';
import { isScope } from '../../credentials/scope.ts';
import { OPS } from '../../ledger/leaf.ts';
import { reject } from '../../xapi/rejection.ts';
import type { AppendFact } from './append-fact.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Database, Row } from './database.ts';
import { damage, isWhole, rowSum } from './row-sum.ts';

/** All of them stand in memory, because every request asks; the log's table is read once. */
export const sqliteCredentials = (
  database: Database,
  queue: CommitQueue,
  appendFact: AppendFact,
): CredentialStore => {
  const put = database.prepare('insert or replace into credential values(?,?,?,?,?,?,?)');
  const known = new Map(
    database
      .prepare('select * from credential order by created')
      .all()
      .map(credentialOf)
      .map((credential) => [credential.id, credential]),
  );

  const keep = (credential: Credential): Credential => {
    const { id, label, scopes, secretHash, created, revoked } = credential;
    const values = [id, label, scopes.join(' '), secretHash, created, revoked ?? null];
    put.run(...values, rowSum(...values));
    known.set(id, credential);
    return credential;
  };

  return {
    find: (id) => known.get(id),
    list: () => [...known.values()],
    create: ({ id, label, scopes, secretHash }) =>
      queue.add(() => {
        if (known.has(id)) throw reject('statement-conflict', '/id', `There is a credential ${id} already.`);
        const created = appendFact(OPS['credential-created'], { id, label, scopes, secretHash });
        return keep({ id, label, scopes, secretHash, created });
      }, 'rows'),
    revoke: (id) =>
      queue.add(() => {
        const credential = known.get(id);
        if (credential === undefined) return false;
        if (credential.revoked === undefined) {
          keep({ ...credential, revoked: appendFact(OPS['credential-revoked'], { id }) });
        }
        return true;
      }, 'rows'),
    rotate: (id, secretHash) =>
      queue.add(() => {
        const credential = known.get(id);
        if (credential === undefined || credential.revoked !== undefined) return false;
        appendFact(OPS['credential-rotated'], { id, secretHash });
        keep({ ...credential, secretHash });
        return true;
      }, 'rows'),
  };
};

/** @throws Error when it is not as it was written: nobody is let in by another secret or to another scope. */
export const credentialOf = (row: Row): Credential => {
  if (!isWhole(row, 'id', 'label', 'scopes', 'secret_hash', 'created', 'revoked'))
    throw damage('log.db', `the credential ${row['id']}`);
  return readCredential(row);
};

const readCredential = (row: Row): Credential => ({
  id: String(row['id']),
  label: String(row['label']),
  scopes: String(row['scopes']).split(' ').filter(isScope),
  secretHash: String(row['secret_hash']),
  created: Number(row['created']),
  ...(row['revoked'] === null ? {} : { revoked: Number(row['revoked']) }),
});
