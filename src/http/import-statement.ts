import { v5 as derivedUuid } from 'uuid';
import type { SentAttachment, SignatureVerdict } from '../statements/statement-store.ts';
import { matchAttachments } from '../xapi/attachments.ts';
import { declaredIn } from '../xapi/declared-attachments.ts';
import { nameStatement } from '../xapi/name-statement.ts';
import { exactStatement, readStatements, type SentStatement } from '../xapi/read-statements.ts';
import { reject } from '../xapi/rejection.ts';
import { familyOf, type TransferTerms } from './transfer-terms.ts';

/** What an import does with what another LRS has set. */
export type ImportRules = {
  /** Keep `stored`: it has to ascend, and to come after all that is stored. */
  readonly keepStored: boolean;
  readonly keepAuthority: boolean;
  /** What the source is called: another one's statements without an id are others, even if they say the same. */
  readonly source: string;
  /** The credential under whose authority statements are stored; otherwise the import's own. */
  readonly as?: string;
};

export type ImportElement = {
  readonly kind: 'statement' | 'document' | 'record';
  /** Its place in the source, from 1. */
  readonly number: number;
  readonly text: string;
  /** What the source says of how it was stored. */
  readonly terms?: TransferTerms;
};

/** A statement that has been found good, with the bytes that it names and what its signature is worth. */
export type ImportedStatement = {
  readonly sent: SentStatement;
  readonly attachments: readonly SentAttachment[];
  readonly signature: SignatureVerdict | undefined;
};

/** The namespace of the ids that statements without one are given (RFC 9562 §5.5). */
const NAMESPACE = '5f0e6f9c-4b0b-4c53-9d53-2f6a8f0b7f6e';

/**
 * Reads one statement of an import by the rules of HTTP. One without an id is given one that follows from its source,
 * its number there and its text, so that it is the same when the source is imported again.
 *
 * @throws Rejection with all that is wrong with it.
 */
export const importStatement = async (
  { text, number, terms }: ImportElement,
  rules: ImportRules & { readonly maxDepth: number },
  attachmentOf: (sha2: string) => Promise<SentAttachment | undefined>,
): Promise<ImportedStatement> => {
  const family = terms?.version ?? familyOf(text);
  const keep = { stored: rules.keepStored, authority: rules.keepAuthority };
  const batch = readStatements(text, { family, keep, maxDepth: rules.maxDepth });
  const [read] = batch.statements;
  if (batch.isArray || read === undefined) {
    throw reject('statement-invalid', '', 'Expected one statement, not an array.');
  }
  const sent =
    read.statement.id === undefined
      ? nameStatement(read, derivedUuid(`${rules.source} ${number} ${text}`, NAMESPACE))
      : read;
  const declared = new Set(declaredIn(sent.statement, 0).map(({ sha2 }) => sha2));
  if (declared.size === 0) return { sent, attachments: [], signature: undefined };
  const attachments: SentAttachment[] = [];
  for (const sha2 of declared) {
    const attachment = await attachmentOf(sha2);
    if (attachment !== undefined) attachments.push(attachment);
  }
  const parts = attachments.map(({ sha2, body }) => ({ hash: sha2, encoding: 'binary', body }));
  const { signatures } = matchAttachments([exactStatement(sent)], parts, family);
  return { sent, attachments, signature: signatures.get(0) };
};
