import { personsOf } from '../cells.ts';
import { EVENT } from '../grains/event-grain.ts';
import { keyHash } from '../key-hash.ts';
import { type Measuring, metric } from '../metric.ts';
import { type Classes, classesOfFacts } from '../query/classes-of-facts.ts';
import type { Scope } from '../query/scope.ts';
import { roughNumbers, roughWholes, scratchWholes } from '../scratch.ts';
import { numberingTable } from '../statistics/dense-numbers.ts';
import { quantiles } from '../statistics/quantiles.ts';

const AT = [0.5, 0.99, 1];

/** M26: how long after it happened a source tells it. */
export const qualityLateness = metric({
  id: 'quality.lateness',
  version: 1,
  label: 'Lateness of sources',
  description:
    'How many seconds pass from when something happened to when it was stored here, by source (authority and platform): the median, the 99th percentile and the longest; and when what it told last happened. The value is the 99th percentile of all. What was imported is as late as it is old.',
  formula: 'stored − timestamp; quantiles of type 7',
  kind: 'list',
  unit: 'seconds',
  minN: 0,
  grain: EVENT,
  params: {},
  paramsInWords: {},
  defaults: {},
  measure: (of) => {
    const { all, sources } = bySource(of);
    const items = sources.map((source) => itemOf(of, source));
    const name = ({ source, platform }: Item): string => `${source}\n${platform}`;
    items.sort((a, b) => b.statements - a.statements || (name(a) < name(b) ? -1 : 1));
    return {
      value: (items.length === 1 ? items[0]?.p99 : quantiles(all, [0.99])[0]) ?? null,
      items,
      persons: personsOf(of.grain, of.rows),
    };
  },
});

type Item = ReturnType<typeof itemOf>;

/** An authority and a platform: how late each of its statements was, and when what it told last happened. */
type Source = {
  readonly authority: number;
  readonly platform: number;
  readonly newest: number;
  readonly lateness: Float64Array;
};

const bySource = ({ scope, rows }: Measuring<object>) => {
  const { authority, platform, lateness, time } = scope.world.log.facts;
  const { numbers, firsts, count } = sourcesOfEvents(scope);
  const most = Math.min(count, rows.length);
  const { base, slots } = numberingTable(count, most);
  const [classes, sizes] = [roughWholes(most), scratchWholes(most)];
  const newest = roughNumbers(most);
  const all = roughNumbers(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    const source = numbers[row] as number;
    all[at] = lateness[row] as number;
    if ((slots[source] as number) < base) {
      slots[source] = base + n;
      classes[n] = source;
      newest[n] = Number.NEGATIVE_INFINITY;
      n += 1;
    }
    const one = (slots[source] as number) - base;
    sizes[one] = (sizes[one] as number) + 1;
    if ((time[row] as number) > (newest[one] as number)) newest[one] = time[row] as number;
  }
  const told =
    n === 1
      ? all
      : inSources(all, { rows, numbers, sizes, placeOf: (source) => (slots[source] as number) - base });
  let from = 0;
  const sources = Array.from(classes.subarray(0, n), (source, one): Source => {
    const first = firsts[source] as number;
    from += sizes[one] as number;
    return {
      authority: authority[first] as number,
      platform: platform[first] as number,
      newest: newest[one] as number,
      lateness: told.subarray(from - (sizes[one] as number), from),
    };
  });
  return { all, sources };
};

type Placed = {
  readonly rows: Uint32Array;
  /** By row, the source; by source, its place among those that there are; by place, how many rows it has. */
  readonly numbers: Uint32Array;
  readonly sizes: Uint32Array;
  placeOf(source: number): number;
};

/** What is told of rows, one source after the other. */
const inSources = (all: Float64Array, { rows, numbers, sizes, placeOf }: Placed): Float64Array => {
  const next = roughWholes(sizes.length);
  let from = 0;
  for (let one = 0; one < next.length; one += 1) {
    next[one] = from;
    from += sizes[one] as number;
  }
  const found = roughNumbers(all.length);
  for (let at = 0; at < all.length; at += 1) {
    const one = placeOf(numbers[rows[at] as number] as number);
    found[next[one] as number] = all[at] as number;
    next[one] = (next[one] as number) + 1;
  }
  return found;
};

/** Events of one authority and platform. */
const sourcesOfEvents = (scope: Scope): Classes => {
  const { authority, platform } = scope.world.log.facts;
  return classesOfFacts(scope, 'sources', () => ({
    hash: (fact) => keyHash(authority[fact] as number, platform[fact] as number, 0),
    isSame: (a, b) => authority[a] === authority[b] && platform[a] === platform[b],
  }));
};

const itemOf = ({ scope }: Measuring<object>, { authority, platform, newest, lateness }: Source) => {
  const { words } = scope.world.log;
  const [p50 = null, p99 = null, max = null] = quantiles(lateness, AT);
  return {
    source: words.text(authority),
    platform: words.text(platform),
    statements: lateness.length,
    p50,
    p99,
    max,
    newest: new Date(newest).toISOString(),
  };
};
