import { personsOf } from '../cells.ts';
import { EVENT } from '../grains/event-grain.ts';
import { keyHash } from '../key-hash.ts';
import { type Measuring, metric } from '../metric.ts';
import { type Classes, classesOfFacts } from '../query/classes-of-facts.ts';
import { numbersOf } from '../query/over-rows.ts';
import { columnOver } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { roughNumbers, roughWholes, scratchNumbers, scratchWholes } from '../scratch.ts';
import { denseNumbers } from '../statistics/dense-numbers.ts';
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
  const { numbers, count } = denseNumbers(columnOver(rows, sourcesOfEvents(scope).numbers));
  const all = numbersOf(rows, (row) => lateness[row] as number);
  const [one, sizes] = [roughWholes(count), scratchWholes(count)];
  const newest = scratchNumbers(count).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < rows.length; at += 1) {
    const [number, row] = [numbers[at] as number, rows[at] as number];
    one[number] = row;
    sizes[number] = (sizes[number] as number) + 1;
    if ((time[row] as number) > (newest[number] as number)) newest[number] = time[row] as number;
  }
  const sources = Array.from(
    one,
    (row, number): Source => ({
      authority: authority[row] as number,
      platform: platform[row] as number,
      newest: newest[number] as number,
      lateness: count === 1 ? all : roughNumbers(sizes[number] as number),
    }),
  );
  if (count > 1) spread(all, numbers, sources);
  return { all, sources };
};

/** Events of one authority and platform. */
const sourcesOfEvents = (scope: Scope): Classes => {
  const { authority, platform } = scope.world.log.facts;
  return classesOfFacts(scope, 'sources', () => ({
    hash: (fact) => keyHash(authority[fact] as number, platform[fact] as number, 0),
    isSame: (a, b) => authority[a] === authority[b] && platform[a] === platform[b],
  }));
};

/** Gives each source its own. */
const spread = (all: Float64Array, numbers: Int32Array, sources: readonly Source[]): void => {
  const lists = sources.map(({ lateness }) => lateness);
  const next = scratchWholes(sources.length);
  for (let at = 0; at < all.length; at += 1) {
    const number = numbers[at] as number;
    (lists[number] as Float64Array)[next[number] as number] = all[at] as number;
    next[number] = (next[number] as number) + 1;
  }
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
