import { oneOf, optional } from '../../xapi/json-reader.ts';
import { EVENT } from '../grains/event-grain.ts';
import { type Judged, unitsOver } from '../judged.ts';
import { keyHash } from '../key-hash.ts';
import { type Measuring, metric } from '../metric.ts';
import { type Classes, classesOfFacts, madeOfClasses } from '../query/classes-of-facts.ts';
import { wholesOf } from '../query/over-rows.ts';
import { firstDayOf } from '../query/periods.ts';
import { columnOver, wholesUpTo } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { roughNumbers, roughWholes, scratchNumbers } from '../scratch.ts';
import { denseKeys, wholes } from '../statistics/dense-keys.ts';
import { denseNumbers, markingTable } from '../statistics/dense-numbers.ts';
import { NOT_OWN, ownDoings } from './own-doings.ts';

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
  const { per } = { ...DEFAULTS, ...of.params };
  const { time } = scope.world.log.facts;
  const days = personDays(scope);
  const periods = periodsOf(scope, days, per);
  /** One event of each day of each person. */
  const some = firstOwnOfEach(of, days);
  const { numbers, count } = denseNumbers(columnOver(columnOver(some, days.numbers), periods));
  const [num, den] = [scratchNumbers(count), roughNumbers(count)];
  const one = roughWholes(count);
  for (let at = 0; at < some.length; at += 1) {
    const key = numbers[at] as number;
    one[key] = some[at] as number;
    num[key] = (num[key] as number) + 1;
  }
  const first = firstDayOf(per);
  const daysIn = daysOf(scope, first);
  for (let key = 0; key < count; key += 1)
    den[key] = daysIn(first(scope.zone.day(time[one[key] as number] as number)));
  const units = (): Uint32Array => {
    const own = ownDoings(of);
    const visits = denseNumbers(columnOver(own, days.numbers));
    return unitsOver(of.rows, own, (at) => (numbers[visits.numbers[at] as number] as number) + 1);
  };
  return { num, of: den, person: wholesOf(one, grain.person), units, excluded: {} };
};

const firstOwnOfEach = ({ scope, rows }: Measuring<Params>, { numbers, count }: Classes): Uint32Array => {
  const { flags } = scope.world.log.facts;
  const { mark, slots } = markingTable(count);
  const found = roughWholes(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    const day = numbers[row] as number;
    if (slots[day] === mark || ((flags[row] as number) & NOT_OWN) !== 0) continue;
    slots[day] = mark;
    found[n] = row;
    n += 1;
  }
  return found.subarray(0, n);
};

/** Events of one person on one day. */
const personDays = (scope: Scope): Classes => {
  const { world, zone } = scope;
  return classesOfFacts(scope, `days of persons, ${zone.name}`, (person) => {
    const { time } = world.log.facts;
    const day = (fact: number): number => zone.day(time[fact] as number);
    return {
      hash: (fact) => keyHash(person(fact), day(fact), 0),
      isSame: (a, b) => person(a) === person(b) && day(a) === day(b),
    };
  });
};

/** By the number of a day of a person, that of the period of the person that it lies in. */
const periodsOf = (scope: Scope, days: Classes, per: Required<Params>['per']): Uint32Array =>
  madeOfClasses(days, per, () => {
    const { world, zone } = scope;
    const { time, subject } = world.log.facts;
    const { firsts, count } = days;
    const first = firstDayOf(per);
    const who = wholesUpTo(count, (day) => world.persons.personOf(subject[firsts[day] as number] as number));
    const period = wholesUpTo(
      count,
      (day) => first(zone.day(time[firsts[day] as number] as number)) + FIRST_DAY,
    );
    return wholes(denseKeys(who, period));
  });

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
