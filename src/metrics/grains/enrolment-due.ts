import type { Requirement } from '../../people/record.ts';
import { dueOf } from '../../people/requirements-in-force.ts';
import { oncePerScope } from '../query/once-per-scope.ts';
import type { Scope } from '../query/scope.ts';
import { scratchBytes, scratchNumbers } from '../scratch.ts';
import type { Pairs } from '../state/requirement-scopes.ts';
import { enrolmentDates } from './enrolment-dates.ts';
import type { Moment } from './grain.ts';

/**
 * When an enrolment is due: as a statement says, else its course, else as the first requirement for it whose due date
 * the person was still under. A requirement is about a person's first enrolment: what it asks later is to hold it. One
 * that depends on what people did gives no date here.
 */
export const enrolmentDue = (scope: Scope): Moment =>
  oncePerScope(scope, 'enrolment due', () => dueIn(scope));

const dueIn = (scope: Scope): Moment => {
  const { table } = scope.world.enrolments;
  const { due, begin, assigned } = enrolmentDates(scope);
  const asked = requirementDues(scope);
  return (row) => {
    const told = due(row);
    if (!Number.isNaN(told) || !asked.has(table.a[row] as number)) return told;
    return asked.due(table.person[row] as number, table.a[row] as number, begin(row), assigned(row));
  };
};

const requirementDues = (scope: Scope) => {
  const { world } = scope;
  const pairs = world.scopes.pairs();
  const byCourse = requirementsByCourse(scope, pairs.requirements);
  const isAsked = scratchBytes(world.log.activities.size());
  for (const course of byCourse.keys()) isAsked[course] = 1;
  const first = firstBegins(scope, byCourse, isAsked);
  /** Whether a requirement is about this enrolment: the first one. */
  const pairOf = (person: number, requirement: number, begin: number): number => {
    const pair = pairs.find(person, requirement);
    return pair === -1 || begin > (first[pair] as number) ? -1 : pair;
  };
  /** Only where it counts from the assignment is it another one for every enrolment. */
  const known = scratchNumbers(pairs.size).fill(Number.NaN);
  const dueOfPair = (pair: number, requirement: number, assigned: number): number => {
    const due = pairs.requirements[requirement]?.due;
    if (due !== undefined && 'of' in due && due.of === 'assignment') return dueBy(pairs, pair, assigned);
    if (Number.isNaN(known[pair])) known[pair] = dueBy(pairs, pair, assigned);
    return known[pair] as number;
  };
  return {
    has: (course: number): boolean => isAsked[course] === 1,
    due: (person: number, course: number, begin: number, assigned: number): number => {
      let soonest = Number.POSITIVE_INFINITY;
      for (const requirement of byCourse.get(course) ?? []) {
        const pair = pairOf(person, requirement, begin);
        if (pair !== -1) soonest = Math.min(soonest, dueOfPair(pair, requirement, assigned));
      }
      return soonest === Number.POSITIVE_INFINITY ? Number.NaN : soonest;
    },
  };
};

/** When a pair was due first, of the spans in which it still was in scope then; Infinity for never. */
const dueBy = (pairs: Pairs, pair: number, assigned: number): number => {
  const requirement = pairs.requirements[pairs.requirement[pair] as number] as Requirement;
  let found = Number.POSITIVE_INFINITY;
  pairs.forEachSpan(pair, (since, before) => {
    const due = dueAt(requirement, since, assigned);
    if (due < before) found = Math.min(found, due);
  });
  return found;
};

/** By the requirement's own rule, and never before it applied; NaN if it has none. Moments that are not known are NaN. */
export const dueAt = (requirement: Requirement, since: number, assigned: number): number => {
  if (requirement.due === undefined) return Number.NaN;
  const begun = Number.isNaN(since) ? undefined : since;
  const told = Number.isNaN(assigned) ? undefined : Math.max(assigned, begun ?? assigned);
  return dueOf(requirement, begun, told) ?? Number.NaN;
};

type ByCourse = ReadonlyMap<number, readonly number[]>;

const requirementsByCourse = ({ world }: Scope, requirements: readonly Requirement[]): ByCourse => {
  const found = new Map<number, number[]>();
  requirements.forEach((one, at) => {
    const activity = world.log.activities.known(one.activity ?? '') ?? 0;
    if (one.due === undefined || activity === 0) return;
    const course = world.courses.courseOf(activity)?.activity ?? activity;
    found.set(course, [...(found.get(course) ?? []), at]);
  });
  return found;
};

/** By pair, when the person's first enrolment in the course began. */
const firstBegins = (scope: Scope, byCourse: ByCourse, isAsked: Uint8Array): Float64Array => {
  const { scopes, enrolments } = scope.world;
  const { table } = enrolments;
  const pairs = scopes.pairs();
  const { begin } = enrolmentDates(scope);
  const first = scratchNumbers(pairs.size).fill(Number.POSITIVE_INFINITY);
  const begins = (row: number, pair: number): void => {
    if (pair !== -1 && begin(row) < (first[pair] as number)) first[pair] = begin(row);
  };
  for (let row = 0; row < table.rows && byCourse.size > 0; row += 1) {
    if (isAsked[table.a[row] as number] === 0) continue;
    for (const requirement of byCourse.get(table.a[row] as number) ?? [])
      begins(row, pairs.find(table.person[row] as number, requirement));
  }
  return first;
};
