import { isUtf8 } from 'node:buffer';
import { members } from '../xapi/json-members.ts';
import { Rejection, reject } from '../xapi/rejection.ts';
import { compactJson, readJson } from '../xapi/scan-json.ts';
import type { DocumentContent, StoredDocument } from './document.ts';

/**
 * What a POST makes of a document (DC-7): the sent one where there is none, else the two JSON objects merged
 * at their top level, in the order of the old one and then the new keys, each value as its sender wrote it.
 *
 * @throws Rejection `document-invalid` when the two cannot be merged, `json-invalid`, or `too-large` when what is sent
 * nests more than `maxDepth` deep.
 */
export const mergeDocument = (
  present: StoredDocument | undefined,
  sent: DocumentContent,
  maxDepth: number,
): DocumentContent => {
  const sentIsJson = isJson(sent.contentType);
  if (present === undefined) {
    if (sentIsJson) readJson(textOf(sent.content), maxDepth);
    return sent;
  }
  if (!sentIsJson) {
    throw invalid(
      `Only JSON can be merged into a document; this was sent as ${sent.contentType}. Use PUT to replace it.`,
    );
  }
  if (!isJson(present.contentType)) {
    throw invalid(`The document that is there is ${present.contentType}, not JSON. Use PUT to replace it.`);
  }
  const merged = readPresent(present.content, maxDepth);
  for (const [key, value] of readObject(sent.content, 'The document that was sent', maxDepth)) {
    merged.set(key, value);
  }
  const text = [...merged].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',');
  return { contentType: sent.contentType, content: Buffer.from(`{${text}}`) };
};

export const isJson = (contentType: string): boolean =>
  contentType.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';

/** What is there may be larger than what may be sent: it was kept as it came, or before the limit was lowered. */
const readPresent = (content: Buffer, maxDepth: number): Map<string, string> => {
  try {
    return readObject(content, 'The document that is there', maxDepth);
  } catch (error) {
    if (!(error instanceof Rejection) || error.reason !== 'too-large') throw error;
    throw invalid(`The document that is there cannot be merged. ${error.message} Use PUT to replace it.`);
  }
};

/** The members of a JSON object as texts. */
const readObject = (content: Buffer, what: string, maxDepth: number): Map<string, string> => {
  const sent = textOf(content);
  const value = readJson(sent, maxDepth);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(`${what} is not a JSON object, so there is nothing to merge by key.`);
  }
  const text = compactJson(sent);
  return new Map(members(text, 0).map(({ key, start, end }) => [key, text.slice(start, end)]));
};

/** JSON is UTF-8 (RFC 8259 §8.1): what is not would be changed by reading it. */
const textOf = (content: Buffer): string => {
  if (!isUtf8(content)) throw reject('json-invalid', '', 'This is not UTF-8, so it is not JSON.');
  return content.toString('utf8');
};

const invalid = (message: string): Rejection => reject('document-invalid', '', message, 'Communication 2.2');
