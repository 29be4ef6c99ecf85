import type { KnownActivity } from '../../statements/definitions.ts';
import type { Position } from '../../statements/statement-query.ts';
import { CHUNK, chunkOf, type Generation } from './generation.ts';

/** Positions of one posting key in one chunk. */
export type LateRow = {
  readonly chunk: number;
  readonly key: number;
  readonly positions: readonly Position[];
};

/** A generation as it is written, and as it goes to another thread: what there is most of in arrays of numbers. */
export type PackedGeneration = {
  readonly from: Position;
  readonly to: Position;
  /** What tells the log by its entry at `to`. */
  readonly identity: number;
  /** How many terms there are in all, or more. */
  readonly termCount: number;
  readonly terms: readonly (readonly [value: string, number: number])[];
  /** Ascending posting keys, how many positions each has, and those as offsets in the chunk. */
  readonly keys: Float64Array;
  readonly counts: Uint32Array;
  readonly offsets: Uint16Array;
  readonly late: readonly LateRow[];
  /** 16 bytes each, one behind the other, and their offsets in the chunk. */
  readonly ids: Buffer;
  readonly idOffsets: Uint16Array;
  readonly activities: readonly (readonly [id: string, known: KnownActivity])[];
  readonly names: readonly (readonly [term: string, names: readonly string[]])[];
  readonly voids: readonly Position[];
  readonly awaited: readonly (readonly [id: string, waits: boolean])[];
  /** The filter of its chunk, when this generation is the chunk's last. */
  readonly filter: Uint8Array | undefined;
};

export const packGeneration = (
  generation: Generation,
  termCount: number,
  identity: number,
  filter: Uint8Array | undefined,
): PackedGeneration => {
  const { from, to, terms, ids, activities, names, voids, awaited } = generation;
  const base = chunkOf(from) * CHUNK;
  return {
    from,
    to,
    termCount,
    identity,
    terms: [...terms],
    ...packPostings(generation, base),
    late: lateRows(generation),
    ids: Buffer.from([...ids.keys()].join(''), 'latin1'),
    idOffsets: Uint16Array.from(ids.values(), (position) => position - base),
    activities: [...activities],
    names: [...names],
    voids,
    awaited: [...awaited],
    filter,
  };
};

/** The large arrays, which can change hands without a copy. */
export const largeArraysOf = ({ keys, counts, offsets, idOffsets }: PackedGeneration): ArrayBuffer[] =>
  [keys, counts, offsets, idOffsets].map(({ buffer }) => buffer as ArrayBuffer);

const packPostings = ({ postings }: Generation, base: Position) => {
  const keys = Float64Array.from(postings.keys()).sort();
  const counts = new Uint32Array(keys.length);
  let length = 0;
  for (const positions of postings.values()) length += positions.length;
  const offsets = new Uint16Array(length);
  let to = 0;
  keys.forEach((key, at) => {
    const positions = postings.get(key) as readonly Position[];
    counts[at] = positions.length;
    for (const position of positions) offsets[to++] = position - base;
  });
  return { keys, counts, offsets };
};

/** Late positions by the chunk in which they stand. */
const lateRows = ({ late }: Generation): readonly LateRow[] => {
  const rows: LateRow[] = [];
  for (const [key, positions] of late) {
    const byChunk = new Map<number, Set<Position>>();
    for (const position of positions) {
      const chunk = chunkOf(position);
      byChunk.set(chunk, (byChunk.get(chunk) ?? new Set()).add(position));
    }
    for (const [chunk, found] of byChunk) {
      rows.push({ chunk, key, positions: [...found].sort((a, b) => a - b) });
    }
  }
  return rows.sort((a, b) => a.chunk - b.chunk || a.key - b.key);
};
