import type { ControlStore } from '../http/control-store.ts';
import type { ImportOutcome } from '../http/import-batch.ts';
import type { ImportRules } from '../http/import-statement.ts';
import { batchElements, type Piece, type RefusedOrigin } from './batch-elements.ts';
import { EXIT } from './command.ts';
import type { ElementSource } from './convert/format.ts';
import type { ImportMemory, ImportState } from './import-state.ts';
import { progressLine } from './progress-line.ts';
import { type Refusals, refusals } from './refusals.ts';
import { type WaitingAttachments, waitingAttachments } from './waiting-attachments.ts';

export type Import = {
  readonly source: ElementSource;
  readonly rules: ImportRules;
  readonly store: Pick<ControlStore, 'importBatch'>;
  readonly memory: ImportMemory;
  /** Where what is refused is written, if anywhere. */
  readonly refusedPath: string | undefined;
  /** Whether it is only looked at. */
  readonly isDry: boolean;
};

/** The exit code of a program that was told to stop. */
export const EXIT_INTERRUPTED = 130;

/** Imports a source to its end, or until SIGINT or SIGTERM, and answers the exit code. */
export const runImport = async (wanted: Import): Promise<number> => {
  const { source, memory } = wanted;
  const start = await memory.recall();
  if (start.read > 0)
    console.error(`Going on behind ${start.read.toLocaleString('en')}, where it was interrupted.`);
  const progress = progressLine(process.stderr, source.size, start.read);
  const telling = refusals(progress.print, wanted.refusedPath, start.read > 0 ? 'a' : 'w');
  const waiting = waitingAttachments();
  const told = listenForStop();
  let state = start;
  try {
    for await (const piece of batchElements(source.elements, wanted.rules, waiting, start)) {
      state = await importPiece(wanted, piece, state, waiting, telling);
      progress.update(source.taken(), state.read);
      if (told.isStopped()) break;
    }
    if (!told.isStopped()) state = await refuseUnnamed(state, waiting, telling);
    progress.end();
  } catch (error) {
    progress.end();
    console.error(summary(state, wanted.isDry));
    throw error;
  } finally {
    told.end();
    await waiting.close();
    await telling.close();
  }
  console.info(summary(state, wanted.isDry));
  if (told.isStopped()) {
    console.error('Stopped. The same command goes on from here.');
    return EXIT_INTERRUPTED;
  }
  await memory.forget();
  return state.refused > 0 ? EXIT.failed : EXIT.ok;
};

/** Once it is told to stop, what is under way is finished; told twice, nothing is. */
const listenForStop = () => {
  let isStopped = false;
  const stop = () => {
    isStopped = true;
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  return {
    isStopped: () => isStopped,
    end: () => {
      for (const signal of SIGNALS) process.off(signal, stop);
    },
  };
};

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const importPiece = async (
  { store, memory, isDry }: Import,
  piece: Piece,
  before: ImportState,
  waiting: WaitingAttachments,
  telling: Refusals,
): Promise<ImportState> => {
  const { batch, origins } = piece;
  const outcome: ImportOutcome =
    origins.length === 0 ? { stored: 0, known: 0, refused: [] } : await store.importBatch(batch);
  const refused: RefusedOrigin[] = [...piece.refused];
  for (const element of outcome.refused) {
    const origin = origins[element.at];
    if (origin !== undefined) refused.push({ origin, element });
  }
  refused.sort((a, b) => a.origin.number - b.origin.number);
  for (const one of refused) await telling.tell(one, batch.attachments);
  if (!isDry) await dropStored(piece, outcome, waiting);
  const after: ImportState = {
    read: piece.read,
    stored: before.stored + outcome.stored,
    known: before.known + outcome.known,
    refused: before.refused + refused.length,
    attachments: before.attachments + piece.waiting,
    waiting: waiting.all(),
  };
  await memory.keep(after);
  return after;
};

/** What a stored statement names is stored with it; what only refused ones name may be named again. */
const dropStored = async ({ origins }: Piece, { refused }: ImportOutcome, waiting: WaitingAttachments) => {
  const places = new Set(refused.map(({ at }) => at));
  for (const [at, { names }] of origins.entries()) {
    if (!places.has(at)) for (const sha2 of names) await waiting.drop(sha2);
  }
};

const refuseUnnamed = async (
  state: ImportState,
  waiting: WaitingAttachments,
  telling: Refusals,
): Promise<ImportState> => {
  const unnamed = waiting.unnamed();
  const problems = [
    { pointer: '/attachment/sha2', message: 'No statement behind it names this attachment.' },
  ];
  for (const { sha2, line } of unnamed) {
    const origin = { number: state.read, line, bytes: Buffer.alloc(0), names: [sha2] };
    const element = { at: -1, id: sha2, reason: 'attachment-invalid', problems } as const;
    await telling.tell({ origin, element }, [await waiting.take(sha2)]);
  }
  const { refused, attachments } = state;
  return { ...state, refused: refused + unnamed.length, attachments: attachments - unnamed.length };
};

const summary = (state: ImportState, isDry: boolean): string => {
  const shown = (count: number) => count.toLocaleString('en');
  const { read, stored, known, refused, attachments } = state;
  const beside = attachments === 0 ? '' : `, and ${shown(attachments)} attachments`;
  return isDry
    ? `${shown(read)} read: ${shown(known)} good, ${shown(refused)} refused${beside}; nothing was stored.`
    : `${shown(read)} read: ${shown(stored)} stored, ${shown(known)} already there, ${shown(refused)} refused${beside}.`;
};
