import { numberFrom, oneOf, optional, orNull } from '../../xapi/json-reader.ts';
import { keyHash } from '../key-hash.ts';
import type { Measuring } from '../metric.ts';
import { type Classes, classesOfFacts, type Sameness } from '../query/classes-of-facts.ts';
import { keptNumbers } from '../query/kept-columns.ts';
import { rowsAt, wholesOf } from '../query/over-rows.ts';
import { columnOver } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import {
  roughNumbers,
  roughWholes,
  scratchBytes,
  scratchIntegers,
  scratchNumbers,
  scratchWholes,
} from '../scratch.ts';
import { SIGNALS } from '../signal.ts';
import { rowsOfFacts } from '../state/changing-rows.ts';
import { FACT } from '../state/fact-columns.ts';
import { denseKeys } from '../statistics/dense-keys.ts';
import { type DenseNumbers, denseNumbers } from '../statistics/dense-numbers.ts';

const HOUR = 3_600_000;

export type TimeParams = { readonly capHours?: number | null; readonly repeated?: 'sum' | 'largest' };

export const TIME_PARAMS = {
  capHours: optional(orNull(numberFrom(0.01, 10_000))),
  repeated: optional(oneOf<'sum' | 'largest'>(['sum', 'largest'])),
};
export const TIME_DEFAULTS: Required<TimeParams> = { capHours: 4, repeated: 'sum' };
export const TIME_IN_WORDS = {
  capHours: 'The most hours that one told duration counts for; null for no limit.',
  repeated:
    'What several durations of one verb about one activity in one registration mean: sum, or largest where the tool tells the time so far (Articulate Storyline and Rise).',
};

/** How the same time is kept from counting twice, in plain words. */
export const TIME_RULE =
  'Time is what tools tell as duration. In a registration of a course the ends of sessions count where there are any; else the durations of that one verb that tells most, for several verbs often tell the same time. A duration above the cap counts as the cap.';

/** Milliseconds by person, and what was done to the durations. */
export type ToldTimes = {
  readonly person: Uint32Array;
  readonly millis: Float64Array;
  readonly durations: number;
  /** How many of them count. */
  readonly counted: number;
  readonly capped: number;
  /** The rows whose durations count. */
  used(): Uint32Array;
};

/** In place of the verb, for ends of sessions. */
const SESSION = 0xffff_ffff;

export const toldTimes = (of: Measuring<TimeParams>): ToldTimes => {
  const { capHours, repeated } = { ...TIME_DEFAULTS, ...of.params };
  const { activity } = of.scope.world.log.facts;
  const cap = capHours === null ? Number.POSITIVE_INFINITY : capHours * HOUR;
  const { rows, millis, capped } = durationsAmong(of, cap);
  const verbs = verbsOfUnits(of.scope);
  const verb = columnOver(rows, verbs.numbers);
  if (repeated === 'largest') keepLargest(millis, verb, columnOver(rows, activity));
  const sums = sumsOf(millis, verb);
  const { chosen, counted } = chooseVerbs(of, verbs, sums);
  const used = (): Uint32Array => {
    const isChosen = scratchBytes(sums.count);
    for (const key of chosen) isChosen[key] = 1;
    return rowsAt(rows, (at) => isChosen[sums.numbers[at] as number] === 1);
  };
  return { used, ...byPerson(of, verbs, sums, chosen), durations: rows.length, counted, capped };
};

/** The rows that tell a duration, and what it counts for. */
const durationsAmong = ({ scope, rows }: Measuring<TimeParams>, cap: number) => {
  const told = toldMillis(scope);
  const [some, millis] = [roughWholes(rows.length), roughNumbers(rows.length)];
  let [n, capped] = [0, 0];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    const time = told[row] as number;
    if (Number.isNaN(time)) continue;
    if (time > cap) capped += 1;
    some[n] = row;
    millis[n] = Math.min(time, cap);
    n += 1;
  }
  return { rows: some.subarray(0, n), millis: millis.subarray(0, n), capped };
};

/** By event, the milliseconds that a learner's own doing tells it took; NaN for every other. */
const toldMillis = (scope: Scope): Float64Array => {
  const { facts, details } = scope.world.log;
  const { detail, flags } = facts;
  const { duration } = details;
  return keptNumbers(scope, 'told milliseconds', rowsOfFacts(scope.world), (row) => {
    const told = detail[row] as number;
    const isOwn = ((flags[row] as number) & (FACT.byOthers | FACT.isTeam)) === 0;
    return told !== 0 && isOwn ? (duration[told - 1] as number) : Number.NaN;
  });
};

/** Sets all durations of one verb in one unit (which have a number in common) about one activity to 0, but for the largest. */
const keepLargest = (millis: Float64Array, verb: Uint32Array, activity: Uint32Array): void => {
  const things = denseKeys(verb, activity);
  const largest = scratchIntegers(things.count).fill(-1);
  for (let at = 0; at < millis.length; at += 1) {
    const thing = things.numbers[at] as number;
    const best = largest[thing] as number;
    const isLarger = best === -1 || (millis[at] as number) > (millis[best] as number);
    const loser = isLarger ? best : at;
    if (loser !== -1) millis[loser] = 0;
    if (isLarger) largest[thing] = at;
  }
};

/** Events of one person, course and registration. */
const unitsOfTime = (scope: Scope): Classes =>
  classesOfFacts(scope, 'units of time', (person) => samenessOfUnits(scope, person, () => 0));

/** And of one verb too, or that end sessions. */
const verbsOfUnits = (scope: Scope): Classes => {
  const { signals, verb } = scope.world.log.facts;
  const verbOf = (fact: number): number => verbIn(signals[fact] as number, verb[fact] as number);
  return classesOfFacts(scope, 'verbs of units of time', (person) => samenessOfUnits(scope, person, verbOf));
};

const samenessOfUnits = (
  { world }: Scope,
  person: (fact: number) => number,
  verb: (fact: number) => number,
): Sameness => {
  const { root, registration } = world.log.facts;
  return {
    hash: (fact) => keyHash(person(fact), root[fact] as number, (registration[fact] as number) ^ verb(fact)),
    isSame: (a, b) =>
      person(a) === person(b) &&
      root[a] === root[b] &&
      registration[a] === registration[b] &&
      verb(a) === verb(b),
  };
};

const verbIn = (signals: number, verb: number): number =>
  (signals & SIGNALS.terminated) !== 0 ? SESSION : verb;

/** Of each verb of a unit: which it is, its time, and how many durations tell it; and by duration, which of them it tells. */
type Sums = DenseNumbers & {
  readonly verbs: Uint32Array;
  readonly millis: Float64Array;
  readonly sizes: Uint32Array;
};

const sumsOf = (millis: Float64Array, verb: Uint32Array): Sums => {
  const { numbers, count } = denseNumbers(verb);
  const [sums, sizes, verbs] = [scratchNumbers(count), scratchWholes(count), roughWholes(count)];
  for (let at = 0; at < millis.length; at += 1) {
    const key = numbers[at] as number;
    sums[key] = (sums[key] as number) + (millis[at] as number);
    sizes[key] = (sizes[key] as number) + 1;
    verbs[key] = verb[at] as number;
  }
  return { numbers, count, verbs, millis: sums, sizes };
};

/** The verb of each unit that its time is taken from: ends of sessions, else that which tells most. */
const chooseVerbs = ({ scope }: Measuring<TimeParams>, { firsts }: Classes, sums: Sums) => {
  const { verbs, millis, sizes, count } = sums;
  const { signals } = scope.world.log.facts;
  const told = columnOver(verbs, firsts);
  const units = denseNumbers(columnOver(told, unitsOfTime(scope).numbers));
  const chosen = scratchIntegers(units.count).fill(-1);
  const isSession = (key: number): boolean =>
    ((signals[told[key] as number] as number) & SIGNALS.terminated) !== 0;
  for (let key = 0; key < count; key += 1) {
    const unit = units.numbers[key] as number;
    const best = chosen[unit] as number;
    const isBetter =
      best === -1 ||
      isSession(key) ||
      (!isSession(best) && (millis[key] as number) > (millis[best] as number));
    if (isBetter) chosen[unit] = key;
  }
  let counted = 0;
  for (let unit = 0; unit < units.count; unit += 1) counted += sizes[chosen[unit] as number] as number;
  return { chosen, counted };
};

const byPerson = (
  { grain }: Measuring<TimeParams>,
  { firsts }: Classes,
  { millis, verbs }: Sums,
  chosen: Int32Array,
) => {
  const some = roughWholes(chosen.length);
  for (let unit = 0; unit < some.length; unit += 1)
    some[unit] = firsts[verbs[chosen[unit] as number] as number] as number;
  const person = wholesOf(some, grain.person);
  const { numbers, count } = denseNumbers(person);
  const found = { person: scratchWholes(count), millis: scratchNumbers(count) };
  for (let unit = 0; unit < chosen.length; unit += 1) {
    const who = numbers[unit] as number;
    found.person[who] = person[unit] as number;
    found.millis[who] = (found.millis[who] as number) + (millis[chosen[unit] as number] as number);
  }
  return found;
};

/** What the cap has done, if anything. */
export const capWarning = ({ capped, durations }: ToldTimes, { capHours }: TimeParams): readonly string[] =>
  capped === 0
    ? []
    : [
        `${capped} of ${durations} durations (${((100 * capped) / durations).toFixed(1)} %) were longer than ${capHours} h and count as ${capHours} h.`,
      ];
