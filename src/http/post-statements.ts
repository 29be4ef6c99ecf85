import type { Exchange, Handler } from './exchange.ts';
import { has } from './policy.ts';
import { readStatementBody, type StatementBody } from './read-statement-body.ts';
import { json } from './reply.ts';
import type { Services } from './services.ts';

/** `POST statements` stores one statement or a batch, all or nothing, and answers their ids in order (ST-2). */
export const postStatements =
  (services: Services): Handler =>
  async (exchange) => {
    const sent = readStatementBody(
      exchange.body,
      exchange.header('content-type'),
      exchange.family,
      services.settings,
    );
    return json(await storeStatements(services, exchange, sent));
  };

/** Stores what was read under the authority of the credential, and answers the ids. */
export const storeStatements = (
  { statements, installation }: Services,
  { principal }: Pick<Exchange, 'principal'>,
  sent: StatementBody,
): Promise<readonly string[]> =>
  statements.append({
    statements: sent.batch.statements,
    authority: JSON.stringify({
      objectType: 'Agent',
      account: { homePage: installation, name: principal.credential },
    }),
    mayDefine: has(principal, 'all', 'define'),
    voidsOnlyOwn: !has(principal, 'all'),
    ...sent.with,
  });
