/*
 * Memory for what is reckoned of rows while one question is answered, used again for the next one: a question needs so
 * much of it that getting it from the system, and having it collected, would take longer than reckoning. What is needed
 * only while one cell is measured is used again for the next cell, while it is still in the processor's own memory.
 */

/** In bytes. What does not fit into a piece, or into so many pieces, has memory of its own. */
const PIECE = 16 * 1024 * 1024;
const MOST = 24;
/** Numbers of eight bytes have to begin at a multiple of that. */
const STEP = 8;

/** Pieces that are used one after the other, how much of the last is in use, and how much there is beside them. */
type Memory = { readonly pieces: ArrayBuffer[]; used: number; beside: number };

const fresh = (): Memory => ({ pieces: [], used: 0, beside: 0 });

/** Pieces that nobody uses, and how many there are altogether. */
const free: ArrayBuffer[] = [];
let made = 0;

/** Gives back what is used from a place on. */
const giveBack = (memory: Memory, pieces = 0, used = 0): void => {
  for (; memory.pieces.length > pieces; free.push(memory.pieces.pop() as ArrayBuffer));
  memory.used = used;
};

/** That of a question, and of a cell. */
let question = fresh();
const cell = fresh();
/** Where what lasts as long as a question stands, and where the next array does; undefined for memory of its own. */
let lasting: Memory | undefined = question;
let current: Memory | undefined = question;

/** Told that a question begins: its arrays stand in the memory of the one before, so nothing may be left of that. */
export const beginQuestion = (): void => {
  giveBack(question);
  question.beside = 0;
  current = question;
  lasting = question;
};

/** The memory of a question of which something is left. */
export type KeptMemory = { readonly bytes: number; release(): void };

/** Told that something is left of the question: its memory is its own until it is released. */
export const keepMemory = (): KeptMemory => {
  const kept = question;
  question = fresh();
  beginQuestion();
  return { bytes: kept.pieces.length * PIECE + kept.beside, release: () => giveBack(kept) };
};

/** Does something for a question before this one in memory of its own: what is made for it may be used again later. */
export const apart = <Made>(work: () => Made): Made => {
  const before = { current, lasting };
  current = undefined;
  lasting = undefined;
  try {
    return work();
  } finally {
    ({ current, lasting } = before);
  }
};

/** Does something whose arrays nobody looks at afterwards. */
export const passing = <Made>(work: () => Made): Made => {
  const before = current;
  const { pieces, used } = cell;
  const { length } = pieces;
  current = cell;
  try {
    return work();
  } finally {
    giveBack(cell, length, used);
    current = before;
  }
};

/** Makes what lasts as long as the question, whoever asks for it first. */
export const toLast = <Made>(work: () => Made): Made => {
  const before = current;
  current = lasting;
  try {
    return work();
  } finally {
    current = before;
  }
};

type View<Of> = new (buffer: ArrayBuffer, from: number, length: number) => Of;

/** A piece that nobody uses; undefined if there may be no more. */
const anotherPiece = (): ArrayBuffer | undefined => {
  const there = free.pop();
  if (there !== undefined || made === MOST) return there;
  made += 1;
  return new ArrayBuffer(PIECE);
};

/** Room in memory; undefined if there is none. */
const roomIn = (memory: Memory, bytes: number) => {
  const { pieces } = memory;
  if (pieces.length === 0 || memory.used + bytes > PIECE) {
    const next = anotherPiece();
    if (next === undefined) return undefined;
    pieces.push(next);
    memory.used = 0;
  }
  const from = memory.used;
  memory.used += bytes;
  return { piece: pieces.at(-1) as ArrayBuffer, from };
};

const take = <Of extends Uint32Array | Int32Array | Float64Array | Uint8Array>(
  Kind: View<Of> & { readonly BYTES_PER_ELEMENT: number },
  length: number,
  isRough = false,
): Of => {
  const bytes = Math.ceil((length * Kind.BYTES_PER_ELEMENT) / STEP) * STEP;
  const room = current === undefined || bytes > PIECE ? undefined : roomIn(current, bytes);
  if (room === undefined) {
    if (current !== undefined) current.beside += bytes;
    return new Kind(new ArrayBuffer(bytes), 0, length);
  }
  const view = new Kind(room.piece, room.from, length);
  if (!isRough) view.fill(0);
  return view;
};

/** Whole numbers from 0 to 2³² − 1, all 0. */
export const scratchWholes = (length: number): Uint32Array => take(Uint32Array, length);

/** Whole numbers that may be below 0, all 0. */
export const scratchIntegers = (length: number): Int32Array => take(Int32Array, length);

/** Any numbers, all 0. */
export const scratchNumbers = (length: number): Float64Array => take(Float64Array, length);

/** Numbers from 0 to 255, all 0. */
export const scratchBytes = (length: number): Uint8Array => take(Uint8Array, length);

/** Any numbers, to be written over: what stands there before is of no meaning. */
export const roughNumbers = (length: number): Float64Array => take(Float64Array, length, true);

/** Whole numbers from 0 to 2³² − 1, to be written over. */
export const roughWholes = (length: number): Uint32Array => take(Uint32Array, length, true);

/** Whole numbers that may be below 0, to be written over. */
export const roughIntegers = (length: number): Int32Array => take(Int32Array, length, true);
