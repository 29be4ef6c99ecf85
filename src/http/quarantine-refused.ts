import { type Reason, Rejection } from '../xapi/rejection.ts';
import type { Exchange, Handler } from './exchange.ts';
import type { Services } from './services.ts';

/** What can be mended in the request itself. */
const MENDABLE: readonly Reason[] = [
  'json-invalid',
  'statement-invalid',
  'statement-conflict',
  'attachment-invalid',
  'signature-invalid',
  'header-invalid',
  'body-invalid',
  'too-large',
];

/** As `handle`; what it refuses to a credential that quarantines is kept before it is refused. */
export const quarantineRefused =
  ({ quarantine }: Services, handle: Handler): Handler =>
  async (exchange) => {
    try {
      return await handle(exchange);
    } catch (error) {
      if (exchange.principal.quarantines === true && error instanceof Rejection) {
        if (MENDABLE.includes(error.reason)) await quarantine.keep(refusedRequest(exchange, error));
      }
      throw error;
    }
  };

const refusedRequest = ({ principal, family, header, parameters, body }: Exchange, error: Rejection) => {
  const statementId = parameters.get('statementId');
  return {
    credential: principal.credential,
    family,
    contentType: header('content-type') ?? '',
    ...(statementId === undefined ? {} : { statementId }),
    reason: error.reason,
    problems: error.problems,
    body,
  };
};
