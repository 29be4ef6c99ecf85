import { numberFrom, oneOf, optional, orNull } from '../../xapi/json-reader.ts';
import type { Measuring } from '../metric.ts';
import { classesOfFacts, type Sameness } from '../query/classes-of-facts.ts';
import { columnOver, numbersOf, rowsAt, rowsWhere, wholesOf } from '../query/over-rows.ts';
import type { Scope } from '../query/scope.ts';
import { scratchBytes, scratchIntegers, scratchNumbers, scratchWholes } from '../scratch.ts';
import { SIGNALS } from '../signal.ts';
import { FACT } from '../state/fact-columns.ts';
import { keyHash } from '../state/key-index.ts';
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
  /** The rows whose durations count. */
  readonly used: Uint32Array;
  readonly person: Uint32Array;
  readonly millis: Float64Array;
  readonly durations: number;
  readonly capped: number;
  /** Durations of verbs that tell of time which others tell already. */
  readonly sameTime: number;
};

/** In place of the verb, for ends of sessions. */
const SESSION = 0xffff_ffff;

export const toldTimes = (of: Measuring<TimeParams>): ToldTimes => {
  const { capHours, repeated } = { ...TIME_DEFAULTS, ...of.params };
  const { facts, details } = of.scope.world.log;
  const { detail, signals, verb } = facts;
  const { duration } = details;
  const rows = timedRows(of);
  const cap = capHours === null ? Number.POSITIVE_INFINITY : capHours * HOUR;
  let capped = 0;
  const millis = numbersOf(rows, (row) => {
    const told = duration[(detail[row] as number) - 1] as number;
    if (told > cap) capped += 1;
    return Math.min(told, cap);
  });
  const person = wholesOf(rows, of.grain.person);
  const verbs = wholesOf(rows, (row) => verbIn(signals[row] as number, verb[row] as number));
  const unit = columnOver(rows, unitsOfEvents(of.scope));
  const units = denseNumbers(unit);
  const keys = denseNumbers(columnOver(rows, verbsOfUnits(of.scope)));
  if (repeated === 'largest') keepLargest(millis, unit, columnOver(rows, facts.activity), verbs);
  const { total, isUsed } = chooseVerbs(millis, units, keys, verbs);
  const used = rowsAt(rows, (at) => isUsed[at] === 1);
  const sameTime = rows.length - used.length;
  const unitPerson = new Uint32Array(units.count);
  for (let at = 0; at < rows.length; at += 1) unitPerson[units.numbers[at] as number] = person[at] as number;
  return { used, ...byPerson(unitPerson, total), durations: rows.length, capped, sameTime };
};

/** What learners did themselves and tells how long it took. */
const timedRows = ({ scope, rows }: Measuring<TimeParams>): Uint32Array => {
  const { detail, flags } = scope.world.log.facts;
  const { duration } = scope.world.log.details;
  return rowsWhere(rows, (row) => {
    const told = detail[row] as number;
    if (told === 0 || Number.isNaN(duration[told - 1])) return false;
    return ((flags[row] as number) & (FACT.byOthers | FACT.isTeam)) === 0;
  });
};

/** Sets all durations of one verb about one activity in one unit to 0, but for the largest. */
const keepLargest = (
  millis: Float64Array,
  unit: Uint32Array,
  activity: Uint32Array,
  verb: Uint32Array,
): void => {
  const things = denseKeys(unit, activity, verb);
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

/** By event, a number that those of one person, course and registration have in common; and of one verb too, or that end sessions. */
const unitsOfEvents = (scope: Scope): Uint32Array =>
  classesOfFacts(scope, 'units of time', () => samenessOfUnits(scope, () => 0));

const verbsOfUnits = (scope: Scope): Uint32Array => {
  const { signals, verb } = scope.world.log.facts;
  const verbOf = (fact: number): number => verbIn(signals[fact] as number, verb[fact] as number);
  return classesOfFacts(scope, 'verbs of units of time', () => samenessOfUnits(scope, verbOf));
};

const samenessOfUnits = ({ world }: Scope, verb: (fact: number) => number): Sameness => {
  const { subject, root, registration } = world.log.facts;
  const person = (fact: number): number => world.persons.personOf(subject[fact] as number);
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

/** The time of each unit: that of its sessions, else of the verb that tells most. */
const chooseVerbs = (
  millis: Float64Array,
  { numbers: unit, count }: DenseNumbers,
  verbs: DenseNumbers,
  verb: Uint32Array,
) => {
  const sums = scratchNumbers(verbs.count);
  const place = scratchWholes(verbs.count);
  for (let at = 0; at < millis.length; at += 1) {
    const key = verbs.numbers[at] as number;
    sums[key] = (sums[key] as number) + (millis[at] as number);
    place[key] = at;
  }
  const chosen = scratchIntegers(count).fill(-1);
  const isSession = (key: number): boolean => verb[place[key] as number] === SESSION;
  for (let key = 0; key < verbs.count; key += 1) {
    const at = unit[place[key] as number] as number;
    const best = chosen[at] as number;
    const isBetter =
      best === -1 || isSession(key) || (!isSession(best) && (sums[key] as number) > (sums[best] as number));
    if (isBetter) chosen[at] = key;
  }
  const isUsed = scratchBytes(unit.length);
  for (let at = 0; at < unit.length; at += 1)
    isUsed[at] = chosen[unit[at] as number] === verbs.numbers[at] ? 1 : 0;
  const total = scratchNumbers(count);
  for (let at = 0; at < count; at += 1) total[at] = sums[chosen[at] as number] as number;
  return { total, isUsed };
};

const byPerson = (person: Uint32Array, total: Float64Array) => {
  const { numbers, count } = denseNumbers(person);
  const found = { person: scratchWholes(count), millis: scratchNumbers(count) };
  for (let at = 0; at < total.length; at += 1) {
    const who = numbers[at] as number;
    found.person[who] = person[at] as number;
    found.millis[who] = (found.millis[who] as number) + (total[at] as number);
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
