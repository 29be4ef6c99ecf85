/*
 * Memory for what is reckoned of rows while one question is answered, used again for the next one: a question needs so
 * much of it that getting it from the system, and having it collected, would take longer than reckoning.
 */

/** In bytes. What does not fit into a piece, or into so many pieces, has memory of its own. */
const PIECE = 16 * 1024 * 1024;
const MOST = 6;
/** Numbers of eight bytes have to begin at a multiple of that. */
const STEP = 8;

/** Memory of one question after another, and as far as the one that has it now has come in it. */
type Memory = { readonly pieces: ArrayBuffer[]; piece: number; used: number };

const fresh = (): Memory => ({ pieces: [], piece: 0, used: 0 });

let current = fresh();
/** One at most is put by, for the next question of which something is left. */
let spare: Memory | undefined;
let isApart = false;

/** Told that a question begins: its arrays stand in the memory of the one before, so nothing may be left of that. */
export const beginQuestion = (): void => {
  current.piece = 0;
  current.used = 0;
};

/** Told that something is left of the question: its memory is its own until what is answered here is called. */
export const keepMemory = (): (() => void) => {
  const kept = current;
  current = spare ?? fresh();
  spare = undefined;
  return () => {
    spare = kept;
  };
};

/** Does something for a question before this one in memory of its own: what is made for it may be used again later. */
export const apart = <Made>(work: () => Made): Made => {
  isApart = true;
  try {
    return work();
  } finally {
    isApart = false;
  }
};

type View<Of> = new (buffer: ArrayBuffer, from: number, length: number) => Of;

const take = <Of extends Uint32Array | Int32Array | Float64Array | Uint8Array>(
  Kind: View<Of> & { readonly BYTES_PER_ELEMENT: number },
  length: number,
  isRough = false,
): Of => {
  const bytes = Math.ceil((length * Kind.BYTES_PER_ELEMENT) / STEP) * STEP;
  const own = (): Of => new Kind(new ArrayBuffer(bytes), 0, length);
  if (isApart || bytes > PIECE) return own();
  const { pieces } = current;
  if (current.used + bytes > PIECE) {
    current.piece += 1;
    current.used = 0;
  }
  if (current.piece >= MOST) return own();
  const isNew = current.piece >= pieces.length;
  if (isNew) pieces.push(new ArrayBuffer(PIECE));
  const from = current.used;
  current.used += bytes;
  const view = new Kind(pieces[current.piece] as ArrayBuffer, from, length);
  if (!isRough && (!isNew || from > 0)) view.fill(0);
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
