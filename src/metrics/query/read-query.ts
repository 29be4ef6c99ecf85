import {
  booleanValue,
  type JsonReader,
  lineOf,
  listOf,
  needed,
  objectOf,
  oneOf,
  optional,
  readAll,
  textOf,
  wholeFrom,
} from '../../xapi/json-reader.ts';
import type { Problem } from '../../xapi/rejection.ts';
import { suggestName } from '../../xapi/suggest-name.ts';
import { epochMicros, isTimestamp } from '../../xapi/timestamp.ts';
import type { Catalogue } from '../catalogue.ts';
import type { AnyMetric } from '../metric.ts';
import { type Consistency, readConsistency } from '../read-consistency.ts';
import { isZone } from '../time-zone.ts';
import { PERIODS, type Period } from './periods.ts';
import type { Compare, MetricRequest, Query, Range } from './query.ts';
import { readFilter } from './read-filter.ts';

const MOST_METRICS = 20;
const MOST_DIMENSIONS = 6;
const MOST_ROWS = 10_000;
const ROWS = 500;

const name = lineOf(200);

/** A moment: an ISO 8601 timestamp, or a day, whose first moment (UTC) it is. */
const moment: JsonReader<number> = (value, at, problems) => {
  const text = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value;
  if (typeof text === 'string' && isTimestamp(text)) return epochMicros(text) / 1000;
  problems.push({ pointer: at, message: 'Expected a timestamp or a day of ISO 8601, such as 2026-03-01.' });
  return undefined;
};

const range: JsonReader<Range> = (value, at, problems) => {
  const moments = listOf(moment, 2)(value, at, problems);
  if (moments === undefined) return undefined;
  const [from, to] = moments;
  if (moments.length === 2 && from !== undefined && to !== undefined && from < to) return [from, to];
  problems.push({ pointer: at, message: 'Expected two moments, the first before the second.' });
  return undefined;
};

type Asked = {
  readonly id: string;
  readonly version?: number;
  readonly params?: unknown;
  readonly as?: string;
};

const asked = objectOf<Asked>({
  id: needed(name),
  version: optional(wholeFrom(1, 1_000_000)),
  params: optional((value) => value),
  as: optional(name),
});

/** A metric by its id, or with a version and parameters. */
const request =
  (catalogue: Catalogue): JsonReader<MetricRequest> =>
  (value, at, problems) => {
    const isId = typeof value === 'string';
    const wanted = isId ? { id: value } : asked(value, at, problems);
    if (wanted === undefined) return undefined;
    const metric = catalogue.find(wanted.id);
    if (metric !== undefined) return requestOf(metric, wanted, at, problems);
    const message = unknownName('metric', wanted.id, catalogue.ids);
    problems.push({ pointer: isId ? at : `${at}/id`, message });
    return undefined;
  };

const requestOf = (
  metric: AnyMetric,
  { id, version = metric.version, params = {}, as = id }: Asked,
  at: string,
  problems: Problem[],
): MetricRequest => {
  const read = objectOf<object>(metric.params)(params, `${at}/params`, problems);
  if (version !== metric.version) {
    const message = `${id} has version ${metric.version}, not ${version}.`;
    problems.push({ pointer: `${at}/version`, message });
  }
  return { metric, as, params: { ...(metric.defaults as object), ...read } };
};

/** `There is no metric x.`, with what was probably meant. */
export const unknownName = (what: string, given: string, known: readonly string[]): string => {
  const meant = suggestName(given, known);
  if (meant !== undefined) return `There is no ${what} ${given}. Did you mean ${meant}?`;
  return `There is no ${what} ${given}. ${known.length === 0 ? 'There are none.' : `There are ${known.join(', ')}.`}`;
};

const zone = textOf(isZone, 'an IANA time zone, such as Europe/Berlin');

type Time = {
  readonly by?: string;
  readonly grain?: Period;
  readonly range?: Range;
  readonly timezone?: string;
};
const time = objectOf<Time>({
  by: optional(name),
  grain: optional(oneOf(PERIODS)),
  range: optional(range),
  timezone: optional(zone),
});

const compare: JsonReader<Compare> = objectOf(
  {
    kind: needed(oneOf(['previous_period', 'previous_year', 'range', 'cohort'])),
    range: optional(range),
    cohort: optional(name),
  },
  ({ kind, range: other, cohort }: { kind: string; range?: Range; cohort?: string }) => {
    if (kind === 'range' && other === undefined) return 'A comparison with a range needs one.';
    return kind === 'cohort' && cohort === undefined ? 'A comparison with a cohort needs its id.' : undefined;
  },
) as JsonReader<Compare>;

const order: JsonReader<Query['order'][number]> = (value, at, problems) => {
  const parts = typeof value === 'string' ? [value, 'asc'] : value;
  const [by, direction] = Array.isArray(parts) ? (parts as unknown[]) : [];
  if (typeof by === 'string' && (direction === 'asc' || direction === 'desc'))
    return { by, descending: direction === 'desc' };
  problems.push({ pointer: at, message: 'Expected a column, or a column and asc or desc.' });
  return undefined;
};

const single = <Item>(read: JsonReader<Item>): JsonReader<readonly Item[]> => {
  const list = listOf(read, 1);
  return (value, at, problems) =>
    Array.isArray(value) ? list(value, at, problems) : list([value], at, problems);
};

type Sent = {
  readonly metrics: readonly MetricRequest[];
  readonly dimensions?: readonly string[];
  readonly time?: Time;
  readonly filters?: Query['filter'];
  readonly cohort?: string;
  readonly compare?: Compare;
  readonly totals?: boolean;
  readonly order?: Query['order'];
  readonly asOf?: number;
  readonly knownAt?: number;
  readonly timezone?: string;
  readonly page?: { readonly limit?: number; readonly cursor?: string | null };
  readonly consistency?: Consistency;
};

/**
 * Reads a question (metrics.md §4.2).
 *
 * @throws Rejection `body-invalid` naming everything that is wrong, with what was probably meant.
 */
export const readQuery = (value: unknown, catalogue: Catalogue): Query => {
  const read = objectOf<Sent>({
    metrics: needed(single(request(catalogue))),
    dimensions: optional(listOf(name)),
    time: optional(time),
    filters: optional(readFilter),
    cohort: optional(name),
    compare: optional(compare),
    totals: optional(booleanValue),
    order: optional(listOf(order)),
    asOf: optional(moment),
    knownAt: optional(moment),
    timezone: optional(zone),
    page: optional(objectOf({ limit: optional(wholeFrom(1, MOST_ROWS)), cursor: optional(cursorOrNull) })),
    consistency: optional(readConsistency),
  });
  const sent = readAll(value, (one, at, problems) => {
    const whole = read(one, at, problems);
    if (whole !== undefined) checkWhole(whole, problems);
    return whole;
  });
  const {
    metrics,
    dimensions = [],
    time: { by = 'begin', timezone, ...when } = {},
    filters,
    page = {},
  } = sent;
  const { totals = true, order: ordered = [], timezone: zoneName, ...rest } = sent;
  const { cohort, compare: compared, asOf, knownAt } = rest;
  return {
    metrics,
    dimensions,
    time: { by, ...when },
    timezone: timezone ?? zoneName ?? 'UTC',
    totals,
    order: ordered,
    limit: page.limit ?? ROWS,
    ...(filters === undefined ? {} : { filter: filters }),
    ...(cohort === undefined ? {} : { cohort }),
    ...(compared === undefined ? {} : { compare: compared }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(knownAt === undefined ? {} : { knownAt }),
    ...(typeof page.cursor === 'string' ? { cursor: page.cursor } : {}),
  };
};

const cursorOrNull: JsonReader<string | null> = (value, at, problems) =>
  value === null ? null : lineOf(4000)(value, at, problems);

const checkWhole = (sent: Sent, problems: Problem[]): void => {
  const { metrics, dimensions = [], time: { grain } = {} } = sent;
  if (metrics.length > MOST_METRICS)
    problems.push({ pointer: '/metrics', message: `At most ${MOST_METRICS} metrics at once.` });
  if (dimensions.length > MOST_DIMENSIONS)
    problems.push({ pointer: '/dimensions', message: `At most ${MOST_DIMENSIONS} dimensions at once.` });
  const names = [...(grain === undefined ? [] : ['time']), ...dimensions, ...metrics.map(({ as }) => as)];
  const twice = names.find((one, at) => names.indexOf(one) !== at);
  if (twice !== undefined)
    problems.push({
      pointer: '/metrics',
      message: `Two columns are called ${twice}; "as" gives another name.`,
    });
  checkOrder(sent.order ?? [], names, problems);
  const isShifted = sent.compare?.kind.startsWith('previous_') === true;
  if ((isShifted || sent.compare?.kind === 'range') && sent.time?.range === undefined)
    problems.push({
      pointer: '/compare',
      message: 'Times are compared with each other: time.range is needed.',
    });
};

const checkOrder = (order: Query['order'], names: readonly string[], problems: Problem[]): void => {
  order.forEach(({ by }, at) => {
    if (!names.includes(by))
      problems.push({ pointer: `/order/${at}`, message: unknownName('column', by, names) });
  });
};
