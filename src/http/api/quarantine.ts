import { v5 as derivedUuid } from 'uuid';
import { principalOf } from '../../credentials/principal.ts';
import type { Quarantined } from '../../statements/quarantine-store.ts';
import { nameStatement } from '../../xapi/name-statement.ts';
import type { SentStatement } from '../../xapi/read-statements.ts';
import { reject } from '../../xapi/rejection.ts';
import { formatMicros } from '../../xapi/timestamp.ts';
import { foreignHeaders } from '../page-headers.ts';
import { readCount } from '../parameters.ts';
import { storeStatements } from '../post-statements.ts';
import { nameOne } from '../put-statement.ts';
import { readStatementBody, type StatementBody } from '../read-statement-body.ts';
import { json, noContent } from '../reply.ts';
import type { Services } from '../services.ts';
import type { ApiExchange, ApiHandler } from './api-exchange.ts';

const MOST_LISTED = 1000;

/** `GET quarantine`: what was refused to credentials that quarantine, the oldest first, with the reasons. */
export const listQuarantined =
  ({ quarantine }: Services): ApiHandler =>
  async ({ parameters }) => {
    const limit = Math.min(readCount(parameters, 'limit') || 100, MOST_LISTED);
    const after = readCount(parameters, 'after');
    const found = await quarantine.list(limit + 1, after);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const more =
      found.length > limit && last !== undefined ? { more: `?after=${last.position}&limit=${limit}` } : {};
    return json({ quarantine: items.map(quarantinedJson), ...more });
  };

const quarantinedJson = ({ received, family, position: _, ...rest }: Quarantined) => ({
  ...rest,
  version: family,
  received: formatMicros(received),
});

/** `GET quarantine/{id}`: the bytes as they came. */
export const getQuarantined =
  (services: Services): ApiHandler =>
  async ({ argument }) => {
    const { body, contentType } = await needed(services, argument);
    // It is whatever somebody sent: nothing is to run it.
    const headers = { ...foreignHeaders, 'Content-Disposition': 'attachment' };
    return {
      status: 200,
      headers: { ...headers, 'Content-Type': contentType || 'application/octet-stream' },
      body,
    };
  };

/** `DELETE quarantine/{id}`: it is not wanted any more. */
export const removeQuarantined =
  (services: Services): ApiHandler =>
  async ({ argument }) => {
    await needed(services, argument);
    await services.quarantine.remove(argument);
    return noContent;
  };

/**
 * `POST quarantine/{id}/statements`: stores the corrected statements, or those that are kept if no body is sent, as the
 * credential that sent them would have, and takes them out. Statements without an id get one that the next try gives
 * again, so that none is stored twice.
 */
export const sendQuarantined = (services: Services): ApiHandler => {
  const underWay = new Set<string>();
  return async (exchange) => {
    const { argument } = exchange;
    const kept = await needed(services, argument);
    if (underWay.has(argument)) throw reject('statement-conflict', '', `${argument} is being sent already.`);
    underWay.add(argument);
    try {
      const ids = await sendAgain(services, kept, exchange);
      await services.quarantine.remove(argument);
      return json({ ids });
    } finally {
      underWay.delete(argument);
    }
  };
};

type Kept = Quarantined & { readonly body: Buffer };

const sendAgain = async (
  services: Services,
  kept: Kept,
  { body, header }: ApiExchange,
): Promise<readonly string[]> => {
  const { credentials, settings } = services;
  const credential = credentials.find(kept.credential);
  if (credential === undefined) throw reject('not-found', '', `There is no credential ${kept.credential}.`);
  const isCorrected = body.length > 0;
  const contentType = (isCorrected ? header('content-type') : undefined) ?? kept.contentType;
  const sent = readStatementBody(isCorrected ? body : kept.body, contentType, kept.family, settings);
  const { statementId } = kept;
  const named = statementId === undefined ? withIds(sent, kept.id) : nameOne(sent, statementId);
  return storeStatements(services, { principal: principalOf(credential) }, named);
};

const NAMESPACE = '6ba7b812-9dad-11d1-80b4-00c04fd430c8';

const withIds = (sent: StatementBody, source: string): StatementBody => {
  const named = (statement: SentStatement, index: number): SentStatement =>
    statement.statement.id === undefined
      ? nameStatement(statement, derivedUuid(`${source} ${index}`, NAMESPACE))
      : statement;
  return { ...sent, batch: { ...sent.batch, statements: sent.batch.statements.map(named) } };
};

const needed = async ({ quarantine }: Pick<Services, 'quarantine'>, id: string): Promise<Kept> => {
  const found = await quarantine.find(id);
  if (found === undefined) throw reject('not-found', '', `There is nothing in quarantine under ${id}.`);
  return found;
};
