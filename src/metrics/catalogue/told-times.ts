import { numberFrom, oneOf, optional, orNull } from '../../xapi/json-reader.ts';
import { keyHash } from '../key-hash.ts';
import type { Measuring } from '../metric.ts';
import { classesOfFacts, type Sameness } from '../query/classes-of-facts.ts';
import { oncePerWorld } from '../query/once-per-state.ts';
import { columnOver, numbersOf, rowsAt, rowsWhere, wholesOf } from '../query/over-rows.ts';
import { numbersUpTo } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { scratchBytes, scratchIntegers, scratchNumbers, scratchWholes } from '../scratch.ts';
import { SIGNALS } from '../signal.ts';
import { FACT } from '../state/fact-columns.ts';
import { denseKeys } from '../statistics/dense-keys.ts';
import { type DenseNumbers, denseNumbers, firstPlaces } from '../statistics/dense-numbers.ts';

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
};

/** In place of the verb, for ends of sessions. */
const SESSION = 0xffff_ffff;

export const toldTimes = (of: Measuring<TimeParams>): ToldTimes => {
  const { capHours, repeated } = { ...TIME_DEFAULTS, ...of.params };
  const { activity } = of.scope.world.log.facts;
  const told = toldMillis(of.scope);
  const rows = rowsWhere(of.rows, (row) => !Number.isNaN(told[row]));
  const cap = capHours === null ? Number.POSITIVE_INFINITY : capHours * HOUR;
  let capped = 0;
  const millis = numbersOf(rows, (row) => {
    if ((told[row] as number) > cap) capped += 1;
    return Math.min(told[row] as number, cap);
  });
  const units = denseNumbers(columnOver(rows, unitsOfEvents(of.scope)));
  const verb = columnOver(rows, verbsOfUnits(of.scope));
  if (repeated === 'largest') keepLargest(millis, verb, columnOver(rows, activity));
  const verbs = denseNumbers(verb);
  const { total, isUsed } = chooseVerbs(millis, units, verbs, sessionsAmong(of.scope, rows));
  const person = wholesOf(firstPlaces(units), (at) => of.grain.person(rows[at] as number));
  const used = rowsAt(rows, (at) => isUsed[at] === 1);
  return { used, ...byPerson(person, total), durations: rows.length, capped };
};

/** By event, the milliseconds that a learner's own doing tells it took; NaN for every other. */
const toldMillis = (scope: Scope): Float64Array =>
  oncePerWorld(scope, 'told milliseconds', () => {
    const { detail, flags, rows } = scope.world.log.facts;
    const { duration } = scope.world.log.details;
    return numbersUpTo(rows, (row) => {
      const told = detail[row] as number;
      const isOwn = ((flags[row] as number) & (FACT.byOthers | FACT.isTeam)) === 0;
      return told !== 0 && isOwn ? (duration[told - 1] as number) : Number.NaN;
    });
  });

const sessionsAmong = ({ world }: Scope, rows: Uint32Array): ((at: number) => boolean) => {
  const { signals } = world.log.facts;
  return (at) => ((signals[rows[at] as number] as number) & SIGNALS.terminated) !== 0;
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

/** By event, a number that those of one person, course and registration have in common; and of one verb too, or that end sessions. */
const unitsOfEvents = (scope: Scope): Uint32Array =>
  classesOfFacts(scope, 'units of time', (person) => samenessOfUnits(scope, person, () => 0));

const verbsOfUnits = (scope: Scope): Uint32Array => {
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

/** The time of each unit: that of its sessions, else of the verb that tells most. */
const chooseVerbs = (
  millis: Float64Array,
  { numbers: unit, count }: DenseNumbers,
  verbs: DenseNumbers,
  isSessionAt: (at: number) => boolean,
) => {
  const sums = scratchNumbers(verbs.count);
  const place = scratchWholes(verbs.count);
  for (let at = 0; at < millis.length; at += 1) {
    const key = verbs.numbers[at] as number;
    sums[key] = (sums[key] as number) + (millis[at] as number);
    place[key] = at;
  }
  const chosen = scratchIntegers(count).fill(-1);
  const isSession = (key: number): boolean => isSessionAt(place[key] as number);
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
