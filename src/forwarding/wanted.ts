import { asksForTerms, matchesItself } from '../statements/matches-itself.ts';
import type { StatementStore, StoredStatement } from '../statements/statement-store.ts';
import { voidedBy } from '../statements/store-statements.ts';
import type { Statement } from '../xapi/statement.ts';
import type { ForwardFilter } from './target.ts';

/**
 * Whether a statement is to be sent on: it meets the filter by what it says itself, or it voids one that does, or that is not
 * here yet: what was withdrawn here must not go on standing there.
 */
export const isWanted = async (
  { find }: Pick<StatementStore, 'find'>,
  { text }: StoredStatement,
  filter: ForwardFilter,
): Promise<boolean> => {
  const query = { ...filter, ascending: true, limit: 1 };
  if (!asksForTerms(query)) return true;
  const statement = JSON.parse(text) as Statement;
  if (matchesItself(statement, query)) return true;
  const target = voidedBy(statement);
  if (target === undefined) return false;
  const voided = await find(target);
  return voided === undefined || matchesItself(JSON.parse(voided.text) as Statement, query);
};
