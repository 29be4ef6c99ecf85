import { oneOf, optional } from '../../xapi/json-reader.ts';
import { EVENT } from '../grains/event-grain.ts';
import { type Judged, unitsOver } from '../judged.ts';
import { type Measuring, metric } from '../metric.ts';
import { wholesOf } from '../query/over-rows.ts';
import { firstDayOf } from '../query/periods.ts';
import type { Scope } from '../query/scope.ts';
import { scratchBytes, scratchNumbers, scratchWholes } from '../scratch.ts';
import { denseKeys } from '../statistics/dense-keys.ts';
import type { DenseNumbers } from '../statistics/dense-numbers.ts';
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
  judge: (of) => activeDays(of),
});

/** By person and period: on how many days they were active, and how many there were. */
const activeDays = (of: Measuring<Params>): Judged => {
  const { scope, grain } = of;
  const first = firstDayOf({ ...DEFAULTS, ...of.params }.per);
  const { time } = scope.world.log.facts;
  const own = ownDoings(of);
  const who = wholesOf(own, grain.person);
  const day = wholesOf(own, (row) => scope.zone.day(time[row] as number) + FIRST_DAY);
  const period = scratchWholes(day.length);
  for (let at = 0; at < day.length; at += 1) period[at] = first((day[at] as number) - FIRST_DAY) + FIRST_DAY;
  const { numbers, count } = denseKeys(who, period);
  const [num, den] = [scratchNumbers(count), scratchNumbers(count)];
  const person = scratchWholes(count);
  const days = daysOf(scope, first);
  const isFirst = firstsOf(denseKeys(who, day));
  for (let at = 0; at < own.length; at += 1) {
    const key = numbers[at] as number;
    person[key] = who[at] as number;
    den[key] = days((period[at] as number) - FIRST_DAY);
    if (isFirst[at] === 1) num[key] = (num[key] as number) + 1;
  }
  const units = () => unitsOver(of.rows, own, (at) => (numbers[at] as number) + 1);
  return { num, of: den, person, units, excluded: {} };
};

/** 1 where a number is met for the first time; they are numbered in that order. */
const firstsOf = ({ numbers }: DenseNumbers): Uint8Array => {
  const firsts = scratchBytes(numbers.length);
  let next = 0;
  for (let at = 0; at < numbers.length; at += 1) {
    if (numbers[at] !== next) continue;
    firsts[at] = 1;
    next += 1;
  }
  return firsts;
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
