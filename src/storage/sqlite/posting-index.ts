import type { KnownActivity } from '../../statements/definitions.ts';
import type { Position } from '../../statements/statement-query.ts';
import { activityTerm } from '../../statements/terms.ts';
import type { Tuning } from '../storage.ts';
import type { Database } from './database.ts';
import {
  addPosting,
  CHUNK,
  chunkOf,
  type Generation,
  gatheredOffsets,
  idKey,
  type Link,
  newGeneration,
} from './generation.ts';
import { type IdFilter, idFilter } from './id-filter.ts';
import { indexReader } from './index-reader.ts';
import type { IndexWriting } from './index-writing.ts';
import { uniteOffsets } from './offsets.ts';
import { packGeneration } from './packed-generation.ts';
import { recentMap } from './recent-map.ts';

/** How many terms are remembered; about 130 bytes each. */
const TERMS_IN_MEMORY = 400_000;

/** Entries gathered in memory before they are cut off and flushed, or as many postings as so many entries may have. */
const GENERATION = 8192;
const POSTINGS_EACH = 64;

/**
 * The derived index: what has been flushed, and the tail that is still in memory, seen as one. It is written from a
 * checkpoint that a restart replays the log from, so it never has to be durable.
 */
export type PostingIndex = ReturnType<typeof postingIndex>;

/** What is flushed is written through another connection than `reader`: a flush under way is not seen half. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a closure over one state; each operation is short
export const postingIndex = (
  reader: Database,
  writing: IndexWriting,
  identityOf: (position: Position) => number,
  { flushEvery = GENERATION }: Tuning = {},
  damaged?: () => void,
) => {
  const read = indexReader(reader, damaged);
  const checkpoint = read.checkpoint();
  const filters = new Map<number, IdFilter>();
  const termCache = recentMap<string, number>(TERMS_IN_MEMORY);
  const activityCache = recentMap<string, KnownActivity>(8_000);
  const nameCache = recentMap<string, readonly string[]>(50_000);
  const links = recentMap<Position, Link>(4_000);
  const voids = new Set(read.voids());
  const awaited = new Set(read.awaited());
  let terms = checkpoint.terms;
  let upto = checkpoint.upto;
  let active: Generation = newGeneration(upto + 1);
  let postings = 0;
  /** Cut off and not yet in `index.db`, oldest first. */
  const frozen: Generation[] = [];
  let flushing: Promise<void> | undefined;
  /** Why a flush has failed, and with it all that follow: to go on would leave a hole that nobody sees. */
  let failure: Error | undefined;

  for (let chunk = 0; chunk <= chunkOf(upto); chunk += 1) filters.set(chunk, read.filter(chunk));

  for (const [value, number] of read.terms(TERMS_IN_MEMORY)) termCache.set(value, number);

  const filterOf = (chunk: number): IdFilter => {
    const filter = filters.get(chunk) ?? idFilter();
    filters.set(chunk, filter);
    return filter;
  };

  /** The newest answer of what is gathered in memory. */
  const gathered = <Found>(ask: (generation: Generation) => Found | undefined): Found | undefined => {
    let found = ask(active);
    for (let at = frozen.length - 1; at >= 0 && found === undefined; at -= 1)
      found = ask(frozen[at] as Generation);
    return found;
  };

  /** What `index.db` says of a term; nothing of one that came after the last flush. */
  const flushed = <Found>(term: string, ask: () => Found): Found | undefined =>
    gathered(({ terms: known }) => known.get(term)) === undefined ? ask() : undefined;

  const knownTerm = (value: string): number | undefined => {
    const cached = termCache.get(value);
    // As long as none was forgotten, what is not remembered is new.
    if (cached !== undefined || !termCache.hasForgotten()) return cached;
    const number = gathered(({ terms: known }) => known.get(value)) ?? read.term(value);
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

  const flushReady = async (): Promise<void> => {
    for (let [generation] = frozen; generation !== undefined; [generation] = frozen) {
      const chunk = chunkOf(generation.from);
      const isLast = chunkOf(generation.to + 1) !== chunk;
      const identity = identityOf(generation.to);
      const filter = isLast ? filterOf(chunk).bytes : undefined;
      await writing.write(packGeneration(generation, terms, identity, filter));
      frozen.shift();
      upto = generation.to;
    }
  };

  /** One flush at a time; what becomes ready meanwhile goes with it. */
  const flush = async (): Promise<void> => {
    if (failure !== undefined) throw failure;
    if (frozen.length === 0) return;
    flushing ??= flushReady()
      .catch((error: Error) => {
        failure = error;
        throw error;
      })
      .finally(() => {
        flushing = undefined;
      });
    return flushing;
  };

  const cut = (): void => {
    if (active.to < active.from) return;
    frozen.push(active);
    active = newGeneration(active.to + 1);
    postings = 0;
  };

  return {
    /** The last position that has been gathered; replay goes on behind it. */
    last: (): Position => active.to,
    upto: (): Position => upto,
    termOf,
    knownTerm,
    add: (key: number, position: Position): void => {
      postings += 1;
      addPosting(active.postings, key, position);
    },
    addLate: (key: number, position: Position): void => {
      postings += 1;
      addPosting(active.late, key, position);
    },
    addId: (id: string, position: Position): void => {
      const key = idKey(id);
      active.ids.set(key, position);
      filterOf(chunkOf(position)).add(key);
    },
    /** Closes an entry: every position is gathered, in order, whatever it is. */
    seal: (position: Position): void => {
      active.to = position;
      const full = position - active.from + 1 >= flushEvery || postings >= flushEvery * POSTINGS_EACH;
      if (full || (position + 1) % CHUNK === 0) cut();
    },
    positionOf: (id: string): Position | undefined => {
      const key = idKey(id);
      return gathered(({ ids }) => ids.get(key)) ?? flushedPosition(key);
    },
    /** The ascending positions of a posting key within one chunk, as offsets. */
    offsets: (chunk: number, key: number): ArrayLike<number> => {
      const lists = read.offsets(chunk, key);
      for (const generation of frozen) lists.push(...gatheredOffsets(generation, chunk, key));
      lists.push(...gatheredOffsets(active, chunk, key));
      return uniteOffsets(lists);
    },
    /** How many statements have a term of their own. */
    countOf: (value: string): number => {
      const key = (knownTerm(value) ?? 0) * 4;
      let count = 0;
      for (let chunk = 0; chunk <= chunkOf(upto); chunk += 1) {
        count += read.countOf(chunk, key, upto - chunk * CHUNK);
      }
      for (const { postings: held } of [...frozen, active]) count += held.get(key)?.length ?? 0;
      return count;
    },
    /** A statement's link, if it was asked for of late. */
    link: (position: Position): Link | undefined => links.get(position),
    setLink: (position: Position, link: Link): void => links.set(position, link),
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
      const known =
        gathered(({ activities }) => activities.get(id)) ??
        flushed(activityTerm(id), () => read.activity(id));
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
      const names =
        gathered(({ names: known }) => known.get(term)) ?? flushed(term, () => read.names(term)) ?? [];
      nameCache.set(term, names);
      return names;
    },
    setNames: (term: string, names: readonly string[]): void => {
      active.names.set(term, names);
      nameCache.set(term, names);
    },
    /** Writes what has been cut off; resolves once readers see it in `index.db`. */
    flush,
    /** How many generations have been cut off and are not yet written. */
    backlog: (): number => frozen.length,
    /** Writes everything that has been gathered. */
    flushAll: async (): Promise<void> => {
      await flush();
      cut();
      await flush();
    },
    close: (): Promise<void> => writing.close(),
  };
};
