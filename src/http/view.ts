import { setImmediate as nextTurn } from 'node:timers/promises';
import { authorityAccount, type Principal } from '../credentials/principal.ts';
import { asksForTerms, matchesItself } from '../statements/matches-itself.ts';
import type { StatementQuery } from '../statements/statement-query.ts';
import type { StatementPage, StatementStore, StoredStatement } from '../statements/statement-store.ts';
import { agentTerm } from '../statements/terms.ts';
import type { Statement } from '../xapi/statement.ts';
import { readsOnlyMine } from './policy.ts';

/** Which statements a principal may see. */
export type View = {
  readonly seesAll: boolean;
  /** Whether it may see the statement of a text. */
  sees(text: string): boolean;
  /** A query that finds all of those that it may see, if perhaps others too. */
  narrow(query: StatementQuery): StatementQuery;
};

/** Who reads only its own sees what it stored; who is bound to a learner what that learner did, under its registration. */
export const viewOf = (principal: Principal, installation: string): View => {
  const { bounds } = principal;
  const isMine = readsOnlyMine(principal);
  const authority = isMine ? { account: authorityAccount(principal, installation) } : undefined;
  const learner = bounds === undefined ? undefined : agentTerm(bounds.actor);
  const isOwn = ({ authority: by }: Statement): boolean =>
    authority === undefined || (by !== undefined && agentTerm(by) === agentTerm(authority));
  const isBound = ({ actor, context }: Statement): boolean =>
    bounds === undefined ||
    (agentTerm(actor) === learner &&
      (bounds.registration === undefined || context?.registration?.toLowerCase() === bounds.registration));
  return {
    seesAll: !isMine && bounds === undefined,
    sees: (text) => {
      if (!isMine && bounds === undefined) return true;
      const statement = JSON.parse(text) as Statement;
      return isOwn(statement) && isBound(statement);
    },
    narrow: (query) => ({
      ...query,
      ...(bounds === undefined ? {} : { agent: bounds.actor, relatedAgents: false }),
      ...(bounds?.registration === undefined ? {} : { registration: bounds.registration }),
      ...(authority === undefined ? {} : { authority }),
    }),
  };
};

/** How many are looked at together, however few are wanted. */
const LOOKED_AT = 100;

/** In characters. */
const MOST_TEXT = 16 * 1024 * 1024;

/**
 * One page of what may be seen: without statements that match by what they refer to, which may be another's. There is a
 * next page only if something on it may be seen, so that it tells no more than its statements do.
 */
export const pageSeen = async (
  store: StatementStore,
  query: StatementQuery,
  view: View,
): Promise<StatementPage> => {
  const narrow = view.narrow(query);
  if (view.seesAll || !asksForTerms(narrow)) return store.page(narrow);
  const kept: StoredStatement[] = [];
  let length = 0;
  for await (const statement of statementsSeen(store, query, view)) {
    const last = kept.at(-1);
    if (last !== undefined && (kept.length === query.limit || length > MOST_TEXT)) {
      return { statements: kept, behind: last.position };
    }
    kept.push(statement);
    length += statement.text.length;
  }
  return { statements: kept };
};

/** All that match by what they say themselves and may be seen, page by page. */
export async function* statementsSeen(
  store: StatementStore,
  query: StatementQuery,
  view: View,
): AsyncGenerator<StoredStatement> {
  const narrow = { ...view.narrow(query), limit: Math.max(query.limit, LOOKED_AT) };
  let page = await store.page(narrow);
  for (;;) {
    for (const statement of page.statements) {
      if (matchesItself(JSON.parse(statement.text) as Statement, query) && view.sees(statement.text))
        yield statement;
    }
    if (page.behind === undefined) return;
    await nextTurn();
    page = await store.page({ ...narrow, behind: page.behind });
  }
}
