import { authorityAccount } from '../credentials/principal.ts';
import { endAfterTerminated } from './end-after-terminated.ts';
import type { Exchange, Handler } from './exchange.ts';
import { has } from './policy.ts';
import { readStatementBody, type StatementBody } from './read-statement-body.ts';
import { json } from './reply.ts';
import type { Services } from './services.ts';
import { checkStatementsWithin } from './within-bounds.ts';

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
export const storeStatements = async (
  { statements, credentials, installation }: Services,
  { principal }: Pick<Exchange, 'principal'>,
  sent: StatementBody,
): Promise<readonly string[]> => {
  checkStatementsWithin(principal, sent.batch);
  const isFree = principal.bounds === undefined;
  const ids = await statements.append({
    statements: sent.batch.statements,
    authority: JSON.stringify({ objectType: 'Agent', account: authorityAccount(principal, installation) }),
    // What is common to all learners is not for who is bound to one.
    mayDefine: isFree && has(principal, 'all', 'define'),
    voidsOnlyOwn: !isFree || !has(principal, 'all'),
    ...sent.with,
  });
  // They are stored, whatever becomes of that; the launch expires by itself as well.
  await endAfterTerminated({ credentials }, principal, sent.batch.statements).catch(() => undefined);
  return ids;
};
