import { setImmediate as nextTurn } from 'node:timers/promises';
import { asksForTerms, matchesItself } from '../statements/matches-itself.ts';
import type { StatementQuery } from '../statements/statement-query.ts';
import type { StatementPage, StatementStore, StoredStatement } from '../statements/statement-store.ts';
import type { Statement } from '../xapi/statement.ts';

/** In characters. */
const MOST_TEXT = 16 * 1024 * 1024;

/**
 * One page for who may read only its own statements: without those that match by what they refer to, which may be
 * another's. There is a next page only if something on it matches, so that it tells no more than its statements do.
 */
export const pageOfOwn = async (store: StatementStore, query: StatementQuery): Promise<StatementPage> => {
  if (!asksForTerms(query)) return store.page(query);
  const kept: StoredStatement[] = [];
  let length = 0;
  for await (const statement of matchingThemselves(store, query)) {
    const last = kept.at(-1);
    if (last !== undefined && (kept.length === query.limit || length > MOST_TEXT)) {
      return { statements: kept, behind: last.position };
    }
    kept.push(statement);
    length += statement.text.length;
  }
  return { statements: kept };
};

async function* matchingThemselves(
  store: StatementStore,
  query: StatementQuery,
): AsyncGenerator<StoredStatement> {
  let page = await store.page(query);
  for (;;) {
    for (const statement of page.statements) {
      if (matchesItself(JSON.parse(statement.text) as Statement, query)) yield statement;
    }
    if (page.behind === undefined) return;
    await nextTurn();
    page = await store.page({ ...query, behind: page.behind });
  }
}
