import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type {
  DocumentContent,
  DocumentKey,
  DocumentResource,
  DocumentScope,
  DocumentSummary,
} from '../documents/document.ts';
import { isJson, mergeDocument } from '../documents/merge.ts';
import {
  checkOverwrite,
  checkPreconditions,
  isKnown,
  type OverwriteRule,
  type Preconditions,
} from '../documents/preconditions.ts';
import { agentTerm } from '../statements/terms.ts';
import { reject } from '../xapi/rejection.ts';
import { readJson } from '../xapi/scan-json.ts';
import type { Family } from '../xapi/statement.ts';
import type { Exchange, Handler, Reply } from './exchange.ts';
import { foreignHeaders } from './page-headers.ts';
import { invalid, readActor, readIri, readMoment, readUuid, required } from './parameters.ts';
import { json, noContent } from './reply.ts';
import type { Services } from './services.ts';
import { checkDocumentWithin } from './within-bounds.ts';

/** How each resource is addressed: its own id parameter, and whose documents it holds. */
export const DOCUMENT_PARAMETERS = {
  state: { id: 'stateId', scope: ['activityId', 'agent', 'registration'] },
  'agent-profile': { id: 'profileId', scope: ['agent'] },
  'activity-profile': { id: 'profileId', scope: ['activityId'] },
} as const;

/** `GET`: one document, or the ids of those that are there (DC-3, DC-4, DC-6). */
export const getDocument =
  (services: Services, resource: DocumentResource): Handler =>
  async (exchange) => {
    const { id: idName } = DOCUMENT_PARAMETERS[resource];
    if (!exchange.parameters.has(idName)) return getIds(services, scopeOf(exchange, resource), exchange);
    if (exchange.parameters.has('since'))
      throw invalid('since', `since is for lists; it does not go with ${idName}.`);
    const found = await services.documents.get(keyOf(exchange, resource));
    if (found === undefined) throw reject('not-found', '', 'There is no such document.', 'Communication 2.2');
    const headers = { ETag: `"${found.etag}"`, 'Last-Modified': httpDate(found.updated) };
    if (isKnown(found.etag, exchange.header('if-none-match'))) return { status: 304, headers };
    const { contentType, content } = found;
    const guard = isJson(contentType) ? {} : foreignHeaders;
    return { status: 200, headers: { ...headers, ...guard, 'Content-Type': contentType }, body: content };
  };

const getIds = async (services: Services, scope: DocumentScope, exchange: Exchange): Promise<Reply> => {
  const summaries = await services.documents.list(scope, readMoment(exchange.parameters, 'since'));
  const newest = summaries.reduce((latest, { updated }) => Math.max(latest, updated), 0);
  const headers = {
    ETag: `"${etagOfIds(summaries)}"`,
    ...(newest === 0 ? {} : { 'Last-Modified': httpDate(newest) }),
  };
  return json(
    summaries.map(({ id }) => id),
    headers,
  );
};

/** `PUT` replaces a document; blind overwriting is guarded as the version has it (DC-9). */
export const putDocument =
  (services: Services, resource: DocumentResource): Handler =>
  async (exchange) => {
    const key = keyOf(exchange, resource);
    const sent = contentOf(exchange);
    if (exchange.family === '2.0.0' && isJson(sent.contentType)) {
      checkUtf8(sent.content);
      readJson(sent.content.toString('utf8'), services.settings.maxDepth);
    }
    const rule = overwriteRule(resource, exchange.family);
    await services.documents.change(key, (present) => {
      checkOverwrite(present?.etag, preconditionsOf(exchange), rule);
      return sent;
    });
    return noContent;
  };

/** `POST` merges two JSON objects at their top level, or stores what was not there (DC-7). */
export const postDocument =
  (services: Services, resource: DocumentResource): Handler =>
  async (exchange) => {
    const key = keyOf(exchange, resource);
    const sent = contentOf(exchange);
    if (isJson(sent.contentType)) checkUtf8(sent.content);
    await services.documents.change(key, (present) => {
      checkPreconditions(present?.etag, preconditionsOf(exchange));
      return mergeDocument(present, sent, services.settings.maxDepth);
    });
    return noContent;
  };

/** `DELETE` removes one document, or all of a state's scope (DC-5); what is not there is no error. */
export const deleteDocument =
  (services: Services, resource: DocumentResource): Handler =>
  async (exchange) => {
    const preconditions = preconditionsOf(exchange);
    if (resource === 'state' && !exchange.parameters.has('stateId')) {
      await services.documents.clear(scopeOf(exchange, resource), (present) => {
        checkPreconditions(etagOfIds(present), preconditions);
      });
      return noContent;
    }
    await services.documents.change(keyOf(exchange, resource), (present) => {
      checkPreconditions(present?.etag, preconditions);
      return undefined;
    });
    return noContent;
  };

const checkUtf8 = (content: Buffer): void => {
  if (isUtf8(content)) return;
  throw reject(
    'json-invalid',
    '',
    'The document is called JSON and is not valid UTF-8.',
    'Communication 1.4',
  );
};

const overwriteRule = (resource: DocumentResource, family: Family): OverwriteRule => {
  if (family === '2.0.0') return 'guard-existing';
  return resource === 'state' ? 'free' : 'guard-always';
};

const scopeOf = (exchange: Exchange, resource: DocumentResource): DocumentScope => {
  const { parameters } = exchange;
  const { scope } = DOCUMENT_PARAMETERS[resource];
  const names: readonly string[] = scope;
  for (const name of names) if (name !== 'registration') required(parameters, name);
  const activity = names.includes('activityId') ? readIri(parameters, 'activityId') : undefined;
  const actor = names.includes('agent') ? readActor(parameters, 'agent') : undefined;
  const agent = actor === undefined ? undefined : agentTerm(actor);
  const registration = names.includes('registration') ? readUuid(parameters, 'registration') : undefined;
  const address = {
    resource,
    ...(activity === undefined ? {} : { activity }),
    ...(agent === undefined ? {} : { agent }),
    ...(registration === undefined ? {} : { registration }),
  };
  checkDocumentWithin(exchange.principal, exchange.method, address);
  return address;
};

const keyOf = (exchange: Exchange, resource: DocumentResource): DocumentKey => ({
  ...scopeOf(exchange, resource),
  id: required(exchange.parameters, DOCUMENT_PARAMETERS[resource].id),
});

const contentOf = (exchange: Exchange): DocumentContent => ({
  contentType: exchange.header('content-type') ?? 'application/octet-stream',
  content: exchange.body,
});

const preconditionsOf = (exchange: Exchange): Preconditions => {
  const ifMatch = exchange.header('if-match');
  const ifNoneMatch = exchange.header('if-none-match');
  return {
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
  };
};

const etagOfIds = (summaries: readonly DocumentSummary[]): string =>
  createHash('sha1')
    .update(JSON.stringify(summaries.map(({ id }) => id)))
    .digest('hex');

const httpDate = (micros: number): string => new Date(micros / 1000).toUTCString();
