import { createHash } from 'node:crypto';
import type { AttachmentPart } from '../../src/xapi/attachment-parts.ts';
import { matchAttachments } from '../../src/xapi/attachments.ts';
import { type Problem, Rejection } from '../../src/xapi/rejection.ts';
import type { Attachment, Family, Statement } from '../../src/xapi/statement.ts';

export const bare: Statement = {
  id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee',
  actor: { mbox: 'mailto:ada@example.com' },
  verb: { id: 'https://example.com/verbs/did' },
  object: { id: 'https://example.com/a' },
};
export const inner: Statement = {
  ...bare,
  object: { ...bare, objectType: 'SubStatement', object: { id: 'a:a' } } as never,
};

export const digest = (body: Buffer, algorithm = 'sha256') =>
  createHash(algorithm).update(body).digest('hex');
export const bytes = Buffer.from('here is a simple attachment');

export const attachmentOf = (body: Buffer, more: Partial<Attachment> = {}): Attachment => ({
  usageType: 'https://example.com/use',
  display: { en: 'a text' },
  contentType: 'text/plain',
  length: body.length,
  sha2: digest(body),
  ...more,
});
export const partOf = (body: Buffer, more: Partial<AttachmentPart> = {}): AttachmentPart => ({
  contentType: 'text/plain',
  encoding: 'binary',
  hash: digest(body),
  body,
  ...more,
});
export const having = (...attachments: readonly Attachment[]): Statement => ({ ...bare, attachments });
export const havingInside = (...attachments: readonly Attachment[]): Statement =>
  ({ ...inner, object: { ...inner.object, attachments } }) as Statement;

export const problemsOf = (
  statements: readonly Statement[],
  parts: readonly AttachmentPart[],
  family: Family = '1.0.3',
): readonly Problem[] => {
  try {
    matchAttachments(statements, parts, family);
    return [];
  } catch (error) {
    if (!(error instanceof Rejection) || error.reason !== 'attachment-invalid') throw error;
    return error.problems;
  }
};
export const places = (problems: readonly Problem[]) =>
  problems.map(({ index, pointer }) => `${index ?? '-'} ${pointer}`);

export const file = { fileUrl: 'https://example.com/file' };
