import type { Bounds } from '../../credentials/bounds.ts';
import { type Credential, isInUse } from '../../credentials/credential.ts';
import type { CredentialChange, CredentialStore, NewCredential } from '../../credentials/credential-store.ts';
import { isScope } from '../../credentials/scope.ts';
import { OPS } from '../../ledger/leaf.ts';
import { reject } from '../../xapi/rejection.ts';
import type { AppendFact } from './append-fact.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Database, Row } from './database.ts';
import { damage, isWhole, rowSum } from './row-sum.ts';

const now = (): number => Date.now() * 1000;

/** How exactly the last use is kept, and how often launches are swept, in microseconds. */
const USE_KEPT_TO = 10 * 60 * 1e6;
/** How long a credential of a launch is known after it has expired, in microseconds. */
const LAUNCH_KNOWN_FOR = 24 * 60 * 60 * 1e6;

/** All of them stand in memory, because every request asks; the log's table is read once. */
export const sqliteCredentials = (
  database: Database,
  queue: CommitQueue,
  appendFact: AppendFact,
): CredentialStore => {
  const kept = keptCredentials(database);
  const { known, keep } = kept;
  const add = <Result>(task: () => Result): Promise<Result> => queue.add(task, 'rows');

  const inUse = (id: string): Credential | undefined => {
    const credential = known.get(id);
    return credential !== undefined && isInUse(credential, now()) ? credential : undefined;
  };

  const launchedBy = (id: string): readonly Credential[] =>
    [...known.values()].filter(({ bounds, madeBy }) => bounds !== undefined && madeBy === id);

  return {
    find: (id) => known.get(id),
    list: () => [...known.values()],
    create: (wanted) => add(() => created(kept, appendFact, wanted)),
    revoke: (id) =>
      add(() => {
        const credential = known.get(id);
        if (credential === undefined) return false;
        for (const one of [credential, ...launchedBy(id)]) {
          if (one.revoked !== undefined) continue;
          keep({ ...one, revoked: appendFact(OPS['credential-revoked'], { id: one.id }) });
        }
        return true;
      }),
    rotate: (id, secretHash) =>
      add(() => {
        const credential = inUse(id);
        if (credential === undefined) return false;
        appendFact(OPS['credential-rotated'], { id, secretHash });
        keep({ ...credential, secretHash });
        return true;
      }),
    change: (id, change) =>
      add(() => {
        const credential = known.get(id);
        if (credential === undefined || credential.revoked !== undefined) return false;
        appendFact(OPS['credential-changed'], { id, ...change });
        keep(changed(credential, change));
        return true;
      }),
    fetch: (id, fetchHash, secretHash) =>
      add(() => {
        const credential = inUse(id);
        if (credential === undefined || credential.fetchHash !== fetchHash) return false;
        const { fetchHash: _, ...rest } = credential;
        appendFact(OPS['credential-rotated'], { id, secretHash });
        keep({ ...rest, secretHash });
        return true;
      }),
    used: (id) => {
      const credential = known.get(id);
      if (credential === undefined || now() - (credential.lastUsed ?? 0) < USE_KEPT_TO) return;
      const used = { lastUsed: now() };
      known.set(id, { ...credential, ...used });
      add(() => {
        const latest = known.get(id);
        if (latest !== undefined) keep({ ...latest, ...used });
      }).catch(() => undefined);
    },
  };
};

/** The learner of a launch stands in the row alone: that can be erased, the entry cannot. */
const created = (kept: Kept, appendFact: AppendFact, wanted: NewCredential): Credential => {
  const { id, bounds, fetchHash: _, ...told } = wanted;
  if (kept.known.has(id)) throw reject('statement-conflict', '/id', `There is a credential ${id} already.`);
  if (bounds !== undefined) kept.forgetLaunches();
  const fact = { id, ...told, ...(bounds === undefined ? {} : { bound: true }) };
  return kept.keep({ ...wanted, created: appendFact(OPS['credential-created'], fact) });
};

/** A credential as an entry that is about it has changed it. */
export const changed = <Kept extends Pick<Credential, 'expires'>>(
  credential: Kept,
  { expires, ...rest }: CredentialChange,
): Kept => {
  const { expires: before, ...others } = { ...credential, ...rest };
  const next = expires === undefined ? before : (expires ?? undefined);
  return (next === undefined ? others : { ...others, expires: next }) as Kept;
};

/** What stands in memory and in the table alike; all but `known` write within the commit under way. */
type Kept = {
  readonly known: Map<string, Credential>;
  keep(credential: Credential): Credential;
  /** Those whose launch has long been over. */
  forgetLaunches(): void;
};

const keptCredentials = (database: Database): Kept => {
  const put = database.prepare('insert or replace into credential values(?,?,?,?,?,?,?,?,?,?,?,?,?)');
  const remove = database.prepare('delete from credential where id=?');
  const known = new Map(
    database
      .prepare('select * from credential order by created')
      .all()
      .map(credentialOf)
      .map((credential) => [credential.id, credential]),
  );
  let sweptAt = 0;
  return {
    known,
    keep: (credential: Credential): Credential => {
      const { id, label, scopes, secretHash, created, revoked, expires, bounds } = credential;
      const { madeBy, fetchHash, lastUsed, quarantines } = credential;
      const bound = bounds === undefined ? null : JSON.stringify(bounds);
      const standing = [id, label, scopes.join(' '), secretHash, created, revoked ?? null] as const;
      const added = [expires ?? null, bound, madeBy ?? null, fetchHash ?? null, lastUsed ?? null] as const;
      const values = [...standing, ...added, quarantines === true ? 1 : 0];
      put.run(...values, rowSum(...values));
      known.set(id, credential);
      return credential;
    },
    forgetLaunches: () => {
      if (now() - sweptAt < USE_KEPT_TO) return;
      sweptAt = now();
      for (const { id, bounds, expires } of known.values()) {
        if (bounds === undefined || expires === undefined || expires > now() - LAUNCH_KNOWN_FOR) continue;
        remove.run(id);
        known.delete(id);
      }
    },
  };
};

const COLUMNS = [
  'id',
  'label',
  'scopes',
  'secret_hash',
  'created',
  'revoked',
  'expires',
  'bounds',
  'made_by',
  'fetch_hash',
  'last_used',
  'quarantines',
] as const;

/** @throws Error when it is not as it was written: nobody is let in by another secret or to another scope. */
export const credentialOf = (row: Row): Credential => {
  if (!isWhole(row, ...COLUMNS)) throw damage('log.db', `the credential ${row['id']}`);
  return readCredential(row);
};

const readCredential = (row: Row): Credential => ({
  id: String(row['id']),
  label: String(row['label']),
  scopes: String(row['scopes']).split(' ').filter(isScope),
  secretHash: String(row['secret_hash']),
  created: Number(row['created']),
  ...(row['revoked'] === null ? {} : { revoked: Number(row['revoked']) }),
  ...(row['expires'] === null ? {} : { expires: Number(row['expires']) }),
  ...(row['bounds'] === null ? {} : { bounds: JSON.parse(String(row['bounds'])) as Bounds }),
  ...(row['made_by'] === null ? {} : { madeBy: String(row['made_by']) }),
  ...(row['fetch_hash'] === null ? {} : { fetchHash: String(row['fetch_hash']) }),
  ...(row['last_used'] === null ? {} : { lastUsed: Number(row['last_used']) }),
  ...(row['quarantines'] === 1 ? { quarantines: true } : {}),
});
