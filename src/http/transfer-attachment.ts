import { createHash } from 'node:crypto';
import type { SentAttachment } from '../statements/statement-store.ts';
import { isSha2 } from '../xapi/sha.ts';
import { invalid, readContent, readFields, readText } from './transfer-element.ts';

/** `{"attachment":{"sha2","contentType","content"}}`: stands before the first statement that names it. */
export const transferAttachment = ({ sha2, contentType, body }: SentAttachment): string =>
  JSON.stringify({ attachment: { sha2, contentType, content: body.toString('base64') } });

/** @throws Rejection `json-invalid`, `too-large` or `attachment-invalid`, also when the bytes do not give the sha2. */
export const readAttachment = (text: string): SentAttachment => {
  const fields = readFields(text, 'attachment', ['sha2', 'contentType', 'content']);
  const sha2 = readText(fields, 'attachment', 'sha2').toLowerCase();
  if (!isSha2(sha2)) throw invalid('attachment', 'sha2', 'Expected a SHA-2 digest in hexadecimal.');
  const contentType = readText(fields, 'attachment', 'contentType');
  if (!/^[\x20-\x7e]+$/.test(contentType)) {
    throw invalid('attachment', 'contentType', 'Expected a media type in printable ASCII.');
  }
  const body = readContent(fields, 'attachment');
  if (
    createHash(`sha${sha2.length * 4}`)
      .update(body)
      .digest('hex') !== sha2
  ) {
    throw invalid('attachment', 'content', `These ${body.length} bytes do not give the sha2.`);
  }
  return { sha2, contentType, body };
};
