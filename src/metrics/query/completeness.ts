import { isImport, type Source, type Sources } from '../state/sources.ts';

/** Fewer say nothing of how late a source is: nothing is held back for it. */
const ENOUGH = 100;
/** A source that is complete up to a day ago holds nothing up that anybody would ask about. */
const DAY = 86_400_000;
const MOST_LAGGARDS = 10;

/** Up to when a source has told everything that it will, and how that is known. */
export type Through = {
  readonly source: Source;
  readonly kind: 'live' | 'import' | 'declared';
  /** Milliseconds since 1970. */
  readonly through: number;
};

/** Up to when all that has happened is likely to be here. Milliseconds since 1970. */
export type Completeness = {
  readonly min: number;
  /** Names of the sources that hold it back, the last first. */
  readonly laggards: readonly string[];
  of(activity: number): number;
  readonly each: readonly Through[];
};

/**
 * A live source is complete up to now less the delay that 99 % of what it tells does not exceed; what was moved in up
 * to the newest that it tells of; any of them up to when it was declared to be. What was moved in says nothing of what
 * comes after it: where a live source feeds the same, only that counts, and what was declared (metrics.md §0.2, §11).
 */
export const completeness = (sources: Sources, now: number): Completeness => {
  const each = sources.all().map((source) => throughOf(sources, source, now));
  const byAuthority = new Map(each.map((one) => [one.source.authority, one]));
  const known = new Map<number, number>();
  const counting = countingOf(each);
  return {
    min: least(counting, now),
    laggards: counting
      .filter(({ through }) => through < now - DAY)
      .sort((a, b) => a.through - b.through)
      .slice(0, MOST_LAGGARDS)
      .map(({ source }) => source.name),
    of: (activity) => {
      const there = known.get(activity);
      if (there !== undefined) return there;
      const feeding = sources.feeding(activity).map(({ authority }) => byAuthority.get(authority) as Through);
      const found = least(countingOf(feeding), now);
      known.set(activity, found);
      return found;
    },
    each,
  };
};

const throughOf = (sources: Sources, source: Source, now: number): Through => {
  const declared = sources.declared(source.name);
  if (declared !== undefined) return { source, kind: 'declared', through: declared };
  if (isImport(source)) {
    const isDated = Number.isFinite(source.newest);
    return { source, kind: 'import', through: isDated ? Math.min(source.newest, now) : now };
  }
  const late = source.delays.n() < ENOUGH ? 0 : (source.delays.quantile(0.99) ?? 0);
  return { source, kind: 'live', through: now - late * 1000 };
};

const countingOf = (some: readonly Through[]): readonly Through[] =>
  some.some(({ kind }) => kind === 'live') ? some.filter(({ kind }) => kind !== 'import') : some;

const least = (some: readonly Through[], now: number): number =>
  some.reduce((least, { through }) => Math.min(least, through), now);
