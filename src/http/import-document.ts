import type { StoredDocument } from '../documents/document.ts';
import type { DocumentStore } from '../documents/document-store.ts';
import { reject } from '../xapi/rejection.ts';
import { readDocument, type SentDocument } from './transfer-document.ts';

/**
 * Stores one document of an import, unless the same is there already.
 *
 * @throws Rejection `document-invalid`, or `document-conflict` when there is a different one.
 */
export const importDocument = async (documents: DocumentStore, text: string): Promise<'stored' | 'known'> => {
  const sent = readDocument(text);
  const present = await documents.get(sent.key);
  if (present !== undefined && isSame(present, sent)) return 'known';
  await documents.change(sent.key, (now) => {
    if (now !== undefined) {
      throw reject(
        'document-conflict',
        '/document/id',
        `There is a different document ${sent.key.id} already.`,
      );
    }
    return sent.content;
  });
  return 'stored';
};

const isSame = (present: StoredDocument, { content }: SentDocument): boolean =>
  present.contentType === content.contentType && present.content.equals(content.content);
