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
import { type PersonalSpell, rosterDates } from '../grains/roster-dates.ts';
import { evidenceFacts } from '../grains/skill-grain.ts';
import { type Measuring, metric } from '../metric.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import { rowsWhere } from '../query/over-rows.ts';
import type { Scope } from '../query/scope.ts';
import { DAY } from '../query/zone.ts';
import { collectTimes } from './collect-times.ts';
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
      const { person, role } = spells[row] as PersonalSpell;
      const first = heard(person);
      return [
        ...(first === -1 ? [] : [first]),
        ...needs(role).flatMap(({ skill: one }) => evidenceFacts(scope.world, person, one)),
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
  const spells = allSpells(scope);
  const needs = needsBy(scope, all.criterion);
  const spell = (row: number): PersonalSpell => spells[row] as PersonalSpell;
  const kept = rowsWhere(rows, (row) => needs(spell(row).role).length > 0);
  const heard = firstHeardAt(scope, spell);
  const roster = rosterDates(scope.world);
  const hired: Moment = (row) => roster.hired(spell(row).person, spell(row).from);
  const origin: Moment = { role: (row: number) => spell(row).from, hired, 'heard-of': heard }[all.origin];
  const times = collectTimes(grain, kept, {
    origin,
    event: firstWithAll(
      scope,
      (row) => spell(row).person,
      (row) => needs(spell(row).role),
    ),
    competing: endOf(spell, all.competing, scope.asOf),
    until: untilOf(spell, origin, scope.asOf, all.horizon),
    prior: all.prior,
    ...(all.entry === 'delayed' ? { entry: heard } : {}),
  });
  return { ...times, excluded: { ...times.excluded, withoutNeeds: rows.length - kept.length } };
};

type SpellOf = (row: number) => PersonalSpell;

const NOTHING: readonly Need[] = [];

const needsBy = (scope: Scope, criterion: RoleCriterion): ((role: string) => readonly Need[]) => {
  if (criterion === 'role') {
    const needs = roleNeeds(scope);
    return (role) => needs.get(role) ?? NOTHING;
  }
  const { skill: name, level = 1 } = criterion;
  const only = [{ skill: scope.world.log.activities.known(name) ?? 0, level, weight: 1 }];
  return () => only;
};

const endOf =
  (spell: SpellOf, causes: readonly Cause[], asOf: number): Moment =>
  (row) => {
    const { to, isLeaving } = spell(row);
    const counts = causes.includes(isLeaving ? 'left' : 'role-left');
    return counts && to <= asOf ? to : Number.NaN;
  };

/** Who has left is not seen any more, even if that does not count as an end. */
const untilOf =
  (spell: SpellOf, origin: Moment, seen: number, horizon: number | null): Moment =>
  (row) =>
    Math.min(seen, spell(row).to, horizon === null ? seen : origin(row) + horizon * DAY);

const firstHeardAt = (scope: Scope, spell: SpellOf): Moment => {
  const heard = firstHeardOf(scope);
  const { time } = scope.world.log.facts;
  return (row) => time[heard(spell(row).person)] ?? Number.NaN;
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
