import { personsOf } from '../cells.ts';
import { EVENT } from '../grains/event-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { columnOver } from '../query/over-rows.ts';
import { roughNumbers } from '../scratch.ts';
import { denseKeys } from '../statistics/dense-keys.ts';
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
    const { lateness } = of.scope.world.log.facts;
    const all = roughNumbers(of.rows.length);
    for (let at = 0; at < all.length; at += 1) all[at] = lateness[of.rows[at] as number] as number;
    return {
      value: quantiles(all, [0.99])[0] ?? null,
      items: bySource(of, all),
      persons: personsOf(of.grain, of.rows),
    };
  },
});

const bySource = ({ scope, rows }: Measuring<object>, lateness: Float64Array) => {
  const { facts, words } = scope.world.log;
  const { numbers, count } = denseKeys(columnOver(rows, facts.authority), columnOver(rows, facts.platform));
  const lists = count === 1 ? [lateness] : grouped(numbers, count, lateness);
  const [place, newest] = [new Uint32Array(count), new Float64Array(count).fill(Number.NEGATIVE_INFINITY)];
  for (let at = 0; at < rows.length; at += 1) {
    const key = numbers[at] as number;
    place[key] = rows[at] as number;
    newest[key] = Math.max(newest[key] as number, facts.time[rows[at] as number] as number);
  }
  const items = lists.map((list, key) => {
    const [p50 = null, p99 = null, max = null] = quantiles(list, AT);
    const row = place[key] as number;
    return {
      source: words.text(facts.authority[row] as number),
      platform: words.text(facts.platform[row] as number),
      statements: list.length,
      p50,
      p99,
      max,
      newest: new Date(newest[key] as number).toISOString(),
    };
  });
  const name = ({ source, platform }: (typeof items)[number]): string => `${source}\n${platform}`;
  return items.sort((a, b) => b.statements - a.statements || (name(a) < name(b) ? -1 : 1));
};

/** Values by the number of their group. */
const grouped = (numbers: Int32Array, count: number, values: Float64Array): readonly Float64Array[] => {
  const sizes = new Uint32Array(count);
  for (let at = 0; at < numbers.length; at += 1) {
    const key = numbers[at] as number;
    sizes[key] = (sizes[key] as number) + 1;
  }
  const lists = Array.from(sizes, (size) => roughNumbers(size));
  const next = new Uint32Array(count);
  for (let at = 0; at < values.length; at += 1) {
    const key = numbers[at] as number;
    (lists[key] as Float64Array)[next[key] as number] = values[at] as number;
    next[key] = (next[key] as number) + 1;
  }
  return lists;
};
