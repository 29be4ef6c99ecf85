import { createHash } from 'node:crypto';
import type { Filter, FilterOperator, Query } from './query.ts';

/** The same text for questions that are the same, however they are written; how they are paged does not count. */
const canonicalQuery = ({ metrics, filter, limit: _, cursor: __, ...rest }: Query): string =>
  canonicalJson({
    ...rest,
    metrics: metrics.map(({ metric, as, params }) => ({
      id: metric.id,
      version: metric.version,
      as,
      params,
    })),
    ...(filter === undefined ? {} : { filter: plainFilter(filter) }),
  });

/** `sha256:` and a digest of the question and of the versions of its metrics. */
export const queryHash = (query: Query): string => `sha256:${digestOf(canonicalQuery(query))}`;

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** JSON whose members stand in the order of their names. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sorted);

const sorted = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const LISTS: Readonly<Partial<Record<FilterOperator, FilterOperator>>> = { eq: 'in', ne: 'notIn' };

const plainFilter = (filter: Filter): Filter => {
  if ('and' in filter) return { and: filter.and.map(plainFilter) };
  if ('or' in filter) return { or: filter.or.map(plainFilter) };
  if ('not' in filter) return { not: plainFilter(filter.not) };
  const { dim, op, values } = filter;
  return { dim, op: LISTS[op] ?? op, values: [...values].sort(byText) };
};

const byText = (a: unknown, b: unknown): number => (canonicalText(a) < canonicalText(b) ? -1 : 1);
const canonicalText = (value: unknown): string => `${typeof value} ${String(value)}`;
