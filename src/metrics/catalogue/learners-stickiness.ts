import { oneOf, optional } from '../../xapi/json-reader.ts';
import { interval } from '../cells.ts';
import { EVENT } from '../grains/event-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { wholesOf } from '../query/over-rows.ts';
import { firstDayOf } from '../query/periods.ts';
import type { Scope } from '../query/scope.ts';
import { ratioOfSums } from '../statistics/clustered.ts';
import { denseKeys } from '../statistics/dense-keys.ts';
import type { RateCell } from '../views.ts';
import { ownDoings } from './own-doings.ts';

type Params = { readonly per?: 'week' | 'month' };

const DEFAULTS: Required<Params> = { per: 'month' };
/** Days are counted from it, so that they are above 0. */
const FIRST_DAY = 1_000_000;

/** M09: how often those come who come at all. */
export const learnersStickiness = metric<Params>({
  id: 'learners.stickiness',
  version: 1,
  label: 'Stickiness',
  description:
    'On how many of the days of a calendar month (or week) those are active who are active in it at all: the mean of daily active learners over monthly active learners (DAU/MAU). A month that is not over counts with its days so far. Ask for whole months: days outside of the question count as days on which nobody came.',
  formula: 'Σ active days / Σ days of the months in which somebody was active = mean DAU / MAU',
  numerator: 'Person-days with at least one statement of their own.',
  denominator: 'The days of the month, for each person who was active in it.',
  interval: 'linearised (Taylor) variance of the ratio, clustered by person',
  kind: 'rate',
  unit: '1',
  minN: 30,
  grain: EVENT,
  params: { per: optional(oneOf(['week', 'month'])) },
  paramsInWords: { per: 'Over what: week (DAU/WAU) or month (DAU/MAU), by the calendar.' },
  defaults: DEFAULTS,
  measure: (of) => {
    const { num, den, person } = activeDays(of);
    const ratio = ratioOfSums({ num, den, person });
    if (ratio === undefined) return { value: null, num: 0, den: 0, ci: null, persons: 0 };
    const { value, lo, hi, clusters } = ratio;
    const ci =
      lo === null || hi === null ? null : interval(Math.max(0, lo), Math.min(1, hi), 'taylor-by-person');
    const cell: RateCell = { value, num: sum(num), den: sum(den), ci, persons: clusters };
    return clusters < 30 ? { ...cell, lowN: true } : cell;
  },
});

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);

/** By person and period: on how many days they were active, and how many there were. */
const activeDays = (of: Measuring<Params>) => {
  const { scope, grain } = of;
  const first = firstDayOf({ ...DEFAULTS, ...of.params }.per);
  const { time } = scope.world.log.facts;
  const rows = ownDoings(of);
  const person = wholesOf(rows, grain.person);
  const day = wholesOf(rows, (row) => scope.zone.day(time[row] as number) + FIRST_DAY);
  const dayKeys = denseKeys(person, day);
  const [who, when] = [new Uint32Array(dayKeys.count), new Uint32Array(dayKeys.count)];
  for (let at = 0; at < rows.length; at += 1) {
    const key = dayKeys.numbers[at] as number;
    who[key] = person[at] as number;
    when[key] = first((day[at] as number) - FIRST_DAY) + FIRST_DAY;
  }
  const periods = denseKeys(who, when);
  const found = {
    num: new Float64Array(periods.count),
    den: new Float64Array(periods.count),
    person: new Uint32Array(periods.count),
  };
  const days = daysOf(scope, first);
  for (let at = 0; at < who.length; at += 1) {
    const key = periods.numbers[at] as number;
    found.num[key] = (found.num[key] as number) + 1;
    found.den[key] = days((when[at] as number) - FIRST_DAY);
    found.person[key] = who[at] as number;
  }
  return found;
};

/** How many days a period has, up to the moment of the question, by its first. */
const daysOf = ({ zone, asOf }: Scope, first: (day: number) => number): ((from: number) => number) => {
  const today = zone.day(asOf);
  const known = new Map<number, number>();
  return (from) => {
    const there = known.get(from);
    if (there !== undefined) return there;
    let to = from + 1;
    while (to <= today && first(to) === from) to += 1;
    known.set(from, to - from);
    return to - from;
  };
};
