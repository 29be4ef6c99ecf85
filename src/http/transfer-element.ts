import { createHash } from 'node:crypto';
import type {
  DocumentContent,
  DocumentKey,
  DocumentResource,
  StoredDocument,
} from '../documents/document.ts';
import type { SentAttachment } from '../statements/statement-store.ts';
import { agentTerm } from '../statements/terms.ts';
import { isSha2 } from '../xapi/digest.ts';
import { isIri } from '../xapi/iri.ts';
import { type Reason, type Rejection, reject } from '../xapi/rejection.ts';
import { readJson } from '../xapi/scan-json.ts';
import type { Agent, Identifier } from '../xapi/statement.ts';
import { isUuid } from '../xapi/uuid.ts';
import { problemsOfActor } from '../xapi/validate-statement.ts';
import { DOCUMENT_PARAMETERS } from './documents.ts';

/**
 * What an export is made of and an import reads: statements as they are, and beside them
 * `{"attachment":{"sha2","contentType","content"}}`, which stands before the first statement that names it, and
 * `{"document":{"resource","activity","agent","registration","id","contentType","content"}}`; contents in base64.
 */
export type TransferElement = 'statement' | 'attachment' | 'document';

/** No statement begins like the others. */
export const kindOf = (text: string): TransferElement =>
  (/^\s*\{\s*"(attachment|document)"\s*:/.exec(text)?.[1] as TransferElement | undefined) ?? 'statement';

export const writeAttachment = ({ sha2, contentType, body }: SentAttachment): string =>
  JSON.stringify({ attachment: { sha2, contentType, content: body.toString('base64') } });

export const writeDocument = (key: DocumentKey, { contentType, content }: StoredDocument): string => {
  const { agent, ...rest } = key;
  const whose = agent === undefined ? {} : { agent: agentOf(agent) };
  return JSON.stringify({
    document: { ...rest, ...whose, contentType, content: content.toString('base64') },
  });
};

/** @throws Rejection `json-invalid` or `attachment-invalid`, also when the bytes do not give the sha2. */
export const readAttachment = (text: string): SentAttachment => {
  const { sha2, contentType, content } = fieldsOf(text, 'attachment', ['sha2', 'contentType', 'content']);
  if (sha2 === undefined || !isSha2(sha2)) {
    throw invalid('attachment', 'sha2', 'Expected a SHA-2 digest in hexadecimal.');
  }
  if (contentType === undefined || !/^[\x20-\x7e]+$/.test(contentType)) {
    throw invalid('attachment', 'contentType', 'Expected a media type in printable ASCII.');
  }
  const body = bytesOf('attachment', content);
  if (
    createHash(`sha${sha2.length * 4}`)
      .update(body)
      .digest('hex') !== sha2.toLowerCase()
  ) {
    throw invalid('attachment', 'content', `These ${body.length} bytes do not give the sha2.`);
  }
  return { sha2: sha2.toLowerCase(), contentType, body };
};

/** @throws Rejection `json-invalid`, `document-invalid`, or what is wrong with the agent. */
export const readDocument = (
  text: string,
): { readonly key: DocumentKey; readonly content: DocumentContent } => {
  const known = ['resource', 'activity', 'agent', 'registration', 'id', 'contentType', 'content'];
  const fields = fieldsOf(text, 'document', known);
  const { id, contentType, content } = fields;
  const resource = Object.keys(DOCUMENT_PARAMETERS).find((one) => one === fields['resource']) as
    | DocumentResource
    | undefined;
  if (resource === undefined) {
    throw invalid('document', 'resource', `Expected one of ${Object.keys(DOCUMENT_PARAMETERS).join(', ')}.`);
  }
  if (id === undefined || id === '') throw invalid('document', 'id', 'Expected the id of the document.');
  if (contentType === undefined || contentType === '') {
    throw invalid('document', 'contentType', 'Expected a media type.');
  }
  const scope = scopeOf(resource, fields);
  return { key: { resource, ...scope, id }, content: { contentType, content: bytesOf('document', content) } };
};

type Fields = Readonly<Record<string, string | undefined>> & { readonly agent?: never };
type Sent = { readonly fields: Readonly<Record<string, unknown>> };

/** The members of the one object inside, all of them texts but for the agent, which stays JSON. */
const fieldsOf = (
  text: string,
  kind: 'attachment' | 'document',
  known: readonly string[],
): Readonly<
  Record<'sha2' | 'contentType' | 'content' | 'id' | 'activity' | 'registration', string | undefined>
> &
  Readonly<Record<string, unknown>> => {
  const value = readJson(text) as Readonly<Record<string, unknown>>;
  const inner = value[kind];
  if (
    Object.keys(value).length !== 1 ||
    typeof inner !== 'object' ||
    inner === null ||
    Array.isArray(inner)
  ) {
    throw reject(REASONS[kind], '', `Expected one object {"${kind}":{…}} and nothing beside it.`);
  }
  for (const [name, field] of Object.entries(inner)) {
    if (!known.includes(name)) throw invalid(kind, name, `Unknown; an ${kind} line has ${known.join(', ')}.`);
    if (name !== 'agent' && typeof field !== 'string') throw invalid(kind, name, 'Expected a text.');
  }
  return inner as ReturnType<typeof fieldsOf>;
};
