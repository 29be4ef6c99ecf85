import { formatMicros } from '../../xapi/timestamp.ts';
import type { Answering } from '../desk.ts';
import type { Access } from '../metrics.ts';
import { type Completeness, completeness } from '../query/completeness.ts';
import type { Query } from '../query/query.ts';
import type { Scope } from '../query/scope.ts';
import { zoneOf } from '../query/zone.ts';
import type { CompleteThrough, Meta } from '../views.ts';

/** What a question is answered from, and how complete that is. */
export type Looking = { readonly scope: Scope; readonly complete: Completeness };

export const lookingAt = (
  query: Pick<Query, 'asOf' | 'knownAt' | 'timezone'>,
  access: Access,
  { world, now, desk }: Answering,
): Looking => {
  const { knownAt } = query;
  const known = knownAt === undefined ? world : desk.knownAt(world, knownAt);
  /** Who asks what was known at a moment looks at it from there. */
  const moment = Math.min(now, knownAt ?? now);
  const complete = completeness(known.sources, moment);
  const scope = {
    world: known,
    access,
    asOf: query.asOf ?? moment,
    isNow: query.asOf === undefined && knownAt === undefined,
    completeThrough: complete.min,
    completeThroughOf: complete.of,
    zone: zoneOf(query.timezone),
  };
  return { scope, complete };
};

/** How far everything is that an answer is made from. */
export const standOf = (at: Answering): Pick<Meta, 'seq' | 'behind' | 'signals' | 'consistentThrough'> => {
  const { world, desk } = at;
  const seq = world.upto();
  const stored = desk.storedAt(seq);
  return {
    seq,
    behind: Math.max(0, desk.head(world) - seq),
    signals: desk.signals(),
    consistentThrough: stored === undefined ? null : formatMicros(stored),
  };
};

export const completeThrough = ({ min, laggards }: Completeness): CompleteThrough => ({
  min: new Date(min).toISOString(),
  laggards,
});

/** What every answer to a query says of itself. */
export const metaOf = (
  query: Query,
  hash: string,
  { scope, complete }: Looking,
  at: Answering,
  began: number,
): Meta => ({
  asOf: new Date(scope.asOf).toISOString(),
  ...(query.knownAt === undefined ? {} : { knownAt: new Date(query.knownAt).toISOString() }),
  ...standOf(at),
  completeThrough: completeThrough(complete),
  exact: true,
  timezone: query.timezone,
  queryHash: hash,
  definitions: [...new Set(query.metrics.map(({ metric }) => `${metric.id}@${metric.version}`))],
  warnings: [],
  elapsedMs: millisSince(began),
});

export const millisSince = (began: number): number => Math.round((performance.now() - began) * 1000) / 1000;
