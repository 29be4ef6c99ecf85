import type { KnownActivity } from '../../statements/definitions.ts';
import type { Position } from '../../statements/statement-query.ts';
import type { Tuning } from '../storage.ts';
import type { Database } from './database.ts';
import { type Flusher, flusher } from './flush.ts';
import {
  addPosting,
  CHUNK,
  chunkOf,
  type Generation,
  gatheredOffsets,
  idKey,
  newGeneration,
} from './generation.ts';
import { type IdFilter, idFilter } from './id-filter.ts';
import { indexReader } from './index-reader.ts';
import { uniteOffsets } from './offsets.ts';
import { recentMap } from './recent-map.ts';

/** Entries gathered in memory before they are cut off and flushed. */
const GENERATION = 8192;

/**
 * The derived index: what has been flushed, and the tail that is still in memory, seen as one. It is written from a
 * checkpoint that a restart replays the log from, so it never has to be durable.
 */
export type PostingIndex = ReturnType<typeof postingIndex>;

/** `writer` and `reader` are two connections to `index.db`: a flush under way is not seen half. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a closure over one state; each operation is short
export const postingIndex = (
  writer: Database,
  reader: Database,
  { flushEvery = GENERATION }: Tuning = {},
) => {
  const read = indexReader(reader);
  const flush: Flusher = flusher(writer);
  const checkpoint = read.checkpoint();
  const filters = new Map<number, IdFilter>();
  const termCache = recentMap<string, number>(200_000);
  const activityCache = recentMap<string, KnownActivity>(20_000);
  const nameCache = recentMap<string, readonly string[]>(50_000);
  const voids = new Set(read.voids());
  const awaited = new Set(read.awaited());
  let terms = checkpoint.terms;
  let upto = checkpoint.upto;
  let active: Generation = newGeneration(upto + 1);
  let frozen: Generation | undefined;
  let job: Generator<undefined> | undefined;

  for (let chunk = 0; chunk <= chunkOf(upto); chunk += 1) filters.set(chunk, read.filter(chunk));

  const filterOf = (chunk: number): IdFilter => {
    let filter = filters.get(chunk);
    if (filter === undefined) {
      filter = idFilter();
      filters.set(chunk, filter);
    }
    return filter;
  };

  const knownTerm = (value: string): number | undefined => {
    const cached = termCache.get(value);
    if (cached !== undefined) return cached;
    const number = active.terms.get(value) ?? frozen?.terms.get(value) ?? read.term(value);
    if (number !== undefined) termCache.set(value, number);
    return number;
  };

  const termOf = (value: string): number => {
    const known = knownTerm(value);
    if (known !== undefined) return known;
    terms += 1;
    active.terms.set(value, terms);
    termCache.set(value, terms);
    return terms;
  };

  const flushedPosition = (key: string): Position | undefined => {
    for (let chunk = chunkOf(upto); chunk >= 0; chunk -= 1) {
      if (!filterOf(chunk).mayHave(key)) continue;
      const offset = read.offsetOf(chunk, Buffer.from(key, 'latin1'));
      if (offset !== undefined) return chunk * CHUNK + offset;
    }
    return undefined;
  };

  const finish = (): void => {
    while (step(Number.POSITIVE_INFINITY));
  };

  const step = (milliseconds: number): boolean => {
    if (job === undefined) return false;
    const until = performance.now() + milliseconds;
    do {
      if (job.next().done === true) {
        upto = frozen?.to ?? upto;
        job = undefined;
        frozen = undefined;
        return false;
      }
    } while (performance.now() < until);
    return true;
  };

  /** Begins to write what has been gathered; what was being written before is finished first. */
  const cut = (): void => {
    if (active.to < active.from) return;
    finish();
    frozen = active;
    active = newGeneration(frozen.to + 1);
    const chunk = chunkOf(frozen.from);
    job = flush(frozen, terms, chunkOf(frozen.to + 1) === chunk ? undefined : filterOf(chunk));
  };

  return {
    /** The last position that has been gathered; replay goes on behind it. */
    gathered: (): Position => active.to,
    upto: (): Position => upto,
    termOf,
    knownTerm,
    add: (key: number, position: Position): void => addPosting(active.postings, key, position),
    addLate: (key: number, position: Position): void => addPosting(active.late, key, position),
    addId: (id: string, position: Position): void => {
      const key = idKey(id);
      active.ids.set(key, position);
      filterOf(chunkOf(position)).add(key);
    },
    /** Closes an entry: every position is gathered, in order, whatever it is. */
    seal: (position: Position): void => {
      active.to = position;
      const full = position - active.from + 1 >= flushEvery;
      if (full || (position + 1) % CHUNK === 0) cut();
    },
    positionOf: (id: string): Position | undefined => {
      const key = idKey(id);
      return active.ids.get(key) ?? frozen?.ids.get(key) ?? flushedPosition(key);
    },
    /** The ascending positions of a posting key within one chunk, as offsets. */
    offsets: (chunk: number, key: number): ArrayLike<number> => {
      const lists = read.offsets(chunk, key);
      if (frozen !== undefined) lists.push(...gatheredOffsets(frozen, chunk, key));
      lists.push(...gatheredOffsets(active, chunk, key));
      return uniteOffsets(lists);
    },
    isVoid: (position: Position): boolean => voids.has(position),
    addVoid: (position: Position): void => {
      if (voids.has(position)) return;
      voids.add(position);
      active.voids.push(position);
    },
    isAwaited: (id: string): boolean => awaited.size > 0 && awaited.has(id),
    await: (id: string): void => {
      awaited.add(id);
      active.awaited.set(id, true);
    },
    arrived: (id: string): void => {
      awaited.delete(id);
      active.awaited.set(id, false);
    },
    activity: (id: string): KnownActivity | undefined => {
      const cached = activityCache.get(id);
      if (cached !== undefined) return cached;
      const known = active.activities.get(id) ?? frozen?.activities.get(id) ?? read.activity(id);
      if (known !== undefined) activityCache.set(id, known);
      return known;
    },
    setActivity: (id: string, known: KnownActivity): void => {
      active.activities.set(id, known);
      activityCache.set(id, known);
    },
    names: (term: string): readonly string[] => {
      const cached = nameCache.get(term);
      if (cached !== undefined) return cached;
      const names = active.names.get(term) ?? frozen?.names.get(term) ?? read.names(term);
      nameCache.set(term, names);
      return names;
    },
    setNames: (term: string, names: readonly string[]): void => {
      active.names.set(term, names);
      nameCache.set(term, names);
    },
    /** Goes on with a flush for about so long; answers whether more is left. */
    step,
    /** Writes everything that has been gathered. */
    flushAll: (): void => {
      cut();
      finish();
    },
  };
};
