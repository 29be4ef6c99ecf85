import type {
  DocumentContent,
  DocumentKey,
  DocumentResource,
  StoredDocument,
} from '../documents/document.ts';
import { agentTerm, identifierOf } from '../statements/terms.ts';
import { isIri } from '../xapi/iri.ts';
import { Rejection } from '../xapi/rejection.ts';
import type { Agent } from '../xapi/statement.ts';
import { isUuid } from '../xapi/uuid.ts';
import { problemsOfActor } from '../xapi/validate-statement.ts';
import { DOCUMENT_PARAMETERS } from './documents.ts';
import { type Fields, invalid, readContent, readFields, readText } from './transfer-element.ts';

const FIELDS = ['resource', 'activity', 'agent', 'registration', 'id', 'contentType', 'content'];
const RESOURCES = Object.keys(DOCUMENT_PARAMETERS) as readonly DocumentResource[];

/** `{"document":{"resource","activity","agent","registration","id","contentType","content"}}`, as far as they go. */
export const transferDocument = ({ agent, ...rest }: DocumentKey, document: StoredDocument): string => {
  const { contentType, content } = document;
  const whose = agent === undefined ? {} : { agent: identifierOf(agent) };
  return JSON.stringify({
    document: { ...rest, ...whose, contentType, content: content.toString('base64') },
  });
};

export type SentDocument = { readonly key: DocumentKey; readonly content: DocumentContent };

/** @throws Rejection `json-invalid`, `too-large` or `document-invalid`. */
export const readDocument = (text: string): SentDocument => {
  const fields = readFields(text, 'document', FIELDS);
  const resource = RESOURCES.find((one) => one === fields.get('resource'));
  if (resource === undefined)
    throw invalid('document', 'resource', `Expected one of ${RESOURCES.join(', ')}.`);
  const key = { resource, ...scopeOf(resource, fields), id: readText(fields, 'document', 'id') };
  const contentType = fields.get('contentType');
  if (typeof contentType !== 'string' || !HEADER.test(contentType)) {
    throw invalid('document', 'contentType', 'Expected a media type, as a header may hold it.');
  }
  return { key, content: { contentType, content: readContent(fields, 'document') } };
};

/** What a client can send in a header, and gets back (RFC 9110 §5.5). */
const HEADER = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Whose document it is; what the resource does not know is refused. */
const scopeOf = (resource: DocumentResource, fields: Fields): Omit<DocumentKey, 'resource' | 'id'> => {
  const scope: readonly string[] = DOCUMENT_PARAMETERS[resource].scope;
  const has = {
    activity: scope.includes('activityId'),
    agent: scope.includes('agent'),
    registration: scope.includes('registration'),
  };
  for (const [name, isKnown] of Object.entries(has)) {
    if (!isKnown && fields.has(name)) throw invalid('document', name, `A document of ${resource} has none.`);
  }
  return {
    ...(has.activity ? { activity: readActivity(fields) } : {}),
    ...(has.agent ? { agent: readAgent(fields.get('agent')) } : {}),
    ...(fields.has('registration') ? { registration: readRegistration(fields) } : {}),
  };
};

const readActivity = (fields: Fields): string => {
  const activity = readText(fields, 'document', 'activity');
  if (!isIri(activity)) throw invalid('document', 'activity', 'Expected an IRI with a scheme.');
  return activity;
};

const readRegistration = (fields: Fields): string => {
  const registration = readText(fields, 'document', 'registration');
  if (!isUuid(registration)) throw invalid('document', 'registration', 'Expected a UUID.');
  return registration.toLowerCase();
};

const readAgent = (value: unknown): string => {
  const problems = problemsOfActor(value, 'agent');
  if (problems.length > 0) {
    const placed = problems.map((problem) => ({ ...problem, pointer: `/document/agent${problem.pointer}` }));
    throw new Rejection('document-invalid', placed);
  }
  return agentTerm(value as Agent) as string;
};
