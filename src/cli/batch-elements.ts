import { isUtf8 } from 'node:buffer';
import type { ImportBatch } from '../http/import-batch.ts';
import type { ImportElement, ImportRules } from '../http/import-statement.ts';
import { type RefusedElement, refusedElement } from '../http/refused-element.ts';
import { readAttachment } from '../http/transfer-attachment.ts';
import { kindOf } from '../http/transfer-element.ts';
import { readTerms, type TransferTerms } from '../http/transfer-terms.ts';
import type { SentAttachment } from '../statements/statement-store.ts';
import { reject } from '../xapi/rejection.ts';
import type { ImportState } from './import-state.ts';
import { namedAttachments } from './named-attachments.ts';
import type { SourceElement, SourceRow } from './source-element.ts';
import type { WaitingAttachments } from './waiting-attachments.ts';

/** Part of an import: what goes to the store, and what is known of each element of it. */
export type Piece = {
  readonly batch: ImportBatch;
  /** As `batch.elements`. */
  readonly origins: readonly Origin[];
  /** What could not even be given to the store. */
  readonly refused: readonly RefusedOrigin[];
  /** How many attachments came, to wait for a statement that names them. */
  readonly waiting: number;
  /** How many elements of the source have been read with it. */
  readonly read: number;
};

/** Where an element stands, its bytes, and the attachments that it names and that came before it. */
export type Origin = {
  /** Its place in the source, from 1. */
  readonly number: number;
  readonly line: number;
  readonly bytes: Buffer;
  readonly names: readonly string[];
  /** What it was made of, if it does not stand in the source itself. */
  readonly row?: SourceRow;
};
export type RefusedOrigin = { readonly origin: Origin; readonly element: RefusedElement };

const MOST_ELEMENTS = 500;
const MOST_BYTES = 8 * 1024 * 1024;

/** Gathers what the store takes at once, from behind `start`. */
export async function* batchElements(
  elements: AsyncIterable<SourceElement>,
  rules: ImportRules,
  waiting: WaitingAttachments,
  start: ImportState,
): AsyncGenerator<Piece> {
  const awaited = new Set(start.waiting);
  let read = 0;
  let piece = emptyPiece();
  for await (const element of elements) {
    read += 1;
    if (read <= start.read) {
      await passOver(piece, element, awaited, waiting);
      continue;
    }
    await add(piece, element, read, waiting);
    if (piece.origins.length + piece.refused.length < MOST_ELEMENTS && piece.bytes < MOST_BYTES) continue;
    yield pieceOf(piece, rules, read);
    piece = emptyPiece(piece.terms);
  }
  yield pieceOf(piece, rules, read);
}

type Gathering = {
  readonly elements: ImportElement[];
  readonly origins: Origin[];
  readonly refused: RefusedOrigin[];
  readonly attachments: Map<string, SentAttachment>;
  bytes: number;
  waiting: number;
  /** Those of the statements that come next. */
  terms: TransferTerms;
};

const emptyPiece = (terms: TransferTerms = {}): Gathering => ({
  terms,
  elements: [],
  origins: [],
  refused: [],
  attachments: new Map(),
  bytes: 0,
  waiting: 0,
});

const pieceOf = (
  { elements, origins, refused, attachments, waiting }: Gathering,
  rules: ImportRules,
  read: number,
): Piece => ({
  batch: { rules, elements, attachments: [...attachments.values()] },
  origins,
  refused,
  waiting,
  read,
});

const add = async (
  piece: Gathering,
  { bytes, line, row }: SourceElement,
  number: number,
  waiting: WaitingAttachments,
): Promise<void> => {
  const origin = { number, line, bytes, names: [], ...(row === undefined ? {} : { row }) };
  try {
    if (row?.refusal !== undefined) throw row.refusal;
    if (!isUtf8(bytes)) throw reject('json-invalid', '', 'This is not valid UTF-8.', 'Communication 1.4');
    const text = bytes.toString('utf8');
    const kind = kindOf(text);
    if (kind === 'attachment') {
      await waiting.put(readAttachment(text), line);
      piece.waiting += 1;
      return;
    }
    if (kind === 'terms') {
      piece.terms = readTerms(text);
      return;
    }
    const names = kind === 'statement' ? namedAttachments(text).filter(waiting.has) : [];
    for (const sha2 of names) {
      if (piece.attachments.has(sha2)) continue;
      const attachment = await waiting.take(sha2);
      piece.attachments.set(sha2, attachment);
      piece.bytes += attachment.body.length;
    }
    piece.elements.push({ kind, number, text, terms: piece.terms });
    piece.origins.push({ ...origin, names });
    piece.bytes += bytes.length;
  } catch (error) {
    piece.refused.push({ origin, element: refusedElement(-1, error) });
  }
};

/**
 * What has been read before the import was interrupted: an attachment that waited waits again, terms hold for what comes
 * next, and all else is stored.
 */
const passOver = async (
  piece: Gathering,
  { bytes, line }: SourceElement,
  awaited: Set<string>,
  waiting: WaitingAttachments,
): Promise<void> => {
  const kind = kindOf(bytes.toString('latin1', 0, 256));
  try {
    if (kind === 'terms') piece.terms = readTerms(bytes.toString('utf8'));
    if (kind !== 'attachment' || awaited.size === 0) return;
    const attachment = readAttachment(bytes.toString('utf8'));
    if (awaited.has(attachment.sha2)) await waiting.put(attachment, line);
  } catch (error) {
    refusedElement(-1, error);
  }
};
