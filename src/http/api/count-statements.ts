import { asksForTerms } from '../../statements/matches-itself.ts';
import { formatMicros } from '../../xapi/timestamp.ts';
import { readFilters } from '../get-statements.ts';
import { json } from '../reply.ts';
import type { Services } from '../services.ts';
import { statementsSeen, viewOf } from '../view.ts';
import type { ApiHandler } from './api-exchange.ts';

/** How many are looked at, where each has to be looked at, before others get their turn. */
const AT_ONCE = 200;

/** `GET statements/count`: how many a list would have, without paging through it. */
export const countStatements =
  ({ statements, installation }: Services): ApiHandler =>
  async ({ parameters, principal }) => {
    const query = { ...readFilters(parameters), ascending: true, limit: AT_ONCE };
    const consistentThrough = formatMicros(statements.consistentThrough());
    const view = viewOf(principal, installation);
    const narrow = view.narrow(query);
    if (view.seesAll || !asksForTerms(narrow))
      return json({ count: await statements.count(narrow), consistentThrough });
    let count = 0;
    for await (const _ of statementsSeen(statements, query, view)) count += 1;
    return json({ count, consistentThrough });
  };
