import type { KnownActivity } from '../../statements/definitions.ts';
import type { Position } from '../../statements/statement-query.ts';

/** A chunk is 65,536 positions: a posting in it is a 16-bit offset. */
export const CHUNK = 65536;

export const chunkOf = (position: Position): number => Math.floor(position / CHUNK);

/** How a term stands in a statement; a posting key is `term × 4 + relation`. */
export const RELATIONS = { own: 0, related: 1, authority: 2 } as const;

/** What of a statement matters to those that refer to it. */
export type Link = {
  /** Lower case, as is the target. */
  readonly id: string;
  readonly target: string | undefined;
  readonly isVoiding: boolean;
  /** The authority, and whether it may void only what is its own. */
  readonly by: string;
  readonly voidsOnlyOwn: boolean;
  /** The posting keys that a referrer inherits. */
  readonly keys: readonly number[];
};

/** What the index has gathered in memory and not yet written: part of one chunk. */
export type Generation = {
  readonly from: Position;
  to: Position;
  /** Posting key → ascending positions of this generation. */
  readonly postings: Map<number, Position[]>;
  /** Posting key → earlier positions that came to match later, through a StatementRef. */
  readonly late: Map<number, Position[]>;
  /** Statement id as 16 bytes in latin1 → position. */
  readonly ids: Map<string, Position>;
  readonly terms: Map<string, number>;
  readonly activities: Map<string, KnownActivity>;
  readonly names: Map<string, readonly string[]>;
  readonly voids: Position[];
  /** Ids that StatementRefs name: true when they are waited for, false when they have come. */
  readonly awaited: Map<string, boolean>;
};

export const newGeneration = (from: Position): Generation => ({
  from,
  to: from - 1,
  postings: new Map(),
  late: new Map(),
  ids: new Map(),
  terms: new Map(),
  activities: new Map(),
  names: new Map(),
  voids: [],
  awaited: new Map(),
});

export const addPosting = (postings: Map<number, Position[]>, key: number, position: Position): void => {
  const positions = postings.get(key);
  if (positions === undefined) postings.set(key, [position]);
  else if (positions[positions.length - 1] !== position) positions.push(position);
};

/** The lists of a posting key within one chunk that a generation holds, as offsets in the chunk. */
export const gatheredOffsets = (
  { from, postings, late }: Generation,
  chunk: number,
  key: number,
): number[][] => {
  const base = chunk * CHUNK;
  const lists: number[][] = [];
  const regular = chunkOf(from) === chunk ? postings.get(key) : undefined;
  if (regular !== undefined) lists.push(regular.map((position) => position - base));
  const earlier = new Set(late.get(key)?.filter((position) => chunkOf(position) === chunk));
  if (earlier.size > 0) lists.push([...earlier].map((position) => position - base).sort((a, b) => a - b));
  return lists;
};

/** A UUID's 16 bytes as a latin1 string: half the memory of its text, and the order of its bytes. */
export const idKey = (id: string): string =>
  String.fromCharCode(
    byteAt(id, 0),
    byteAt(id, 2),
    byteAt(id, 4),
    byteAt(id, 6),
    byteAt(id, 9),
    byteAt(id, 11),
    byteAt(id, 14),
    byteAt(id, 16),
    byteAt(id, 19),
    byteAt(id, 21),
    byteAt(id, 24),
    byteAt(id, 26),
    byteAt(id, 28),
    byteAt(id, 30),
    byteAt(id, 32),
    byteAt(id, 34),
  );

/** The byte whose two hex digits, of either case, stand at `at`. */
const byteAt = (text: string, at: number): number =>
  (digitOf(text.charCodeAt(at)) << 4) | digitOf(text.charCodeAt(at + 1));

const digitOf = (code: number): number => (code & 15) + (code >= 0x41 ? 9 : 0);
