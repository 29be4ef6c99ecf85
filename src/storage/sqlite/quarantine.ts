import { hash } from 'node:crypto';
import {
  MOST_QUARANTINED,
  type Quarantined,
  type QuarantineStore,
} from '../../statements/quarantine-store.ts';
import type { Problem, Reason } from '../../xapi/rejection.ts';
import type { Family } from '../../xapi/statement.ts';
import type { CommitQueue } from './commit-queue.ts';
import { bytesOf, type Database, type Row } from './database.ts';

const COLUMNS =
  'number, digest, received, credential, family, content_type, statement_id, reason, problems, length';

/** Rows beside the log: what was refused is no entry of it. */
export const sqliteQuarantine = (database: Database, queue: CommitQueue): QuarantineStore => {
  // Counted once: a sum over all rows for each would hold the writer up the longer the more are kept.
  let total = Number(
    database
      .prepare('select coalesce(sum(length + length(problems) + ?),0) as bytes from quarantine')
      .get(MOST_QUARANTINED.each)?.['bytes'],
  );
  const put = database.prepare(
    `insert or ignore into quarantine(${COLUMNS}, body) values(null,?,?,?,?,?,?,?,?,?,?) returning digest`,
  );
  const list = database.prepare(`select ${COLUMNS} from quarantine where number>? order by number limit ?`);
  const one = database.prepare(`select ${COLUMNS}, body from quarantine where digest=?`);
  const remove = database.prepare('delete from quarantine where digest=? returning length, problems');
  return {
    keep: async ({ credential, family, contentType, statementId = '', reason, problems, body }) => {
      if (body.length > MOST_QUARANTINED.one) return undefined;
      const told = JSON.stringify(problems.slice(0, MOST_PROBLEMS));
      const source = JSON.stringify([credential, family, contentType, statementId, hash('sha256', body)]);
      const digest = hash('sha256', source).slice(0, 32);
      const row = [credential, family, contentType, statementId, reason, told, body.length, body] as const;
      return queue.add(() => {
        const size = sizeOf(body.length, told);
        if (total + size > MOST_QUARANTINED.all) return undefined;
        if (put.get(digest, Date.now() * 1000, ...row) !== undefined) total += size;
        return digest;
      }, 'rows');
    },
    list: async (limit, after = 0) => list.all(after, limit).map(quarantinedOf),
    find: async (id) => {
      const row = one.get(id);
      return row === undefined ? undefined : { ...quarantinedOf(row), body: bytesOf(row['body']) };
    },
    remove: (id) =>
      queue.add(() => {
        const removed = remove.get(id);
        if (removed !== undefined) total -= sizeOf(Number(removed['length']), String(removed['problems']));
        return removed !== undefined;
      }, 'rows'),
  };
};

/** How many of a request's problems are kept. */
const MOST_PROBLEMS = 100;

const sizeOf = (length: number, problems: string): number => length + problems.length + MOST_QUARANTINED.each;

const quarantinedOf = (row: Row): Quarantined => ({
  id: String(row['digest']),
  position: Number(row['number']),
  received: Number(row['received']),
  credential: String(row['credential']),
  family: String(row['family']) as Family,
  contentType: String(row['content_type']),
  ...(row['statement_id'] === '' ? {} : { statementId: String(row['statement_id']) }),
  reason: String(row['reason']) as Reason,
  problems: JSON.parse(String(row['problems'])) as readonly Problem[],
  length: Number(row['length']),
});
