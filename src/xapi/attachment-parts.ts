import { createHash } from 'node:crypto';
import type { Declared } from './declared-attachments.ts';
import { mediaTypeOf } from './media-type.ts';
import type { Problem } from './rejection.ts';
import type { Family } from './statement.ts';

/** A part behind the first of a multipart request: its bytes, and its headers as sent. */
export type AttachmentPart = {
  /** Content-Type */
  readonly contentType?: string | undefined;
  /** Content-Transfer-Encoding */
  readonly encoding?: string | undefined;
  /** X-Experience-API-Hash */
  readonly hash?: string | undefined;
  /** Content-Length */
  readonly length?: string | undefined;
  readonly body: Buffer;
};

const DIGESTS = new Map([
  [56, 'sha224'],
  [64, 'sha256'],
  [96, 'sha384'],
  [128, 'sha512'],
]);

/** Declared attachments by their sha2 in lower case. */
export type BySha2 = ReadonlyMap<string, readonly Declared[]>;

/** A part's X-Experience-API-Hash as it is compared; empty when it has none. */
export const hashOf = ({ hash }: AttachmentPart): string => hash?.trim().toLowerCase() ?? '';

/** Whether a digest in lower case is that of some bytes. */
export const isDigestOf = (sha2: string, body: Uint8Array): boolean => {
  const algorithm = DIGESTS.get(sha2.length);
  return algorithm !== undefined && createHash(algorithm).update(body).digest('hex') === sha2;
};

const digestProblem = (hash: string, body: Buffer): string | undefined => {
  const algorithm = /^[0-9a-f]+$/.test(hash) ? DIGESTS.get(hash.length) : undefined;
  if (algorithm === undefined) return 'has an X-Experience-API-Hash that is no SHA-2 digest in hexadecimal';
  const isRight = isDigestOf(hash, body);
  return isRight ? undefined : 'has bytes that do not give its X-Experience-API-Hash';
};

const agreementProblem = (part: AttachmentPart, declared: readonly Declared[]): string | undefined => {
  const { contentType, length } = part;
  const type = contentType === undefined ? undefined : mediaTypeOf(contentType);
  if (
    type !== undefined &&
    !declared.some(({ attachment }) => mediaTypeOf(attachment.contentType) === type)
  ) {
    return 'has another Content-Type than the contentType of its attachment';
  }
  const isOther =
    length !== undefined && declared.every(({ attachment }) => attachment.length !== Number(length));
  return isOther ? 'has another Content-Length than the length of its attachment' : undefined;
};

/** What is wrong with a part (M-2, M-5, M-6); nothing when undefined. */
const problemOfPart = (
  part: AttachmentPart,
  declared: readonly Declared[] | undefined,
): string | undefined => {
  if (hashOf(part) === '') return 'has no X-Experience-API-Hash';
  if (part.encoding?.trim().toLowerCase() !== 'binary')
    return 'has to have the Content-Transfer-Encoding binary';
  if (declared === undefined) return 'has an X-Experience-API-Hash that is the sha2 of no attachment';
  return digestProblem(hashOf(part), part.body) ?? agreementProblem(part, declared);
};

/** What is wrong with the parts behind the first; the problems have no index, the message counts the parts. */
export const problemsOfParts = (
  parts: readonly AttachmentPart[],
  declared: BySha2,
  family: Family,
): readonly Problem[] =>
  parts.flatMap((part, position) => {
    const problem = problemOfPart(part, declared.get(hashOf(part)));
    if (problem === undefined) return [];
    // The part with the statements is the first, as a person counts.
    return [
      {
        pointer: '',
        message: `Part ${position + 2} ${problem}.`,
        clause: family === '1.0.3' ? 'Communication 1.5.2' : '4.1.3',
      },
    ];
  });
