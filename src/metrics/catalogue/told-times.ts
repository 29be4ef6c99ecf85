import { numberFrom, oneOf, optional, orNull } from '../../xapi/json-reader.ts';
import { keyHash } from '../key-hash.ts';
import type { Measuring } from '../metric.ts';
import { type Classes, classesOfFacts, madeOfClasses, type Sameness } from '../query/classes-of-facts.ts';
import { keptNumbers } from '../query/kept-columns.ts';
import { rowsUpTo, rowsWhere, wholesOf } from '../query/over-rows.ts';
import { columnOver } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import {
  roughIntegers,
  roughNumbers,
  roughWholes,
  scratchBytes,
  scratchIntegers,
  scratchNumbers,
} from '../scratch.ts';
import { SIGNALS } from '../signal.ts';
import { rowsOfFacts } from '../state/changing-rows.ts';
import { FACT } from '../state/fact-columns.ts';
import { denseKeys } from '../statistics/dense-keys.ts';
import { denseNumbers, numberingTable } from '../statistics/dense-numbers.ts';

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
  const cap = capHours === null ? Number.POSITIVE_INFINITY : capHours * HOUR;
  const told = toldMillis(of.scope);
  const verbs = verbsOfUnits(of.scope);
  const sums = sumsOf(of.rows, {
    told,
    verbs,
    cap,
    isLeftOut: repeated === 'largest' && notLargest(of, told),
  });
  const { chosen, counted } = chooseVerbs(of, verbs, sums);
  const used = (): Uint32Array => {
    const isChosen = scratchBytes(verbs.count);
    for (const key of chosen) isChosen[sums.verbs[key] as number] = 1;
    return rowsWhere(
      of.rows,
      (row) => !Number.isNaN(told[row]) && isChosen[verbs.numbers[row] as number] === 1,
    );
  };
  const { durations, capped } = sums;
  return { used, ...byPerson(of, verbs, sums, chosen), durations, counted, capped };
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

/** By place, 1 for all durations of one verb in one unit about one activity but the largest of them. */
const notLargest = ({ scope, rows }: Measuring<TimeParams>, told: Float64Array): Uint8Array => {
  const { activity } = scope.world.log.facts;
  const isLeftOut = scratchBytes(rows.length);
  const places = rowsUpTo(rows.length, (at) => !Number.isNaN(told[rows[at] as number]));
  const some = columnOver(places, rows);
  const things = denseKeys(columnOver(some, verbsOfUnits(scope).numbers), columnOver(some, activity));
  const largest = scratchIntegers(things.count).fill(-1);
  for (let at = 0; at < some.length; at += 1) {
    const thing = things.numbers[at] as number;
    const best = largest[thing] as number;
    const isLarger =
      best === -1 || (told[some[at] as number] as number) > (told[some[best] as number] as number);
    const loser = isLarger ? best : at;
    if (loser !== -1) isLeftOut[places[loser] as number] = 1;
    if (isLarger) largest[thing] = at;
  }
  return isLeftOut;
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

/** Of each verb of a unit: which class of events it is, its time, and how many durations tell it; and of how many durations it is. */
type Sums = {
  readonly verbs: Uint32Array;
  readonly millis: Float64Array;
  readonly sizes: Uint32Array;
  readonly durations: number;
  readonly capped: number;
};

type Summing = {
  readonly told: Float64Array;
  readonly verbs: Classes;
  readonly cap: number;
  readonly isLeftOut: Uint8Array | false;
};

const sumsOf = (rows: Uint32Array, { told, verbs: { numbers, count }, cap, isLeftOut }: Summing): Sums => {
  const most = Math.min(rows.length, count);
  const { base, slots } = numberingTable(count, most);
  const [verbs, millis, sizes] = [roughWholes(most), roughNumbers(most), roughWholes(most)];
  let [n, durations, capped] = [0, 0, 0];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    const time = told[row] as number;
    if (Number.isNaN(time)) continue;
    const verb = numbers[row] as number;
    if ((slots[verb] as number) < base) {
      slots[verb] = base + n;
      verbs[n] = verb;
      millis[n] = 0;
      sizes[n] = 0;
      n += 1;
    }
    const key = (slots[verb] as number) - base;
    sizes[key] = (sizes[key] as number) + 1;
    durations += 1;
    if (time > cap) capped += 1;
    const counted = isLeftOut !== false && isLeftOut[at] === 1 ? 0 : Math.min(time, cap);
    millis[key] = (millis[key] as number) + counted;
  }
  return { verbs: verbs.subarray(0, n), millis, sizes, durations, capped };
};

/** By verb of a unit, the unit. */
const unitsOfVerbs = (scope: Scope, verbs: Classes): Uint32Array =>
  madeOfClasses(verbs, 'units', () =>
    columnOver(verbs.firsts.subarray(0, verbs.count), unitsOfTime(scope).numbers),
  );

/** The verb of each unit that its time is taken from: ends of sessions, else that which tells most. */
const chooseVerbs = ({ scope }: Measuring<TimeParams>, classes: Classes, sums: Sums) => {
  const { verbs, millis, sizes } = sums;
  const { signals } = scope.world.log.facts;
  const { firsts } = classes;
  const units = unitsOfVerbs(scope, classes);
  const { base, slots } = numberingTable(unitsOfTime(scope).count, verbs.length);
  const chosen = roughIntegers(verbs.length);
  const isSession = (key: number): boolean =>
    ((signals[firsts[verbs[key] as number] as number] as number) & SIGNALS.terminated) !== 0;
  let n = 0;
  for (let key = 0; key < verbs.length; key += 1) {
    const unit = units[verbs[key] as number] as number;
    if ((slots[unit] as number) < base) {
      slots[unit] = base + n;
      chosen[n] = key;
      n += 1;
      continue;
    }
    const at = (slots[unit] as number) - base;
    const best = chosen[at] as number;
    const isMore = (millis[key] as number) > (millis[best] as number);
    if (isSession(key) || (isMore && !isSession(best))) chosen[at] = key;
  }
  let counted = 0;
  for (let at = 0; at < n; at += 1) counted += sizes[chosen[at] as number] as number;
  return { chosen: chosen.subarray(0, n), counted };
};

const byPerson = (
  { grain }: Measuring<TimeParams>,
  { firsts }: Classes,
  { millis, verbs }: Sums,
  chosen: Int32Array,
) => {
  const some = roughWholes(chosen.length);
  for (let at = 0; at < some.length; at += 1)
    some[at] = firsts[verbs[chosen[at] as number] as number] as number;
  const person = wholesOf(some, grain.person);
  const { numbers, count } = denseNumbers(person);
  const found = { person: roughWholes(count), millis: scratchNumbers(count) };
  for (let at = 0; at < chosen.length; at += 1) {
    const who = numbers[at] as number;
    found.person[who] = person[at] as number;
    found.millis[who] = (found.millis[who] as number) + (millis[chosen[at] as number] as number);
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
