import { nameStatement } from '../xapi/name-statement.ts';
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
    readUuid(exchange.parameters, 'statementId');
    const contentType = exchange.header('content-type');
    const sent = readStatementBody(exchange.body, contentType, exchange.family, services.settings);
    await storeStatements(services, exchange, nameOne(sent, asSent));
    return noContent;
  };

/** @throws Rejection `statement-invalid` for more than one statement, or one that says another id. */
export const nameOne = (sent: StatementBody, asSent: string): StatementBody => {
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
    return { ...sent, batch: { isArray: false, statements: [nameStatement(only, asSent)] } };
  }
  if (only.id === asSent.toLowerCase()) return sent;
  throw reject(
    'statement-invalid',
    '/id',
    `The statement says ${only.idAsSent}, statementId says ${asSent}; they have to be the same.`,
    'Communication 2.1.1',
  );
};
