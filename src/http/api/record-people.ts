import { nameOf } from '../../credentials/principal.ts';
import type { PeopleRecord } from '../../people/record.ts';
import type { StoredRecord } from '../../people/record-store.ts';
import { mediaTypeOf } from '../../xapi/media-type.ts';
import { reject } from '../../xapi/rejection.ts';
import { readJson } from '../../xapi/scan-json.ts';
import { formatMicros } from '../../xapi/timestamp.ts';
import { json } from '../reply.ts';
import type { Services } from '../services.ts';
import { readRecord } from '../transfer-record.ts';
import type { ApiExchange, ApiHandler } from './api-exchange.ts';

/** `POST` of a record of one kind, without saying which: it is stored in the name of the credential. */
export const recordPeople =
  ({ people }: Pick<Services, 'people'>, kind: PeopleRecord['record']): ApiHandler =>
  async (exchange) => {
    const record = readRecord(readJsonBody(exchange), kind);
    const stored = await people.record(record, nameOf(exchange.principal));
    return { ...json(whereItStands(stored)), status: 201 };
  };

/** @throws Rejection for what is not said to be JSON or is none. */
export const readJsonBody = ({ body, header }: ApiExchange): unknown => {
  if (mediaTypeOf(header('content-type') ?? '') !== 'application/json')
    throw reject('header-invalid', '/Content-Type', 'The body is to be application/json.');
  return readJson(body.toString('utf8'));
};

/** The last entry that was made, and when; the first moment at which all of it counts. */
export const whereItStands = (stored: readonly StoredRecord[]) => {
  const last = stored.at(-1);
  return last === undefined ? {} : { position: last.position, stored: formatMicros(last.stored) };
};
