import { type AttachmentPart, type BySha2, hashOf, problemsOfParts } from './attachment-parts.ts';
import { type Declared, declaredIn, problemsOfDeclared } from './declared-attachments.ts';
import { type Problem, Rejection } from './rejection.ts';
import { checkSignature, type Verdict } from './signature.ts';
import type { Family, Statement } from './statement.ts';

/** The bytes of an attachment, and what they are said to be. */
export type AttachedData = { readonly contentType: string; readonly body: Buffer };

export type MatchedAttachments = {
  /** Each distinct part under its SHA-2 in lower case; its contentType is printable ASCII. */
  readonly data: ReadonlyMap<string, AttachedData>;
  /** Of each signed statement, by its index: `verified` when all its signatures are. */
  readonly signatures: ReadonlyMap<number, Verdict>;
};

/** Fit for a header: printable ASCII. */
const isPlain = (text: string | undefined): boolean => text !== undefined && /^[\x20-\x7e]+$/.test(text);

const bySha2 = (all: readonly Declared[]): BySha2 => {
  const grouped = new Map<string, Declared[]>();
  for (const declared of all) {
    const group = grouped.get(declared.sha2);
    if (group === undefined) grouped.set(declared.sha2, [declared]);
    else group.push(declared);
  }
  return grouped;
};

const dataOf = (parts: readonly AttachmentPart[], declared: BySha2) => {
  const data = new Map<string, AttachedData>();
  for (const part of parts) {
    const sha2 = hashOf(part);
    if (data.has(sha2)) continue;
    const types = [
      part.contentType,
      ...(declared.get(sha2) ?? []).map(({ attachment }) => attachment.contentType),
    ];
    data.set(sha2, { contentType: types.find(isPlain) ?? 'application/octet-stream', body: part.body });
  }
  return data;
};

const declaredInAll = (statements: readonly (Statement | undefined)[]): readonly Declared[] =>
  statements.flatMap((statement, index) => (statement === undefined ? [] : declaredIn(statement, index)));

type Checked = { readonly verdict?: Verdict; readonly problems: readonly Problem[] };

const checkOne = (declared: Declared, body: Buffer, statement: Statement, family: Family): Checked => {
  try {
    return { ...checkSignature(body, statement, family), problems: [] };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    const { index, pointer } = declared;
    return { problems: error.problems.map((problem) => ({ ...problem, index, pointer })) };
  }
};

/**
 * Matches the parts of a multipart request with the attachments that its statements declare (M-2, M-3, M-5 to M-7)
 * and checks the signatures among them (SG-1 to SG-6). One part serves every attachment with its sha2, and the same
 * part may come twice. A part's Content-Type has to agree with one of its attachments but for parameters, its
 * Content-Length (if it has one) with their length; the number of its bytes is vouched for by the digest alone.
 *
 * @param statements valid ones
 * @param parts those behind the first, which holds the statements
 * @throws Rejection `attachment-invalid` with all that is wrong; problems of a part have no index
 */
export const matchAttachments = (
  statements: readonly Statement[],
  parts: readonly AttachmentPart[],
  family: Family,
): MatchedAttachments => {
  const all = declaredInAll(statements);
  const declared = bySha2(all);
  const data = dataOf(parts, declared);
  const { problems, signatures } = checkAll(all, data, statements, family);
  const found = [...problems, ...problemsOfParts(parts, declared, family)];
  if (found.length > 0) throw new Rejection('attachment-invalid', found);
  return { data, signatures };
};

const checkAll = (
  all: readonly Declared[],
  data: ReadonlyMap<string, AttachedData>,
  statements: readonly (Statement | undefined)[],
  family: Family,
) => {
  const problems: (readonly Problem[])[] = [];
  const signatures = new Map<number, Verdict>();
  for (const one of all) {
    problems.push(problemsOfDeclared(one, data, family));
    const sent = one.isSignature ? data.get(one.sha2) : undefined;
    if (sent === undefined) continue;
    const checked = checkOne(one, sent.body, statements[one.index] as Statement, family);
    problems.push(checked.problems);
    if (checked.verdict !== undefined && signatures.get(one.index) !== 'no-key') {
      signatures.set(one.index, checked.verdict);
    }
  }
  return { problems: problems.flat(), signatures };
};

/**
 * What is wrong with the attachments of some statements of a batch, the others being undefined: the parts themselves
 * are not judged, for they may be those of the others. Empty when nothing is.
 */
export const problemsOfAttachments = (
  statements: readonly (Statement | undefined)[],
  parts: readonly AttachmentPart[],
  family: Family,
): readonly Problem[] => {
  const all = declaredInAll(statements);
  return checkAll(all, dataOf(parts, bySha2(all)), statements, family).problems;
};

/**
 * What is wrong with the attachments of statements that came as plain JSON, without parts: one that has no fileUrl
 * (M-4), and every signature (SG-6). Empty when nothing is.
 */
export const problemsWithoutParts = (
  statements: readonly (Statement | undefined)[],
  family: Family,
): readonly Problem[] => problemsOfAttachments(statements, [], family);
