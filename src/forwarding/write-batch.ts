import { attachmentPart } from '../statements/attachment-part.ts';
import type { AttachmentStore } from '../statements/attachment-store.ts';
import type { StoredStatement } from '../statements/statement-store.ts';
import { type Declared, declaredIn, mayDeclareAttachments } from '../xapi/declared-attachments.ts';
import { withoutMembers } from '../xapi/edit-statement.ts';
import type { Statement } from '../xapi/statement.ts';
import { type Part, writeMultipart } from '../xapi/write-multipart.ts';
import type { EgressBody } from './egress.ts';

/** In bytes, and parts: what one request holds, but for a single statement that has more. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_PARTS = 200;

/** An attachment whose bytes are here, as the first statement of the request declares it. */
type Attached = Declared & { readonly length: number };

/** How many of the statements one request holds, from the first on; one at least. */
export const countForRequest = async (
  attachments: AttachmentStore,
  statements: readonly StoredStatement[],
): Promise<number> => {
  const seen = new Set<string>();
  let bytes = 0;
  for (const [at, { text }] of statements.entries()) {
    bytes += Buffer.byteLength(text);
    for (const { sha2, length } of await attachedTo(attachments, text)) {
      if (!seen.has(sha2)) bytes += length;
      seen.add(sha2);
    }
    if (at > 0 && (bytes > MOST_BYTES || seen.size > MOST_PARTS)) return at;
  }
  return statements.length;
};

/**
 * The body of one request: the stored texts but for `stored`, which every LRS sets itself (the authority goes along: an
 * LRS that trusts the sender may keep it, any other sets its own; Data 2.4.8, 2.4.9), and behind them the bytes of
 * attachments, each once. What is only to be found at its `fileUrl` stays there.
 */
export const writeBatch = async (
  attachments: AttachmentStore,
  statements: readonly StoredStatement[],
): Promise<EgressBody> => {
  const body = Buffer.from(`[${statements.map(({ text }) => withoutMembers(text, OURS)).join(',')}]`);
  const parts = new Map<string, Part>();
  for (const { text } of statements) {
    for (const { sha2, attachment } of await attachedTo(attachments, text)) {
      const stored = parts.has(sha2) ? undefined : await attachments.get(sha2);
      if (stored !== undefined) parts.set(sha2, attachmentPart(attachment, stored));
    }
  }
  if (parts.size === 0) return { contentType: 'application/json', body };
  return writeMultipart([{ headers: JSON_PART, body }, ...parts.values()]);
};

const OURS: ReadonlySet<string> = new Set(['stored']);
const JSON_PART: ReadonlyMap<string, string> = new Map([['Content-Type', 'application/json']]);

const attachedTo = async (attachments: AttachmentStore, text: string): Promise<readonly Attached[]> => {
  if (!mayDeclareAttachments(text)) return [];
  const attached: Attached[] = [];
  for (const declared of declaredIn(JSON.parse(text) as Statement, 0)) {
    const length = await attachments.lengthOf(declared.sha2);
    if (length !== undefined) attached.push({ ...declared, length });
  }
  return attached;
};
