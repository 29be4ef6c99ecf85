import type { AttachmentStore } from '../statements/attachment-store.ts';
import { declaredIn, mayDeclareAttachments } from '../xapi/declared-attachments.ts';
import type { Attachment, Statement } from '../xapi/statement.ts';

/** An attachment whose bytes are here, by the first statement of the answer that declares it. */
export type ShownAttachment = {
  /** In lower case, as bytes are found. */
  readonly sha2: string;
  readonly declared: Attachment;
  /** In bytes. */
  readonly length: number;
};

/**
 * What a statement's text adds to the attachments of an answer (M-9). Who may read only its own statements gets the
 * bytes that came with them, not those that a `fileUrl` says to be elsewhere: they may be another's.
 */
export const attachmentsAdded = async (
  attachments: AttachmentStore,
  text: string,
  isMine: boolean,
  shown: ReadonlyMap<string, ShownAttachment>,
): Promise<readonly ShownAttachment[]> => {
  if (!mayDeclareAttachments(text)) return [];
  const added = new Map<string, ShownAttachment>();
  for (const { sha2, attachment } of declaredIn(JSON.parse(text) as Statement, 0)) {
    if (shown.has(sha2) || added.has(sha2) || (isMine && attachment.fileUrl !== undefined)) continue;
    const length = await attachments.lengthOf(sha2);
    if (length !== undefined) added.set(sha2, { sha2, declared: attachment, length });
  }
  return [...added.values()];
};
