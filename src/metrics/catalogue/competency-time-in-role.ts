import {
  isObject,
  type JsonReader,
  lineOf,
  needed,
  numberFrom,
  objectOf,
  oneOf,
  optional,
} from '../../xapi/json-reader.ts';
import type { Moment } from '../grains/grain.ts';
import { allSpells, ROLE } from '../grains/role-grain.ts';
import { type Need, roleNeeds } from '../grains/role-needs.ts';
import { rosterDates, type Spells } from '../grains/roster-dates.ts';
import { evidenceFacts } from '../grains/skill-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import { rowsWhere } from '../query/over-rows.ts';
import { numberColumn, numbersUpTo } from '../query/row-columns.ts';
import type { Scope } from '../query/scope.ts';
import { DAY } from '../query/zone.ts';
import { type Clock, collectTimes } from './collect-times.ts';
import { firstWithAll } from './first-with-all.ts';
import { medianOfThoseWhoHadIt, survivalCell } from './survival-cell.ts';
import {
  daysOrNull,
  listOfWords,
  TIME_DEFAULTS,
  TIME_IN_WORDS,
  TIME_PARAMS,
  type TimeParams,
} from './survival-params.ts';

type RoleCriterion = 'role' | { readonly skill: string; readonly level?: number };
type Cause = 'left' | 'role-left';

type RoleParams = TimeParams & {
  readonly criterion?: RoleCriterion;
  readonly origin?: 'role' | 'hired' | 'heard-of';
  readonly horizon?: number | null;
  readonly competing?: readonly Cause[];
};

const DEFAULTS: Required<RoleParams> = {
  ...TIME_DEFAULTS,
  criterion: 'role',
  origin: 'role',
  horizon: null,
  competing: ['left', 'role-left'],
};

const skill = objectOf<Exclude<RoleCriterion, 'role'>>({
  skill: needed(lineOf(2000)),
  level: optional(numberFrom(0, 1000)),
});
const criterion: JsonReader<RoleCriterion> = (value, at, problems) =>
  isObject(value) ? skill(value, at, problems) : oneOf(['role'])(value, at, problems);

/** M08, for those whom the roster gives a role. */
export const competencyTimeInRole = metric<RoleParams>({
  id: 'competency.time_in_role',
  version: 1,
  label: 'Time to competency in a role',
  description:
    'How many days it takes from taking a role to having all the skills that it needs, at their levels, at the same time. Who does not have them yet counts as far as they have come; who left the company or the role will not have them in it any more. Who had them all before is counted apart (`excluded.prior`, or `beside.atZero`). Roles that need no skills are left out. `beside.medianOfThoseWhoMetIt` is what is often told instead, and always too short.',
  formula: 'F(t) = Σ S(t_i −) d_i / n_i; S(t) = Π (1 − d_i / n_i)',
  numerator: 'People in a role who came to have all its skills on the day.',
  denominator: 'People in a role, under observation, who did not have them until the day.',
  interval: 'Greenwood and Aalen 1978 with log-log bands; median: Brookmeyer and Crowley 1982',
  kind: 'survival',
  unit: 'days',
  minN: 30,
  grain: ROLE,
  params: {
    ...TIME_PARAMS,
    criterion: optional(criterion),
    origin: optional(oneOf(['role', 'hired', 'heard-of'])),
    horizon: optional(daysOrNull),
    competing: optional(listOfWords(['left', 'role-left'])),
  },
  paramsInWords: {
    ...TIME_IN_WORDS,
    entry:
      'none: everybody is at risk from the start; delayed: only from the first statement about them, if that is later.',
    criterion:
      'role: all skills that the role needs; or {"skill": IRI, "level": 2}: that skill at that level (1 unless given).',
    origin:
      'Where the time starts: role (the day it was taken), hired, heard-of (the first statement about the person).',
    horizon: 'The last day of observation; null for the moment of the question.',
    competing: 'What forestalls it: left (the company), role-left (the role, for another one or none).',
  },
  defaults: DEFAULTS,
  counted: (of) => timesOf(of).counted,
  proof: ({ scope, params }) => {
    const spells = allSpells(scope);
    const needs = needsBy(scope, { ...DEFAULTS, ...params }.criterion);
    const heard = firstHeardOf(scope);
    return (row) => {
      const person = spells.person[row] as number;
      const first = heard(person);
      return [
        ...(first === -1 ? [] : [first]),
        ...needs(row).flatMap(({ skill: one }) => evidenceFacts(scope.world, person, one)),
      ];
    };
  },
  measure: (of) => {
    const { days, meanTo, competing } = { ...DEFAULTS, ...of.params };
    const times = timesOf(of);
    return survivalCell(times, {
      days,
      meanTo,
      competes: competing.length > 0,
      beside: { medianOfThoseWhoMetIt: medianOfThoseWhoHadIt(times) },
    });
  },
});

const timesOf = ({ scope, grain, rows, params }: Measuring<RoleParams>) => {
  const all = { ...DEFAULTS, ...params };
  const { isNeeded, ...clock } = oncePerScope(scope, `clock of roles ${JSON.stringify(all)}`, () =>
    clockOf(scope, all),
  );
  const kept = rowsWhere(rows, isNeeded);
  const times = collectTimes(grain, kept, clock);
  return { ...times, excluded: { ...times.excluded, withoutNeeds: rows.length - kept.length } };
};

/** Made once for all groups of a question. */
const clockOf = (scope: Scope, all: Required<RoleParams>): Clock & { isNeeded(row: number): boolean } => {
  const spells = allSpells(scope);
  const needs = needsBy(scope, all.criterion);
  const shared = (moment: Moment): Moment => numberColumn(() => numbersUpTo(spells.size, moment));
  const heard = firstHeardAt(scope, spells);
  const roster = rosterDates(scope.world);
  const person = (row: number): number => spells.person[row] as number;
  const taken = (row: number): number => spells.from[row] as number;
  const hired = (row: number): number => roster.hired(person(row), taken(row));
  const origin = shared({ role: taken, hired, 'heard-of': heard }[all.origin]);
  return {
    isNeeded: (row) => needs(row).length > 0,
    origin,
    event: shared(firstWithAll(scope, person, needs)),
    competing: shared(endOf(spells, all.competing, scope.asOf)),
    until: shared(untilOf(spells, origin, scope.asOf, all.horizon)),
    prior: all.prior,
    ...(all.entry === 'delayed' ? { entry: shared(heard) } : {}),
  };
};

const NOTHING: readonly Need[] = [];

/** What the role of a spell needs. */
const needsBy = (scope: Scope, criterion: RoleCriterion): ((spell: number) => readonly Need[]) => {
  if (criterion === 'role') {
    const needs = roleNeeds(scope);
    const { role, roles } = allSpells(scope);
    const ofRole = roles.map((name) => needs.get(name) ?? NOTHING);
    return (spell) => ofRole[role[spell] as number] as readonly Need[];
  }
  const { skill: name, level = 1 } = criterion;
  const only = [{ skill: scope.world.log.activities.known(name) ?? 0, level, weight: 1 }];
  return () => only;
};

const endOf =
  ({ to, isLeaving }: Spells, causes: readonly Cause[], asOf: number): Moment =>
  (row) => {
    const counts = causes.includes(isLeaving[row] === 1 ? 'left' : 'role-left');
    return counts && (to[row] as number) <= asOf ? (to[row] as number) : Number.NaN;
  };

/** Who has left is not seen any more, even if that does not count as an end. */
const untilOf =
  ({ to }: Spells, origin: Moment, seen: number, horizon: number | null): Moment =>
  (row) =>
    Math.min(seen, to[row] as number, horizon === null ? seen : origin(row) + horizon * DAY);

const firstHeardAt = (scope: Scope, { person }: Spells): Moment => {
  const heard = firstHeardOf(scope);
  const { time } = scope.world.log.facts;
  return (row) => time[heard(person[row] as number)] ?? Number.NaN;
};

/** The first fact about a person, whichever of their identifiers it names; -1 without any. */
const firstHeardOf = (scope: Scope): ((person: number) => number) =>
  oncePerScope(scope, 'first heard of', () => findFirstHeard(scope));

const findFirstHeard = ({ world, asOf }: Scope): ((person: number) => number) => {
  const { facts } = world.log;
  const known = new Map<number, number>();
  const firstOf = (identifier: number, before: number): number => {
    let first = before;
    for (let next = world.log.newestOf(identifier); next !== 0; next = facts.earlier[next - 1] as number) {
      const isFirst = first === -1 || (facts.time[next - 1] as number) < (facts.time[first] as number);
      if (isFirst && world.isEffective(next - 1)) first = next - 1;
    }
    return first;
  };
  return (person) => {
    const there = known.get(person);
    if (there !== undefined) return there;
    const members = world.persons.membersOf(person);
    const found = members.reduce((first, member) => firstOf(member, first), -1);
    const first = (facts.time[found] ?? Number.POSITIVE_INFINITY) <= asOf ? found : -1;
    known.set(person, first);
    return first;
  };
};
