import { type Reason, type Rejection, reject } from '../xapi/rejection.ts';
import { readJson } from '../xapi/scan-json.ts';

/**
 * What an export is made of and an import reads: statements as they are, and beside them
 * `{"attachment":{…}}` (`transfer-attachment.ts`), `{"document":{…}}` (`transfer-document.ts`), `{"record":{…}}`
 * (`transfer-record.ts`) and `{"terms":{…}}` (`transfer-terms.ts`).
 */
export type TransferElement = 'statement' | 'attachment' | 'document' | 'record' | 'terms';

type Wrapped = Exclude<TransferElement, 'statement'>;

/** No statement has a member of such a name. */
export const kindOf = (text: string): TransferElement =>
  (/^\s*\{\s*"(attachment|document|record|terms)"\s*:/.exec(text)?.[1] as Wrapped | undefined) ?? 'statement';

/** The members of the object inside an attachment or a document. */
export type Fields = ReadonlyMap<string, unknown>;

/** @throws Rejection `json-invalid`, `too-large`, or that of the kind when the object is another or has other members. */
export const readFields = (text: string, kind: Wrapped, known: readonly string[]): Fields => {
  const inner = readObject(text, kind);
  for (const name of Object.keys(inner)) {
    if (!known.includes(name)) throw invalid(kind, name, `Unknown; there are ${known.join(', ')}.`);
  }
  return new Map(Object.entries(inner));
};

/** @throws Rejection as {@link readFields}. */
export const readObject = (text: string, kind: Wrapped): Readonly<Record<string, unknown>> => {
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
  return inner as Readonly<Record<string, unknown>>;
};

/** @throws Rejection when it is no text, or an empty one. */
export const readText = (fields: Fields, kind: Wrapped, name: string): string => {
  const value = fields.get(name);
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(kind, name, 'Expected a text that is not empty.');
};

/** @throws Rejection when it is no base64 (RFC 4648 §4). */
export const readContent = (fields: Fields, kind: Wrapped): Buffer => {
  const value = fields.get('content');
  if (typeof value !== 'string' || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) {
    throw invalid(kind, 'content', 'Expected the bytes in base64.');
  }
  return Buffer.from(value, 'base64');
};

export const invalid = (kind: Wrapped, name: string, message: string): Rejection =>
  reject(REASONS[kind], `/${kind}/${name}`, message);

const REASONS: Readonly<Record<Wrapped, Reason>> = {
  attachment: 'attachment-invalid',
  document: 'document-invalid',
  record: 'body-invalid',
  terms: 'statement-invalid',
};
