import { reject } from '../xapi/rejection.ts';
import type { Handler } from './exchange.ts';
import { readUuid, required } from './parameters.ts';
import { storeStatements } from './post-statements.ts';
import { readStatementBody, type StatementBody } from './read-statement-body.ts';
import { noContent } from './reply.ts';
import type { Services } from './services.ts';

/** `PUT statements?statementId=…` stores one statement under an id that the client chose (ST-1). */
export const putStatement =
  (services: Services): Handler =>
  async (exchange) => {
    const asSent = required(exchange.parameters, 'statementId');
    const id = readUuid(exchange.parameters, 'statementId') as string;
    const contentType = exchange.header('content-type');
    const sent = readStatementBody(exchange.body, contentType, exchange.family, services.settings);
    await storeStatements(services, exchange, named(sent, id, asSent));
    return noContent;
  };

const named = (sent: StatementBody, id: string, asSent: string): StatementBody => {
  const [only] = sent.batch.statements;
  if (only === undefined || sent.batch.isArray) {
    throw reject(
      'statement-invalid',
      '',
      'PUT takes one statement, not an array; use POST.',
      'Communication 2.1.1',
    );
  }
  if (only.statement.id === undefined) {
    // What was minted while reading gives way to the id that the client chose.
    const open = `${only.open.slice(0, only.open.length - only.id.length - 1)}${asSent}"`;
    return { ...sent, batch: { isArray: false, statements: [{ ...only, id, idAsSent: asSent, open }] } };
  }
  if (only.id === id) return sent;
  throw reject(
    'statement-invalid',
    '/id',
    `The statement says ${only.idAsSent}, statementId says ${asSent}; they have to be the same.`,
    'Communication 2.1.1',
  );
};
