import { personsOf } from '../cells.ts';
import { EVENT } from '../grains/event-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { roughNumbers, roughWholes, scratchWholes } from '../scratch.ts';
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
    const told = bySource(of);
    const items = told.sources.map((source) => itemOf(of, source));
    const name = ({ source, platform }: Item): string => `${source}\n${platform}`;
    items.sort((a, b) => b.statements - a.statements || (name(a) < name(b) ? -1 : 1));
    return {
      value: quantiles(told.all, [0.99])[0] ?? null,
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
  size: number;
  newest: number;
  lateness: Float64Array;
};

const bySource = ({ scope, rows }: Measuring<object>) => {
  const { authority, platform, lateness, time } = scope.world.log.facts;
  const sources: Source[] = [];
  const sourceIn = placesOfSources(sources);
  const [all, numbers] = [roughNumbers(rows.length), roughWholes(rows.length)];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    const number = sourceIn(authority[row] as number, platform[row] as number);
    const source = sources[number] as Source;
    source.size += 1;
    if ((time[row] as number) > source.newest) source.newest = time[row] as number;
    all[at] = lateness[row] as number;
    numbers[at] = number;
  }
  if (sources.length === 1) (sources[0] as Source).lateness = all;
  else spread(all, numbers, sources);
  return { all, sources };
};

/** Statements of one source mostly stand side by side: which it is, is looked up where that changes. */
const placesOfSources = (sources: Source[]): ((authority: number, platform: number) => number) => {
  const places = new Map<string, number>();
  let [lastAuthority, lastPlatform, place] = [-1, -1, -1];
  return (authority, platform) => {
    if (authority === lastAuthority && platform === lastPlatform) return place;
    const key = `${authority} ${platform}`;
    const there = places.get(key);
    place =
      there ??
      sources.push({ authority, platform, size: 0, newest: Number.NEGATIVE_INFINITY, lateness: NONE }) - 1;
    if (there === undefined) places.set(key, place);
    [lastAuthority, lastPlatform] = [authority, platform];
    return place;
  };
};

const NONE = new Float64Array(0);

/** Gives each source its own. */
const spread = (all: Float64Array, numbers: Uint32Array, sources: readonly Source[]): void => {
  for (const source of sources) source.lateness = roughNumbers(source.size);
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
