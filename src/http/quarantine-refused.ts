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
      if (error instanceof Rejection && mayBeKept(exchange, error))
        await quarantine.keep(refusedRequest(exchange, error));
      throw error;
    }
  };

const mayBeKept = (exchange: Exchange, { reason }: Rejection): boolean =>
  exchange.principal.quarantines === true && MENDABLE.includes(reason) && !isForm(exchange);

/**
 * Whether the body is a form, which should have been sent in the alternate syntax: it may hold the sender's own
 * credentials.
 */
const isForm = ({ header, body }: Exchange): boolean =>
  /^\s*(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(header('content-type') ?? '') ||
  /^\s*[\w%.+-]+=/.test(body.toString('latin1', 0, LONGEST_NAME));

/** In bytes, of a form's first field. */
const LONGEST_NAME = 256;

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
