import { nameOf } from '../../credentials/principal.ts';
import { type RosterCsv, type RosterCsvOptions, readRosterCsv } from '../../people/read-roster-csv.ts';
import { readRosterRows } from '../../people/read-roster-rows.ts';
import { isIri } from '../../xapi/iri.ts';
import { mediaTypeOf } from '../../xapi/media-type.ts';
import { invalid, type Parameters, readBoolean } from '../parameters.ts';
import { json } from '../reply.ts';
import type { Services } from '../services.ts';
import type { ApiExchange, ApiHandler } from './api-exchange.ts';
import { readJsonBody, whereItStands } from './record-people.ts';

/**
 * `POST people/roster`: rows as CSV or as JSON (`{"rows":[…]}`). The good ones are stored, unless it is a dry run, and of
 * each of the others it is said what is wrong with it.
 */
export const importRoster =
  ({ people }: Pick<Services, 'people'>): ApiHandler =>
  async (exchange) => {
    const { parameters, principal } = exchange;
    const isDry = readBoolean(parameters, 'dryRun');
    const source = sourceOf(parameters);
    const { rows, problems } = readRows(exchange);
    const record = { record: 'roster', ...source, rows } as const;
    const stored = isDry || rows.length === 0 ? [] : await people.record(record, nameOf(principal));
    const told = { rows: rows.length, dryRun: isDry, ...whereItStands(stored), problems };
    return { ...json(told), status: stored.length === 0 ? 200 : 201 };
  };

const readRows = (exchange: ApiExchange): RosterCsv => {
  if (mediaTypeOf(exchange.header('content-type') ?? '') !== 'text/csv')
    return readRosterRows(readJsonBody(exchange));
  try {
    return readRosterCsv(exchange.body, optionsOf(exchange.parameters));
  } catch (error) {
    throw invalid('dateFormat', (error as Error).message);
  }
};

const optionsOf = (parameters: Parameters): RosterCsvOptions => {
  const accountHome = parameters.get('accountHome');
  const dateFormat = parameters.get('dateFormat');
  if (accountHome !== undefined && !isIri(accountHome))
    throw invalid('accountHome', 'accountHome is an IRI with a scheme.');
  return {
    ...(accountHome === undefined ? {} : { accountHome }),
    ...(dateFormat === undefined ? {} : { dateFormat }),
  };
};

const sourceOf = (parameters: Parameters): { readonly source?: string } => {
  const source = parameters.get('source');
  if (source === undefined) return {};
  if (source === '' || source.length > 500 || /\p{Cc}/u.test(source))
    throw invalid('source', 'source is a text of 1 to 500 characters, in one line.');
  return { source };
};
