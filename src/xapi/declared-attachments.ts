import { mediaTypeOf } from './media-type.ts';
import type { Problem } from './rejection.ts';
import { SIGNATURE_USAGE } from './signature.ts';
import type { Attachment, Family, Statement } from './statement.ts';

/** An attachment where it is declared. Signatures are those of the statement itself, not of a SubStatement (SG-5). */
export type Declared = {
  readonly attachment: Attachment;
  readonly sha2: string;
  readonly index: number;
  readonly pointer: string;
  readonly isSignature: boolean;
};

const CLAUSES = {
  '1.0.3': { attachments: 'Data 2.4.11', signatures: 'Data 2.6' },
  '2.0.0': { attachments: '4.2.2.6', signatures: '4.2.6' },
} as const;

/** Whether a statement's text may declare attachments, told without reading it: their key may be escaped. */
export const mayDeclareAttachments = (text: string): boolean =>
  text.includes('"attachments"') || text.includes('\\u');

/** Every attachment that a statement or its SubStatement declares (M-7). */
export const declaredIn = (statement: Statement, index: number): readonly Declared[] => {
  const { attachments = [], object } = statement;
  const inner = ('attachments' in object ? object.attachments : undefined) ?? [];
  const at = (pointer: string, isOwn: boolean) => (attachment: Attachment, position: number) => ({
    attachment,
    sha2: attachment.sha2.toLowerCase(),
    index,
    pointer: `${pointer}/${position}`,
    isSignature: isOwn && attachment.usageType === SIGNATURE_USAGE,
  });
  return [...attachments.map(at('/attachments', true)), ...inner.map(at('/object/attachments', false))];
};

const problemAt = (
  { index, pointer }: Declared,
  member: string,
  message: string,
  clause: string,
): Problem => ({
  index,
  pointer: `${pointer}${member}`,
  message,
  clause,
});

/** What is wrong with a declaration, given the digests of the parts that were sent (M-3, SG-1, SG-6). */
export const problemsOfDeclared = (
  declared: Declared,
  sent: ReadonlyMap<string, unknown>,
  family: Family,
) => {
  const { attachment, sha2, isSignature } = declared;
  const clauses = CLAUSES[family];
  const problems: Problem[] = [];
  if (isSignature && mediaTypeOf(attachment.contentType) !== 'application/octet-stream') {
    const message = 'A signature has to have the contentType application/octet-stream.';
    problems.push(problemAt(declared, '/contentType', message, clauses.signatures));
  }
  if (sent.has(sha2)) return problems;
  if (isSignature) {
    const message = 'A signature has to be sent along, as a part of a multipart/mixed request.';
    problems.push(problemAt(declared, '', message, clauses.signatures));
  } else if (attachment.fileUrl === undefined) {
    const message = 'An attachment needs a fileUrl, or a part with its sha2 in a multipart/mixed request.';
    problems.push(problemAt(declared, '', message, clauses.attachments));
  }
  return problems;
};
