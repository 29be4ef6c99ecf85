import { mediaTypeOf } from '../xapi/media-type.ts';
import type { Attachment } from '../xapi/statement.ts';
import type { Part } from '../xapi/write-multipart.ts';
import type { StoredAttachment } from './attachment-store.ts';

/** A part that could be sent back as it is: its hash and the kind of its Content-Type are those that are declared. */
export const attachmentPart = (declared: Attachment, { contentType, body }: StoredAttachment): Part => ({
  headers: new Map([
    ['Content-Type', typeOf(declared.contentType, contentType)],
    ['Content-Transfer-Encoding', 'binary'],
    ['X-Experience-API-Hash', declared.sha2],
  ]),
  body,
});

/** The type with which the bytes came first, with its parameters, unless this statement calls them something else. */
const typeOf = (declared: string, stored: string): string => {
  const kind = mediaTypeOf(declared);
  if (mediaTypeOf(stored) === kind) return stored;
  return /^[\x20-\x7e]+$/.test(declared) ? declared : kind;
};
