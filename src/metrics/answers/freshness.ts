import { formatMicros } from '../../xapi/timestamp.ts';
import type { Answering } from '../desk.ts';
import { completeness, type Through } from '../query/completeness.ts';
import type { CompleteThrough } from '../views.ts';
import { completeThrough, standOf } from './looking-at.ts';

/** How fresh metrics are, and who feeds them. */
export type Freshness = ReturnType<typeof standOf> & {
  readonly head: number;
  /** How long ago the first entry was stored that has not been taken in, in milliseconds; 0 if none is left. */
  readonly lagMs: number;
  readonly completeThrough: CompleteThrough;
  readonly sources: readonly SourceFreshness[];
};

type SourceFreshness = {
  /** The name of the authority's account: a credential's id. */
  readonly name: string;
  readonly kind: Through['kind'];
  readonly facts: number;
  readonly lastStored: string | null;
  /** The newest moment at which anything happened that it told of. */
  readonly lastEvent: string | null;
  /** How long after it happened it was stored, in seconds; null where nothing can be learnt of it. */
  readonly lateness: { readonly p50: number; readonly p99: number } | null;
  readonly completeThrough: string;
};

export const freshnessOf = (at: Answering): Freshness => {
  const { world, now, desk } = at;
  const complete = completeness(world.sources, now);
  const { seq, behind, signals, consistentThrough } = standOf(at);
  const tell = (one: Through): SourceFreshness => {
    const { name, facts, newest, last } = one.source;
    const stored = desk.storedAt(last);
    return {
      name,
      kind: one.kind,
      facts,
      lastStored: stored === undefined ? null : formatMicros(stored),
      lastEvent: Number.isFinite(newest) ? new Date(newest).toISOString() : null,
      lateness: latenessOf(one),
      completeThrough: new Date(one.through).toISOString(),
    };
  };
  return {
    seq,
    head: seq + behind,
    behind,
    signals,
    lagMs: behind === 0 ? 0 : Math.max(0, now - (desk.storedAt(seq + 1) ?? now * 1000) / 1000),
    consistentThrough,
    completeThrough: completeThrough(complete),
    sources: complete.each.map(tell),
  };
};

const latenessOf = ({ source: { delays }, kind }: Through): SourceFreshness['lateness'] => {
  const [p50, p99] = [delays.quantile(0.5), delays.quantile(0.99)];
  return kind === 'import' || p50 === null || p99 === null ? null : { p50: round(p50), p99: round(p99) };
};

const round = (seconds: number): number => Math.round(seconds * 10) / 10;
